package dev.staleless.benchmarks.differential;

import static dev.staleless.benchmarks.differential.FuzzValues.all;
import static dev.staleless.benchmarks.differential.FuzzValues.asText;
import static dev.staleless.benchmarks.differential.FuzzValues.bytes;
import static dev.staleless.benchmarks.differential.FuzzValues.dates;
import static dev.staleless.benchmarks.differential.FuzzValues.integers;
import static dev.staleless.benchmarks.differential.FuzzValues.oddDecimals;
import static dev.staleless.benchmarks.differential.FuzzValues.oddNumbers;
import static dev.staleless.benchmarks.differential.FuzzValues.texts;
import static dev.staleless.benchmarks.differential.FuzzValues.timestamps;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

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
    private static final FuzzType INT = FuzzTypes.integer("int", 5, ODD_INTEGERS);

    private static final List<FuzzType> TYPES = Stream.of(
                    FuzzTypes.times(3, INT),
                    FuzzTypes.times(
                            2,
                            FuzzTypes.decimal(ODD_DECIMALS),
                            FuzzTypes.text("text" + BINARY, integers(0, 1)),
                            FuzzTypes.shortText("varchar(4)" + BINARY, all(texts("a    ", "abcde"), integers(0, 1))),
                            FuzzTypes.fixedText("char(3) collate utf8mb4_bin", List.of()),
                            FuzzTypes.foldedText("varchar(4)", all(texts("AB", "a "), integers(0))),
                            FuzzTypes.bool(all(integers(0, 1, 2), asText("1", "true"))),
                            FuzzTypes.date(all(
                                    asText("2024-02-28", "2024-2-29", "20240228", "x"),
                                    all(timestamps(0), integers(20240228)))),
                            FuzzTypes.timestamp(
                                    "datetime",
                                    all(
                                            timestamps(400_000_000),
                                            all(dates(), asText("2024-02-29", "2024-2-28 23:59:59"))))),
                    FuzzTypes.times(
                            1,
                            FuzzTypes.integer("bigint", 4, ODD_INTEGERS),
                            FuzzTypes.integer("tinyint unsigned", 3, ODD_INTEGERS),
                            FuzzTypes.floating("double", ODD_INTEGERS),
                            FuzzTypes.floating("float", ODD_DECIMALS),
                            FuzzTypes.text("varchar(20) collate utf8mb4_bin", integers(0)),
                            FuzzTypes.foldedText("varchar(8) collate utf8mb4_general_ci", texts("AB", "A ")),
                            FuzzTypes.foldedText("char(4) character set latin1", texts("AB", "ä")),
                            FuzzTypes.time(
                                    "time",
                                    all(asText("10:00:00.4", "11:29:59.7", "10:00", "1 10:00:00"), integers(100000))),
                            new FuzzType("timestamp", Family.ZONED_TIMESTAMP, timestamps(0), dates()),
                            new FuzzType(
                                    "uuid",
                                    Family.UUID,
                                    asText(
                                            "00000000-0000-1234-0000-000000000001",
                                            "00000000-0000-1234-0000-000000000002"),
                                    asText("00000000000012340000000000000001", "x")),
                            new FuzzType(
                                    "enum('sad', 'ok', 'happy')",
                                    Family.ENUMERATION,
                                    texts("sad", "ok", "happy"),
                                    all(texts("OK"), integers(1, 2))),
                            new FuzzType("varbinary(8)", Family.BYTES, bytes(), asText("a", "a ")),
                            new FuzzType(
                                    "json",
                                    Family.JSON,
                                    texts("{\"k\": 1}", "{\"k\": 2, \"s\": \"a\"}", "{}", "[1]"),
                                    texts("null", "{\"k\":1.0}"))))
            .flatMap(List::stream)
            .toList();

    private static final List<FuzzType> KEY_TYPES = Stream.of(
                    FuzzTypes.times(9, INT),
                    FuzzTypes.times(2, FuzzTypes.textKey("varchar(10)" + BINARY), FuzzTypes.foldedKey("varchar(10)")),
                    FuzzTypes.times(
                            1,
                            FuzzTypes.integer("bigint", 5, ODD_INTEGERS),
                            FuzzTypes.textKey("varchar(10) collate utf8mb4_bin"),
                            FuzzTypes.decimalKey(ODD_DECIMALS)))
            .flatMap(List::stream)
            .toList();

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
                Feature.ALL_SET_OPERATIONS,
                Feature.VIEW_CHANGES);
    }

    @Override
    public List<FuzzType> types() {
        return TYPES;
    }

    @Override
    public List<FuzzType> keyTypes() {
        return KEY_TYPES;
    }

    @Override
    public String quoted(String name) {
        return '`' + name + '`';
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
    public List<String> trigger(String name, String table, String column) {
        return List.of("create trigger " + name + " before update on " + table + " for each row set new." + column
                + " = coalesce(new." + column + ", 0) + 1");
    }
}
