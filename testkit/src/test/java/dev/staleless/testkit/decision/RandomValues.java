package dev.staleless.testkit.decision;

import dev.staleless.core.value.ColumnType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values in canonical form that are likely to meet each other, and to show how types, collations and roundings differ. */
final class RandomValues {

    private static final String[] DOCUMENTS = {
        "1",
        "1.0",
        " 1 ",
        "null",
        "true",
        "\"a\"",
        "\"A\"",
        "[]",
        "[1, 2]",
        "{\"a\": 1}",
        "{\"a\":1}",
        "{\"b\": null}",
        "no document"
    };

    private static final String[] STRINGS = {
        "",
        "a",
        "A",
        "b",
        "ab",
        "aB",
        "AB",
        "abc",
        "abcd",
        "a ",
        "a  ",
        " a",
        "i",
        "I",
        "Ii",
        "ı",
        "İ",
        "ss",
        "ß",
        "ẞ",
        "é",
        "É",
        "e\u0301",
        "ÌJ",
        "Í",
        "Σας",
        "ΣΑΣ",
        "ς",
        "ά",
        "µ",
        "ÿ",
        "Ж",
        "ж",
        "Ёж",
        "日本",
        "אב",
        "\uFF5E",
        "\uD83D\uDE00",
        "\uD83D\uDE01",
        "a_b",
        "a%b",
        "a\\b",
        "a\nb",
        "a\tb",
        "K",
        "\u212A",
        "1",
        "01",
        "-1",
        "1.5",
        "ff",
        "ﬃ",
        "ǅ",
        "true"
    };
    private static final String[] PATTERNS = {
        "%",
        "_",
        "__",
        "a%",
        "%a",
        "%b%",
        "A%",
        "%i%",
        "%I",
        "i_",
        "a_b",
        "a\\_b",
        "a\\%b",
        "a\\\\b",
        "a\\",
        "%\\",
        "",
        "%é%",
        "É",
        "%%",
        "_%_",
        "%a%b%",
        "ß",
        "SS",
        "%Ж%",
        "ж",
        "\\a",
        "a!_b",
        "a!%%",
        "!",
        "日_",
        "%K",
        "k",
        "\uD83D\uDE00",
        "_a",
        "a ",
        "x%"
    };
    private static final String[] TIMES = {
        "2020-01-02 03:04:05",
        "2020-01-02T03:04:05.123456",
        "2020-01-02",
        "03:04:05",
        "2020-01-02 03:04:05+02",
        "2020-01-02 03:04:05.5-04:30",
        "2020-02-30",
        "infinity",
        "-infinity",
        "0044-03-15",
        "0001-01-01",
        "24:00:00",
        "2020-01-02 03:04:05.1234567",
        "123e4567-e89b-12d3-a456-426614174000",
        "123E4567-E89B-12D3-A456-426614174000"
    };
    private static final String[] DECIMALS = {
        "0",
        "0.0",
        "1",
        "1.0",
        "1.5",
        "1.50",
        "1.505",
        "-1.5",
        "2.5",
        "0.1",
        "0.125",
        "99.99",
        "100",
        "1E+2",
        "9999.99",
        "9999.999",
        "12345.678",
        "16777216",
        "16777217",
        "9007199254740993",
        "0.3333333333333333333"
    };
    private static final double[] DOUBLES = {
        0.0,
        -0.0,
        0.5,
        0.1,
        (double) 0.1f,
        1,
        1.5,
        2.5,
        100,
        1e300,
        16777217,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        -1.5
    };

    private RandomValues() {}

    /** A value to be written to a column, or compared with it: mostly of its own kind, sometimes of another. */
    static @Nullable Object of(ColumnType.Kind kind, Random random) {
        if (random.nextInt(12) == 0) {
            return null;
        }
        ColumnType.Kind[] kinds = ColumnType.Kind.values();
        return own(random.nextInt(5) == 0 ? kinds[random.nextInt(kinds.length)] : kind, random);
    }

    /** A value of the kind itself, or a string that may be read as one. */
    static Object own(ColumnType.Kind kind, Random random) {
        return switch (kind) {
            case BOOLEAN ->
                random.nextInt(4) == 0 ? pick(random, "true", "false", "t", "yes", "1") : random.nextBoolean();
            case INTEGER -> integer(random);
            case DECIMAL -> random.nextInt(4) == 0 ? integer(random) : new BigDecimal(pick(random, DECIMALS));
            case FLOAT ->
                random.nextInt(3) == 0 ? own(ColumnType.Kind.DECIMAL, random) : DOUBLES[random.nextInt(DOUBLES.length)];
            case TEXT, FIXED_TEXT, FOLDED_TEXT -> pick(random, STRINGS);
            case OTHER -> pick(random, DOCUMENTS);
            case BYTES -> bytes(random);
            case DATE -> random.nextInt(4) == 0 ? pick(random, TIMES) : date(random);
            case TIME -> random.nextInt(4) == 0 ? pick(random, TIMES) : time(random);
            case TIMESTAMP ->
                random.nextInt(4) == 0 ? pick(random, TIMES) : date(random).atTime(time(random));
            case TIMESTAMP_TZ ->
                random.nextInt(4) == 0
                        ? pick(random, TIMES)
                        : date(random).atTime(time(random)).toInstant(java.time.ZoneOffset.UTC);
            case UUID ->
                random.nextInt(4) == 0 ? pick(random, TIMES) : new UUID(random.nextInt(3) - 1L, random.nextInt(3) - 1L);
        };
    }

    static String pattern(Random random) {
        return random.nextInt(3) == 0 ? pick(random, STRINGS) : pick(random, PATTERNS);
    }

    private static Object integer(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> pick(random, "1", "01", "-1", "+1", " 2", "1.0", "9007199254740993", "0x1");
            case 1 -> new BigDecimal(pick(random, DECIMALS));
            case 2 -> random.nextBoolean() ? 9007199254740993L : 9007199254740992L;
            default -> (long) random.nextInt(7) - 2;
        };
    }

    private static Object bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(3)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(3) * 0x7f);
        }
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    private static LocalDate date(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> LocalDate.of(1500, 3, 1 + random.nextInt(3));
            case 1 -> LocalDate.of(1970, 1, 1);
            default -> LocalDate.of(2020, 1, 1 + random.nextInt(3));
        };
    }

    private static LocalTime time(Random random) {
        LocalTime time = random.nextBoolean() ? LocalTime.MIDNIGHT : LocalTime.of(23, 59, 58 + random.nextInt(2));
        int[] nanos = {0, 0, 0, 500_000_000, 123_000_000, 123_456_000, 999_999_999, 1_000, 500};
        return time.withNano(nanos[random.nextInt(nanos.length)]);
    }

    private static String pick(Random random, String... strings) {
        return strings[random.nextInt(strings.length)];
    }
}
