package dev.staleless.benchmarks.differential;

import static dev.staleless.benchmarks.differential.FuzzValues.cast;
import static dev.staleless.benchmarks.differential.FuzzValues.dates;
import static dev.staleless.benchmarks.differential.FuzzValues.decimals;
import static dev.staleless.benchmarks.differential.FuzzValues.floats;
import static dev.staleless.benchmarks.differential.FuzzValues.integers;
import static dev.staleless.benchmarks.differential.FuzzValues.oddDecimals;
import static dev.staleless.benchmarks.differential.FuzzValues.oddNumbers;
import static dev.staleless.benchmarks.differential.FuzzValues.texts;
import static dev.staleless.benchmarks.differential.FuzzValues.timestamps;
import static dev.staleless.benchmarks.differential.FuzzValues.uuids;
import static dev.staleless.benchmarks.differential.FuzzValues.zoned;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** PostgreSQL's SQL. */
final class PostgresTarget implements Target {

    private static final FuzzType INT = new FuzzType("int", Family.INTEGER, integers(0, 1, 2, 3, 4), oddNumbers());
    private static final FuzzType BIGINT =
            new FuzzType("bigint", Family.INTEGER, integers(0, 1, 2, 3, 4), oddNumbers());
    private static final FuzzType SMALLINT =
            new FuzzType("smallint", Family.INTEGER, integers(0, 1, 2, 3), oddNumbers());
    private static final FuzzType NUMERIC = new FuzzType(
            "numeric(10,2)", Family.DECIMAL, decimals("0.00", "1.00", "1.50", "2.25", "-1.00"), oddDecimals());
    private static final FuzzType DOUBLE = new FuzzType("double precision", Family.FLOAT, floats(), oddNumbers());
    private static final FuzzType REAL = new FuzzType("real", Family.FLOAT, floats(), oddDecimals());
    private static final FuzzType TEXT =
            new FuzzType("text", Family.TEXT, texts("a", "b", "A", "ab", "", "á"), texts("a%", "Ab c", "a ", "_", "ǆ"));
    private static final FuzzType VARCHAR =
            new FuzzType("varchar(4)", Family.TEXT, texts("a", "b", "B", "ab"), texts("a%", "a    ", "abcde"));
    private static final FuzzType CHAR =
            new FuzzType("char(3)", Family.FIXED_TEXT, texts("a", "b", "ab", ""), texts("a ", "A", " a"));
    private static final FuzzType FOLDED =
            new FuzzType("text collate folded", Family.FOLDED_TEXT, texts("a", "b", "A", "ab"), texts("AB", "B", "a "));
    private static final FuzzType BOOLEAN = new FuzzType(
            "boolean", Family.BOOLEAN, List.of(FuzzValue.of("true", true), FuzzValue.of("false", false)), List.of());
    private static final FuzzType DATE = new FuzzType("date", Family.DATE, dates(), List.of());
    private static final FuzzType TIME = new FuzzType(
            "time(0)",
            Family.TIME,
            List.of(FuzzValue.cast("10:00:00", "time"), FuzzValue.cast("11:30:00", "time")),
            List.of(FuzzValue.cast("10:00:00.4", "time"), FuzzValue.cast("11:29:59.7", "time")));
    private static final FuzzType TIMESTAMP =
            new FuzzType("timestamp(0)", Family.TIMESTAMP, timestamps(0), timestamps(400_000_000));
    private static final FuzzType ZONED = new FuzzType(
            "timestamptz", Family.ZONED_TIMESTAMP, zoned("timestamptz", "Z", "+02:00"), zoned("timestamptz", "-08:00"));
    private static final FuzzType UUIDS = new FuzzType("uuid", Family.UUID, uuids(), List.of());
    private static final FuzzType JSONB = new FuzzType(
            "jsonb",
            Family.JSON,
            cast("jsonb", "{\"k\": 1}", "{\"k\": 2, \"s\": \"a\"}", "{}", "[1]"),
            cast("jsonb", "null", "{\"k\":1.0}"));
    private static final FuzzType INTEGERS = new FuzzType(
            "int[]", Family.INTEGERS, cast("int[]", "{}", "{1}", "{1,2}", "{2,1}"), cast("int[]", "{1,NULL}"));
    private static final FuzzType ENUMERATION =
            new FuzzType("mood", Family.ENUMERATION, cast("mood", "sad", "ok", "happy"), List.of());
    private static final FuzzType BYTES =
            new FuzzType("bytea", Family.BYTES, cast("bytea", "\\x00", "\\x61", ""), List.of());

    private static final List<FuzzType> TYPES = List.of(
            INT,
            INT,
            INT,
            BIGINT,
            SMALLINT,
            NUMERIC,
            NUMERIC,
            DOUBLE,
            REAL,
            TEXT,
            TEXT,
            TEXT,
            VARCHAR,
            VARCHAR,
            CHAR,
            FOLDED,
            BOOLEAN,
            BOOLEAN,
            DATE,
            DATE,
            TIME,
            TIMESTAMP,
            ZONED,
            UUIDS,
            JSONB,
            INTEGERS,
            ENUMERATION,
            BYTES);

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public Set<Feature> features() {
        return EnumSet.complementOf(EnumSet.of(
                Feature.NULL_SAFE_EQUAL,
                Feature.ON_DUPLICATE_KEY,
                Feature.REPLACE,
                Feature.INSERT_IGNORE,
                Feature.UPDATE_JOIN,
                Feature.MULTI_DELETE,
                Feature.MERGE_KEY,
                Feature.DELTA_TABLES,
                Feature.LIMITED_CHANGE,
                Feature.ORDERED_CHANGE));
    }

    @Override
    public List<FuzzType> types() {
        return TYPES;
    }

    @Override
    public FuzzType keyType() {
        return INT;
    }

    @Override
    public List<String> reset() {
        return List.of("drop schema public cascade", "create schema public");
    }

    @Override
    public List<String> prelude() {
        return List.of(
                "create type mood as enum ('sad', 'ok', 'happy')",
                "create collation folded (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
    }

    @Override
    public String generatedType(FuzzType type) {
        return type.family() == Family.TEXT ? "text" : type.ddl();
    }

    @Override
    public String generated(FuzzColumn from) {
        String expression =
                from.family() == Family.INTEGER ? from.name() + " * 2" : "lower(" + from.name() + ") || 'b'";
        return "generated always as (" + expression + ") stored";
    }

    @Override
    public List<String> trigger(String table, String column) {
        return List.of(
                "create function touch_" + table + "() returns trigger language plpgsql as " + "'begin new." + column
                        + " := coalesce(new." + column + ", 0) + 1; return new; end'",
                "create trigger touch before update on " + table + " for each row execute function touch_" + table
                        + "()");
    }
}
