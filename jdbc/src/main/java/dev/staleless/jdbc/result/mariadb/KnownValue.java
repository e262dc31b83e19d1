package dev.staleless.jdbc.result.mariadb;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The value that MariaDB sent, in canonical form, for the types whose values have one; null for others. So FLOAT and DOUBLE are
 * not known, of which the text shows fewer digits than there are, nor TIMESTAMP, which is shown in the session's time zone, nor
 * dates that are none, nor numbers that only an unsigned type has room for.
 */
final class KnownValue {

    private static final int MAX_DIGITS = 100;
    private static final int MAX_SAFE_DIGITS = 18;

    private KnownValue() {}

    static @Nullable Object ofText(ColumnPacket column, RowPacket.Field field) {
        return switch (column.type()) {
            case ColumnPacket.TINY, ColumnPacket.SHORT, ColumnPacket.LONG, ColumnPacket.INT24, ColumnPacket.LONGLONG ->
                integer(field);
            // in the notation of ISO 8601
            case ColumnPacket.DATE, ColumnPacket.TIME, ColumnPacket.DATETIME -> text(field);
            default -> ofBoth(column, field);
        };
    }

    static @Nullable Object ofBinary(ColumnPacket column, RowPacket.Field field) {
        return switch (column.type()) {
            case ColumnPacket.TINY, ColumnPacket.SHORT, ColumnPacket.LONG, ColumnPacket.INT24, ColumnPacket.LONGLONG ->
                integer(column, field);
            case ColumnPacket.DATE -> field.length() == 4 ? date(field) : null;
            case ColumnPacket.TIME -> time(field);
            case ColumnPacket.DATETIME -> timestamp(field);
            default -> ofBoth(column, field);
        };
    }

    /** Types that are sent alike in both forms. */
    private static @Nullable Object ofBoth(ColumnPacket column, RowPacket.Field field) {
        return switch (column.type()) {
            case ColumnPacket.DECIMAL -> decimal(field);
            case ColumnPacket.BIT -> field.length() == 1 ? (Object) (long) field.bytes()[field.start()] : null;
            case ColumnPacket.VARCHAR,
                    ColumnPacket.VAR_STRING,
                    ColumnPacket.STRING,
                    ColumnPacket.TINY_BLOB,
                    ColumnPacket.TINY_BLOB + 1,
                    ColumnPacket.TINY_BLOB + 2,
                    ColumnPacket.BLOB -> column.isBytes() ? bytes(field) : column.isUtf8() ? text(field) : null;
            default -> null;
        };
    }

    private static @Nullable Object integer(RowPacket.Field field) {
        String digits = ascii(field);
        // a negative number may be one digit longer; one that is filled up with zeros is what it seems
        return digits != null && digits.length() <= MAX_SAFE_DIGITS && digits.matches("-?[0-9]+")
                ? (Object) Long.valueOf(digits)
                : null;
    }

    private static @Nullable Object integer(ColumnPacket column, RowPacket.Field field) {
        int length = field.length();
        long value = RowPacket.littleEndian(field.bytes(), field.start(), length);
        if (column.unsigned()) {
            return value < 0 ? null : (Object) value;
        }
        int unused = Long.SIZE - length * Byte.SIZE;
        return value << unused >> unused;
    }

    private static @Nullable Object decimal(RowPacket.Field field) {
        String digits = ascii(field);
        return digits != null && digits.length() <= MAX_DIGITS && digits.matches("-?[0-9]+(\\.[0-9]+)?")
                ? new BigDecimal(digits)
                : null;
    }

    private static @Nullable String ascii(RowPacket.Field field) {
        return field.length() > MAX_DIGITS
                ? null
                : new String(field.bytes(), field.start(), field.length(), StandardCharsets.US_ASCII);
    }

    private static @Nullable Object text(RowPacket.Field field) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(field.bytes(), field.start(), field.length()))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static Object bytes(RowPacket.Field field) {
        int end = field.start() + field.length();
        return ByteBuffer.wrap(Arrays.copyOfRange(field.bytes(), field.start(), end))
                .asReadOnlyBuffer();
    }

    private static int part(RowPacket.Field field, int at, int length) {
        return (int) RowPacket.littleEndian(field.bytes(), field.start() + at, length);
    }

    private static @Nullable LocalDate date(RowPacket.Field field) {
        try {
            return LocalDate.of(part(field, 0, 2), part(field, 2, 1), part(field, 3, 1));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Without what is zero at the end: the time of midnight, or a fraction of a second. */
    private static @Nullable Object timestamp(RowPacket.Field field) {
        int length = field.length();
        LocalDate date = length == 4 || length == 7 || length == 11 ? date(field) : null;
        LocalTime time = date == null ? null : clock(field, 4, length - 4);
        return date == null || time == null ? null : LocalDateTime.of(date, time);
    }

    /** A sign and days come first, which a time of day has not. */
    private static @Nullable Object time(RowPacket.Field field) {
        int length = field.length();
        if (length == 0) {
            return LocalTime.MIDNIGHT;
        }
        boolean ofDay = (length == 8 || length == 12) && part(field, 0, 1) == 0 && part(field, 1, 4) == 0;
        return ofDay ? clock(field, 5, length - 5) : null;
    }

    private static @Nullable LocalTime clock(RowPacket.Field field, int at, int length) {
        if (length == 0) {
            return LocalTime.MIDNIGHT;
        }
        try {
            int micros = length > 3 ? part(field, at + 3, 4) : 0;
            return LocalTime.of(
                    part(field, at, 1),
                    part(field, at + 1, 1),
                    part(field, at + 2, 1),
                    Math.multiplyExact(micros, 1000));
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }
}
