package dev.staleless.benchmarks.differential;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

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
    private static final FuzzType ZONED =
            new FuzzType("timestamptz", Family.ZONED_TIMESTAMP, zoned("Z", "+02:00"), zoned("-08:00"));
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
        return EnumSet.complementOf(EnumSet.of(Feature.NULL_SAFE_EQUAL, Feature.ON_DUPLICATE_KEY, Feature.UPDATE_JOIN));
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

    private static List<FuzzValue> integers(long... values) {
        List<FuzzValue> all = new ArrayList<>();
        for (long value : values) {
            all.add(FuzzValue.of(Long.toString(value), value));
        }
        return all;
    }

    private static List<FuzzValue> oddNumbers() {
        return List.of(
                FuzzValue.of("1.5", new BigDecimal("1.5")),
                FuzzValue.of("1.0", new BigDecimal("1.0")),
                FuzzValue.of("-1", -1),
                FuzzValue.of("2.5", 2.5d),
                FuzzValue.of("1e0", 1f));
    }

    private static List<FuzzValue> decimals(String... values) {
        List<FuzzValue> all = new ArrayList<>();
        for (String value : values) {
            all.add(FuzzValue.of(value, new BigDecimal(value)));
        }
        return all;
    }

    private static List<FuzzValue> oddDecimals() {
        return List.of(
                FuzzValue.of("1.505", new BigDecimal("1.505")),
                FuzzValue.of("1.499", new BigDecimal("1.499")),
                FuzzValue.of("1", 1L),
                FuzzValue.of("2.25", 2.25d),
                FuzzValue.of("0.1", 0.1f));
    }

    private static List<FuzzValue> floats() {
        return List.of(
                FuzzValue.of("0.0", 0d),
                FuzzValue.of("0.5", 0.5d),
                FuzzValue.of("1.5", 1.5d),
                FuzzValue.of("-2.0", -2d));
    }

    private static List<FuzzValue> texts(String... values) {
        List<FuzzValue> all = new ArrayList<>();
        for (String value : values) {
            all.add(FuzzValue.of("'" + value + "'", value));
        }
        return all;
    }

    private static List<FuzzValue> dates() {
        List<FuzzValue> all = new ArrayList<>();
        for (int day = 1; day <= 4; day++) {
            LocalDate date = LocalDate.of(2024, 2, 26).plusDays(day);
            all.add(FuzzValue.of("date '" + date + "'", date));
        }
        return all;
    }

    private static List<FuzzValue> timestamps(int nanos) {
        List<FuzzValue> all = new ArrayList<>();
        for (int hour = 0; hour < 3; hour++) {
            LocalDateTime time =
                    LocalDateTime.of(2024, 2, 28, 23, 59, 59).plusHours(hour).plusNanos(nanos);
            all.add(FuzzValue.of("timestamp '" + time.toString().replace('T', ' ') + "'", time));
        }
        return all;
    }

    private static List<FuzzValue> zoned(String... offsets) {
        List<FuzzValue> all = new ArrayList<>();
        for (String offset : offsets) {
            OffsetDateTime time = OffsetDateTime.parse("2024-02-28T12:00:00" + offset);
            all.add(FuzzValue.of("timestamptz '2024-02-28 12:00:00" + offset + "'", time));
        }
        return all;
    }

    private static List<FuzzValue> uuids() {
        List<FuzzValue> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            UUID uuid = new UUID(0x1234L, i);
            all.add(FuzzValue.of("uuid '" + uuid + "'", uuid));
        }
        return all;
    }

    private static List<FuzzValue> cast(String type, String... values) {
        List<FuzzValue> all = new ArrayList<>();
        for (String value : values) {
            all.add(FuzzValue.cast(value, type));
        }
        return all;
    }
}
