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
import static dev.staleless.benchmarks.differential.FuzzValues.uuids;
import static dev.staleless.benchmarks.differential.FuzzValues.zoned;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** H2's SQL. */
final class H2Target implements Target {

    private static final List<FuzzValue> ODD_INTEGERS = all(oddNumbers(), asText("1", "2.5", " 3"));
    private static final List<FuzzValue> ODD_DECIMALS = all(oddDecimals(), asText("1.5", "1e0"));

    private static final FuzzType INT = new FuzzType("int", Family.INTEGER, integers(0, 1, 2, 3, 4), ODD_INTEGERS);
    private static final FuzzType BIGINT = new FuzzType("bigint", Family.INTEGER, integers(0, 1, 2, 3), ODD_INTEGERS);
    private static final FuzzType TINYINT = new FuzzType("tinyint", Family.INTEGER, integers(0, 1, 2), ODD_INTEGERS);
    private static final FuzzType NUMERIC = new FuzzType(
            "numeric(10,2)", Family.DECIMAL, decimals("0.00", "1.00", "1.50", "2.25", "-1.00"), ODD_DECIMALS);
    private static final FuzzType DOUBLE = new FuzzType("double precision", Family.FLOAT, floats(), ODD_INTEGERS);
    private static final FuzzType REAL = new FuzzType("real", Family.FLOAT, floats(), ODD_DECIMALS);
    private static final FuzzType TEXT = new FuzzType(
            "varchar",
            Family.TEXT,
            texts("a", "b", "A", "ab", "", "á"),
            all(texts("a%", "Ab c", "a ", "_", "ǆ"), integers(1)));
    private static final FuzzType VARCHAR = new FuzzType(
            "varchar(4)", Family.TEXT, texts("a", "b", "B", "ab", "1"), all(texts("a    ", "abcde"), integers(1)));
    private static final FuzzType CHAR =
            new FuzzType("char(3)", Family.FIXED_TEXT, texts("a", "b", "ab", ""), texts("a ", "A", " a", "a    "));
    private static final FuzzType FOLDED = new FuzzType(
            "varchar_ignorecase(4)", Family.FOLDED_TEXT, texts("a", "b", "A", "ab"), texts("AB", "B", "a "));
    private static final FuzzType BOOLEAN =
            new FuzzType("boolean", Family.BOOLEAN, booleans(), asText("true", "f", "no"));
    private static final FuzzType DATE =
            new FuzzType("date", Family.DATE, dates(), all(asText("2024-02-28", "2024-2-29"), timestamps(0)));
    private static final FuzzType TIME = new FuzzType(
            "time(0)",
            Family.TIME,
            times(),
            List.of(FuzzValue.cast("10:00:00.4", "time(3)"), FuzzValue.cast("11:29:59.7", "time(3)")));
    private static final FuzzType TIMESTAMP = new FuzzType(
            "timestamp(0)",
            Family.TIMESTAMP,
            timestamps(0),
            all(timestamps(400_000_000), all(timestamps(600_000_000), dates())));
    private static final FuzzType ZONED = new FuzzType(
            "timestamp with time zone",
            Family.ZONED_TIMESTAMP,
            zoned("timestamp with time zone", "Z", "+02:00"),
            zoned("timestamp with time zone", "-08:00"));
    private static final FuzzType UUIDS = new FuzzType(
            "uuid",
            Family.UUID,
            uuids(),
            asText("00000000-0000-1234-0000-000000000001", "00000000000012340000000000000001"));
    private static final FuzzType ENUMERATION =
            new FuzzType("enum('sad', 'ok', 'happy')", Family.ENUMERATION, texts("sad", "ok", "happy"), integers(1, 2));
    private static final FuzzType BYTES = new FuzzType("varbinary(8)", Family.BYTES, bytes(), List.of());

    @Override
    public String name() {
        return "h2";
    }

    @Override
    public Set<Feature> features() {
        return EnumSet.of(
                Feature.DISTINCT_ON,
                Feature.WITH_TIES,
                Feature.FETCH_FIRST,
                Feature.ROW_VALUES,
                Feature.IS_DISTINCT,
                Feature.SYMMETRIC,
                Feature.ILIKE,
                Feature.ANY_ARRAY,
                Feature.FILTER,
                Feature.TRUTH_TESTS,
                Feature.MERGE,
                Feature.MERGE_KEY,
                Feature.DELTA_TABLES,
                Feature.LIMITED_CHANGE,
                Feature.NULLS_FIRST,
                Feature.DELETE_ALIAS,
                Feature.COLUMN_ALIASES);
    }

    @Override
    public List<FuzzType> types() {
        return List.of(
                INT,
                INT,
                INT,
                BIGINT,
                TINYINT,
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
        return List.of("drop all objects");
    }

    @Override
    public List<String> prelude() {
        return List.of();
    }

    @Override
    public String generatedType(FuzzType type) {
        return type.family() == Family.TEXT ? "varchar" : type.ddl();
    }

    @Override
    public String generated(FuzzColumn from) {
        String expression =
                from.family() == Family.INTEGER ? from.name() + " * 2" : "lower(" + from.name() + ") || 'b'";
        return "generated always as (" + expression + ")";
    }

    @Override
    public List<String> trigger(String table, String column) {
        throw new UnsupportedOperationException("Triggers of H2 are written in Java");
    }
}
