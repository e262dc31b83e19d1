package dev.staleless.benchmarks.differential;

import static dev.staleless.benchmarks.differential.FuzzValues.all;
import static dev.staleless.benchmarks.differential.FuzzValues.asText;
import static dev.staleless.benchmarks.differential.FuzzValues.booleans;
import static dev.staleless.benchmarks.differential.FuzzValues.bytes;
import static dev.staleless.benchmarks.differential.FuzzValues.dates;
import static dev.staleless.benchmarks.differential.FuzzValues.decimals;
import static dev.staleless.benchmarks.differential.FuzzValues.floats;
import static dev.staleless.benchmarks.differential.FuzzValues.integers;
import static dev.staleless.benchmarks.differential.FuzzValues.oddDecimals;
import static dev.staleless.benchmarks.differential.FuzzValues.oddNumbers;
import static dev.staleless.benchmarks.differential.FuzzValues.texts;
import static dev.staleless.benchmarks.differential.FuzzValues.times;
import static dev.staleless.benchmarks.differential.FuzzValues.timestamps;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * MariaDB's SQL.
 *
 * @param database that is made anew for each schema
 */
record MariaDbTarget(String database) implements Target {

    /** Text whose equal values are the same characters. */
    private static final String BINARY = " collate utf8mb4_nopad_bin";

    private static final List<FuzzValue> ODD_INTEGERS = all(oddNumbers(), asText("1", "2.5", "3x", ""));
    private static final List<FuzzValue> ODD_DECIMALS = all(oddDecimals(), asText("1.5", "1e0", "a"));

    private static final FuzzType INT = new FuzzType("int", Family.INTEGER, integers(0, 1, 2, 3, 4), ODD_INTEGERS);
    private static final FuzzType BIGINT = new FuzzType("bigint", Family.INTEGER, integers(0, 1, 2, 3), ODD_INTEGERS);
    private static final FuzzType UNSIGNED =
            new FuzzType("tinyint unsigned", Family.INTEGER, integers(0, 1, 2), ODD_INTEGERS);
    private static final FuzzType NUMERIC = new FuzzType(
            "decimal(10,2)", Family.DECIMAL, decimals("0.00", "1.00", "1.50", "2.25", "-1.00"), ODD_DECIMALS);
    private static final FuzzType DOUBLE = new FuzzType("double", Family.FLOAT, floats(), ODD_INTEGERS);
    private static final FuzzType REAL = new FuzzType("float", Family.FLOAT, floats(), ODD_DECIMALS);
    private static final FuzzType TEXT = new FuzzType(
            "text" + BINARY,
            Family.TEXT,
            texts("a", "b", "A", "ab", "", "á"),
            all(texts("a%", "Ab c", "a ", "_", "ǆ"), integers(0, 1)));
    private static final FuzzType VARCHAR = new FuzzType(
            "varchar(4)" + BINARY,
            Family.TEXT,
            texts("a", "b", "B", "ab", "1"),
            all(texts("a    ", "abcde"), integers(0, 1)));
    private static final FuzzType CHAR = new FuzzType(
            "char(3) collate utf8mb4_bin", Family.FIXED_TEXT, texts("a", "b", "ab", ""), texts("a ", "A", " a"));
    private static final FuzzType FOLDED = new FuzzType(
            "varchar(4)", Family.FOLDED_TEXT, texts("a", "b", "A", "ab", "á"), all(texts("AB", "a "), integers(0)));
    private static final FuzzType BOOLEAN =
            new FuzzType("boolean", Family.BOOLEAN, booleans(), all(integers(0, 1, 2), asText("1", "true")));
    private static final FuzzType DATE = new FuzzType(
            "date",
            Family.DATE,
            dates(),
            all(asText("2024-02-28", "2024-2-29", "20240228", "x"), all(timestamps(0), integers(20240228))));
    private static final FuzzType TIME = new FuzzType(
            "time",
            Family.TIME,
            times(),
            all(asText("10:00:00.4", "11:29:59.7", "10:00", "1 10:00:00"), integers(100000)));
    private static final FuzzType TIMESTAMP = new FuzzType(
            "datetime",
            Family.TIMESTAMP,
            timestamps(0),
            all(timestamps(400_000_000), all(dates(), asText("2024-02-29", "2024-2-28 23:59:59"))));
    private static final FuzzType ZONED = new FuzzType("timestamp", Family.ZONED_TIMESTAMP, timestamps(0), dates());
    private static final FuzzType UUIDS = new FuzzType(
            "uuid",
            Family.UUID,
            asText("00000000-0000-1234-0000-000000000001", "00000000-0000-1234-0000-000000000002"),
            asText("00000000000012340000000000000001", "x"));
    private static final FuzzType ENUMERATION = new FuzzType(
            "enum('sad', 'ok', 'happy')",
            Family.ENUMERATION,
            texts("sad", "ok", "happy"),
            all(texts("OK"), integers(1, 2)));
    private static final FuzzType BYTES = new FuzzType("varbinary(8)", Family.BYTES, bytes(), asText("a", "a "));

    @Override
    public String name() {
        return "mariadb";
    }

    @Override
    public Set<Feature> features() {
        return EnumSet.of(
                Feature.WITH_TIES,
                Feature.FETCH_FIRST,
                Feature.ROW_VALUES,
                Feature.NULL_SAFE_EQUAL,
                Feature.TRUTH_TESTS,
                Feature.TRIGGERS,
                Feature.RETURNING,
                Feature.RECURSIVE_UNION,
                Feature.ON_DUPLICATE_KEY,
                Feature.REPLACE,
                Feature.INSERT_IGNORE,
                Feature.UPDATE_JOIN,
                Feature.MULTI_DELETE,
                Feature.LIMITED_CHANGE,
                Feature.ORDERED_CHANGE,
                Feature.ALL_SET_OPERATIONS);
    }

    @Override
    public List<FuzzType> types() {
        return List.of(
                INT,
                INT,
                INT,
                BIGINT,
                UNSIGNED,
                NUMERIC,
                NUMERIC,
                DOUBLE,
                REAL,
                TEXT,
                TEXT,
                VARCHAR,
                VARCHAR,
                CHAR,
                CHAR,
                FOLDED,
                FOLDED,
                BOOLEAN,
                BOOLEAN,
                DATE,
                DATE,
                TIME,
                TIMESTAMP,
                TIMESTAMP,
                ZONED,
                UUIDS,
                ENUMERATION,
                BYTES);
    }

    @Override
    public FuzzType keyType() {
        return INT;
    }

    @Override
    public List<String> reset() {
        return List.of("drop database " + database, "create database " + database, "use " + database);
    }

    @Override
    public List<String> prelude() {
        return List.of();
    }

    @Override
    public String generatedType(FuzzType type) {
        return type.family() == Family.TEXT ? "varchar(20)" + BINARY : type.ddl();
    }

    @Override
    public String generated(FuzzColumn from) {
        String expression =
                from.family() == Family.INTEGER ? from.name() + " * 2" : "concat(lower(" + from.name() + "), 'b')";
        return "generated always as (" + expression + ") stored";
    }

    @Override
    public List<String> trigger(String table, String column) {
        return List.of("create trigger touch_" + table + " before update on " + table + " for each row set new."
                + column + " = coalesce(new." + column + ", 0) + 1");
    }
}
