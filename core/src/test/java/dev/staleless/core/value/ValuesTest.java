package dev.staleless.core.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.value.ColumnType.Equality;
import dev.staleless.core.value.ColumnType.Kind;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValuesTest {

    private static ColumnType type(Kind kind) {
        return new ColumnType(kind, -1, -1, Equality.EXACT);
    }

    private static ColumnType type(Kind kind, int precision, int scale) {
        return new ColumnType(kind, precision, scale, Equality.EXACT);
    }

    private static void assertStored(ColumnType type, Object raw, @Nullable Object value) {
        assertThat(Values.store(type, raw)).isEqualTo(new AbstractValue.Exact(value));
    }

    private static void assertNotSure(ColumnType type, Object raw) {
        assertThat(Values.store(type, raw)).isEqualTo(AbstractValue.NOT_NULL);
    }

    private static void assertOpen(ColumnType type, Object raw) {
        assertThat(Values.store(type, raw)).isEqualTo(AbstractValue.UNKNOWN);
    }

    @Test
    void nullIsStoredAsNullAndAnOpaqueValueAsAnything() {
        assertThat(Values.store(type(Kind.INTEGER), null)).isEqualTo(AbstractValue.NULL);
        assertThat(Values.store(type(Kind.INTEGER), Parameters.OPAQUE)).isEqualTo(AbstractValue.UNKNOWN);
        assertThat(Values.store(ColumnType.UNKNOWN, "{}")).isEqualTo(AbstractValue.UNKNOWN);
    }

    /** MariaDB does so after INSERT IGNORE, and without its strict mode. */
    @Test
    void whatIsNoUuidOrTimeMayBeStoredAsNull() {
        assertOpen(type(Kind.UUID), "x");
        assertOpen(type(Kind.DATE), "2024-02-30");
        assertOpen(type(Kind.DATE), LocalDate.of(20_000, 1, 1));
        assertOpen(type(Kind.TIME, 0, -1), 7L);
        assertNotSure(type(Kind.TIME, 0, -1), LocalTime.of(10, 0, 0, 1));
    }

    @Test
    void decimalsAreSureWhenNothingIsRoundedOrRefused() {
        ColumnType price = type(Kind.DECIMAL, 10, 2);
        assertStored(price, new BigDecimal("12.50"), new BigDecimal("12.5"));
        assertStored(price, new BigDecimal("12.500"), new BigDecimal("12.5"));
        assertStored(price, 100L, new BigDecimal("1E+2"));
        assertStored(price, "12.50", new BigDecimal("12.5"));
        assertNotSure(price, new BigDecimal("1.005"));
        assertNotSure(price, new BigDecimal("123456789"));
        assertNotSure(price, 0.5);
        assertNotSure(price, "NaN");
        assertNotSure(type(Kind.DECIMAL), new BigDecimal("1E+100000000"));
        assertNotSure(type(Kind.DECIMAL, 3, -2), new BigDecimal("123"));
    }

    @Test
    void integersAreSureWhenTheyAreIntegers() {
        ColumnType type = type(Kind.INTEGER);
        assertStored(type, 7L, 7L);
        assertStored(type, new BigDecimal("7.00"), 7L);
        assertStored(type, new BigDecimal("7E2"), 700L);
        assertStored(type, "-7", -7L);
        assertNotSure(type, new BigDecimal("7.5"));
        assertNotSure(type, new BigDecimal("1E30"));
        assertNotSure(type, 7.0);
        assertNotSure(type, "007");
        assertNotSure(type, "-0");
        assertNotSure(type, "9007199254740993");
    }

    @Test
    void floatsAreSureWhenSinglePrecisionHoldsThem() {
        ColumnType type = type(Kind.FLOAT);
        assertStored(type, 0.5, 0.5);
        assertStored(type, -0.0, 0.0);
        assertStored(type, 7L, 7.0);
        assertStored(type, new BigDecimal("0.25"), 0.25);
        assertNotSure(type, 0.1);
        assertNotSure(type, new BigDecimal("0.1"));
        assertNotSure(type, Double.NaN);
        assertNotSure(type, Double.POSITIVE_INFINITY);
        assertNotSure(type, (1L << 24) + 1);
        assertNotSure(type, Long.MIN_VALUE);
    }

    @Test
    void textIsSureWithinItsLength() {
        ColumnType type = type(Kind.TEXT, 3, -1);
        assertStored(type, "abc", "abc");
        assertStored(type, "ab ", "ab ");
        assertNotSure(type, "abcd");
        assertNotSure(type, "abc ");
        assertNotSure(type, "a\0");
        assertNotSure(type, "a\uD800");
        assertNotSure(type, 5L);
        assertStored(type(Kind.TEXT), "\uD83D\uDE00", "\uD83D\uDE00");
        assertStored(type(Kind.FIXED_TEXT, 3, -1), "ab  ", "ab");
        assertStored(type(Kind.FIXED_TEXT, 3, -1), "  ", "");
    }

    @Test
    void timesAreSureUpToTheColumnsDigitsAndWithinOrdinaryYears() {
        LocalDateTime micros = LocalDateTime.of(2020, 1, 2, 3, 4, 5, 123_456_000);
        assertStored(type(Kind.TIMESTAMP), micros, micros);
        assertStored(type(Kind.TIMESTAMP), "2020-01-02 03:04:05.123456", micros);
        assertNotSure(type(Kind.TIMESTAMP, 3, -1), micros);
        assertNotSure(type(Kind.TIMESTAMP), micros.plusNanos(1));
        assertOpen(type(Kind.TIMESTAMP), LocalDateTime.MAX);
        LocalDateTime midnight = LocalDateTime.of(2020, 1, 2, 0, 0);
        assertStored(type(Kind.TIMESTAMP), LocalDate.of(2020, 1, 2), midnight);
        assertStored(type(Kind.TIMESTAMP), "2020-01-02", midnight);
        assertOpen(type(Kind.TIMESTAMP), LocalDate.of(-43, 3, 15));
        assertOpen(type(Kind.TIMESTAMP), "now");
        assertNotSure(type(Kind.DATE), micros);
        assertStored(type(Kind.DATE), "2020-01-02", LocalDate.of(2020, 1, 2));
        assertOpen(type(Kind.DATE), "2020-02-30");
        assertOpen(type(Kind.DATE), "infinity");
        assertOpen(type(Kind.DATE), LocalDate.of(-43, 3, 15));
        assertNotSure(type(Kind.TIME), LocalTime.MAX);
        Instant instant = Instant.parse("2020-01-02T03:04:05Z");
        assertStored(type(Kind.TIMESTAMP_TZ), "2020-01-02 05:04:05+02", instant);
        assertStored(type(Kind.TIMESTAMP_TZ), "2020-01-01T22:34:05-04:30", instant);
        assertOpen(type(Kind.TIMESTAMP_TZ), "2020-01-02 05:04:05");
        assertNotSure(type(Kind.TIMESTAMP_TZ), Instant.MAX);
    }

    @Test
    void otherTypesAreParsedInOneNotationOnly() {
        UUID uuid = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");
        assertStored(type(Kind.UUID), uuid.toString().toUpperCase(java.util.Locale.ROOT), uuid);
        assertOpen(type(Kind.UUID), "{" + uuid + "}");
        assertStored(type(Kind.BOOLEAN), "true", true);
        assertNotSure(type(Kind.BOOLEAN), "yes");
        assertNotSure(type(Kind.BYTES), "\\x00");
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2}).asReadOnlyBuffer();
        assertStored(type(Kind.BYTES), bytes, bytes);
    }

    @Test
    void aTrueComparisonTellsOfItsColumn() {
        ColumnType number = type(Kind.INTEGER);
        assertThat(Values.related(number, Relation.EQUAL, 5L)).isEqualTo(new AbstractValue.Exact(5L));
        assertThat(Values.related(number, Relation.LESS | Relation.EQUAL, 5L))
                .isEqualTo(new AbstractValue.Range(null, false, 5L, true));
        assertThat(Values.related(number, Relation.GREATER, 5L))
                .isEqualTo(new AbstractValue.Range(5L, false, null, false));
        assertThat(Values.related(number, Relation.LESS | Relation.GREATER, 5L)).isEqualTo(AbstractValue.NOT_NULL);
        assertThat(Values.related(type(Kind.TEXT), Relation.GREATER, "a")).isEqualTo(AbstractValue.NOT_NULL);
        ColumnType insensitive = new ColumnType(Kind.TEXT, -1, -1, Equality.UNKNOWN);
        assertThat(Values.related(insensitive, Relation.EQUAL, "a")).isEqualTo(AbstractValue.NOT_NULL);
    }
}
