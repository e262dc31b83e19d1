package dev.staleless.benchmarks.differential;

import static dev.staleless.benchmarks.differential.FuzzValues.all;
import static dev.staleless.benchmarks.differential.FuzzValues.asText;
import static dev.staleless.benchmarks.differential.FuzzValues.bytes;
import static dev.staleless.benchmarks.differential.FuzzValues.cast;
import static dev.staleless.benchmarks.differential.FuzzValues.dates;
import static dev.staleless.benchmarks.differential.FuzzValues.integers;
import static dev.staleless.benchmarks.differential.FuzzValues.oddDecimals;
import static dev.staleless.benchmarks.differential.FuzzValues.oddNumbers;
import static dev.staleless.benchmarks.differential.FuzzValues.texts;
import static dev.staleless.benchmarks.differential.FuzzValues.timestamps;
import static dev.staleless.benchmarks.differential.FuzzValues.uuids;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** H2's SQL. */
final class H2Target implements Target {

    private static final List<FuzzValue> ODD_INTEGERS = all(oddNumbers(), asText("1", "2.5", " 3"));
    private static final List<FuzzValue> ODD_DECIMALS = all(oddDecimals(), asText("1.5", "1e0"));
    private static final FuzzType INT = FuzzTypes.integer("int", 5, ODD_INTEGERS);

    private static final List<FuzzType> TYPES = Stream.of(
                    FuzzTypes.times(3, INT),
                    FuzzTypes.times(
                            2,
                            FuzzTypes.decimal(ODD_DECIMALS),
                            FuzzTypes.text("varchar", integers(1)),
                            FuzzTypes.shortText("varchar(4)", all(texts("a    ", "abcde"), integers(1))),
                            FuzzTypes.fixedText("char(3)", texts("a    ")),
                            FuzzTypes.bool(asText("true", "f", "no")),
                            FuzzTypes.date(all(asText("2024-02-28", "2024-2-29"), timestamps(0))),
                            FuzzTypes.timestamp(
                                    "timestamp(0)",
                                    all(timestamps(400_000_000), all(timestamps(600_000_000), dates())))),
                    FuzzTypes.times(
                            1,
                            FuzzTypes.integer("bigint", 4, ODD_INTEGERS),
                            FuzzTypes.integer("tinyint", 3, ODD_INTEGERS),
                            FuzzTypes.floating("double precision", ODD_INTEGERS),
                            FuzzTypes.floating("real", ODD_DECIMALS),
                            FuzzTypes.foldedText("varchar_ignorecase(4)", texts("AB", "B", "a ")),
                            FuzzTypes.time("time(0)", cast("time(3)", "10:00:00.4", "11:29:59.7")),
                            FuzzTypes.zoned("timestamp with time zone"),
                            new FuzzType(
                                    "uuid",
                                    Family.UUID,
                                    uuids(3),
                                    asText("00000000-0000-1234-0000-000000000001", "00000000000012340000000000000001")),
                            new FuzzType(
                                    "enum('sad', 'ok', 'happy')",
                                    Family.ENUMERATION,
                                    texts("sad", "ok", "happy"),
                                    integers(1, 2)),
                            new FuzzType("varbinary(8)", Family.BYTES, bytes(), List.of())))
            .flatMap(List::stream)
            .toList();

    private static final List<FuzzType> KEY_TYPES = Stream.of(
                    FuzzTypes.times(9, INT),
                    FuzzTypes.times(2, FuzzTypes.textKey("varchar(10)"), FuzzTypes.uuidKey()),
                    FuzzTypes.times(
                            1,
                            FuzzTypes.integer("bigint", 5, ODD_INTEGERS),
                            FuzzTypes.decimalKey(ODD_DECIMALS),
                            FuzzTypes.foldedKey("varchar_ignorecase(10)")))
            .flatMap(List::stream)
            .toList();

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
                Feature.COLUMN_ALIASES,
                Feature.SET_DEFAULT,
                Feature.BOUND_ARRAYS);
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
    public FuzzType keyType() {
        return INT;
    }

    @Override
    public List<String> reset() {
        return List.of("drop all objects");
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
    public List<String> trigger(String name, String table, String column) {
        throw new UnsupportedOperationException("Triggers of H2 are written in Java");
    }
}
