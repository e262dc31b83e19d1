package dev.staleless.benchmarks.differential;

import static dev.staleless.benchmarks.differential.FuzzValues.cast;
import static dev.staleless.benchmarks.differential.FuzzValues.oddDecimals;
import static dev.staleless.benchmarks.differential.FuzzValues.oddNumbers;
import static dev.staleless.benchmarks.differential.FuzzValues.texts;
import static dev.staleless.benchmarks.differential.FuzzValues.timestamps;
import static dev.staleless.benchmarks.differential.FuzzValues.uuids;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** PostgreSQL's SQL. */
final class PostgresTarget implements Target {

    private static final FuzzType INT = FuzzTypes.integer("int", 5, oddNumbers());

    private static final List<FuzzType> TYPES = Stream.of(
                    FuzzTypes.times(3, INT, FuzzTypes.text("text", List.of())),
                    FuzzTypes.times(
                            2,
                            FuzzTypes.decimal(oddDecimals()),
                            FuzzTypes.shortText("varchar(4)", texts("a%", "a    ", "abcde")),
                            FuzzTypes.bool(List.of()),
                            FuzzTypes.date(List.of())),
                    FuzzTypes.times(
                            1,
                            FuzzTypes.integer("bigint", 5, oddNumbers()),
                            FuzzTypes.integer("smallint", 4, oddNumbers()),
                            FuzzTypes.floating("double precision", oddNumbers()),
                            FuzzTypes.floating("real", oddDecimals()),
                            FuzzTypes.text("text collate \"C\"", List.of()),
                            FuzzTypes.text("text collate \"en-x-icu\"", List.of()),
                            FuzzTypes.fixedText("char(3)", List.of()),
                            FuzzTypes.foldedText("text collate folded", texts("AB", "B", "a ")),
                            FuzzTypes.foldedText("varchar(4) collate bare", texts("AB", "B", "Á", "a ")),
                            FuzzTypes.foldedText("citext", texts("AB", "B", "Á", "a ")),
                            FuzzTypes.time("time(0)", cast("time", "10:00:00.4", "11:29:59.7")),
                            FuzzTypes.timestamp("timestamp(0)", timestamps(400_000_000)),
                            FuzzTypes.zoned("timestamptz"),
                            new FuzzType("uuid", Family.UUID, uuids(3), List.of()),
                            new FuzzType(
                                    "jsonb",
                                    Family.JSON,
                                    cast("jsonb", "{\"k\": 1}", "{\"k\": 2, \"s\": \"a\"}", "{}", "[1]"),
                                    cast("jsonb", "null", "{\"k\":1.0}")),
                            new FuzzType(
                                    "int[]",
                                    Family.INTEGERS,
                                    cast("int[]", "{}", "{1}", "{1,2}", "{2,1}"),
                                    cast("int[]", "{1,NULL}")),
                            new FuzzType("mood", Family.ENUMERATION, cast("mood", "sad", "ok", "happy"), List.of()),
                            new FuzzType("bytea", Family.BYTES, cast("bytea", "\\x00", "\\x61", ""), List.of())))
            .flatMap(List::stream)
            .toList();

    private static final List<FuzzType> KEY_TYPES = Stream.of(
                    FuzzTypes.times(12, INT),
                    FuzzTypes.times(2, FuzzTypes.textKey("text"), FuzzTypes.uuidKey()),
                    FuzzTypes.times(
                            1,
                            FuzzTypes.integer("bigint", 5, oddNumbers()),
                            FuzzTypes.textKey("varchar(10) collate \"C\""),
                            FuzzTypes.decimalKey(oddDecimals()),
                            FuzzTypes.foldedKey("text collate folded"),
                            FuzzTypes.foldedKey("citext")))
            .flatMap(List::stream)
            .toList();

    private static final String COLLATION = " (provider = icu, deterministic = false, locale = 'und-u-ks-level";

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
    public List<FuzzType> keyTypes() {
        return KEY_TYPES;
    }

    @Override
    public List<String> prelude(String ddl) {
        List<String> prelude = new ArrayList<>();
        if (ddl.contains("citext")) {
            prelude.add("create extension citext");
        }
        prelude.add("create type mood as enum ('sad', 'ok', 'happy')");
        prelude.add("create collation folded" + COLLATION + "2')");
        prelude.add("create collation bare" + COLLATION + "1')");
        return prelude;
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
    public List<String> trigger(String name, String table, String column) {
        String body = "new." + column + " := coalesce(new." + column + ", 0) + 1; return new;";
        return List.of(
                "create function " + name + "() returns trigger language plpgsql as 'begin " + body + " end'",
                "create trigger " + name + " before update on " + table + " for each row execute function " + name
                        + "()");
    }
}
