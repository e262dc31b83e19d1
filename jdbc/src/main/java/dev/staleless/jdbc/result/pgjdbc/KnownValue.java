package dev.staleless.jdbc.result.pgjdbc;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;
import org.postgresql.util.ByteConverter;

/**
 * The value that PostgreSQL sent, in canonical form, for the types whose values have one; null for others. Text is taken for
 * what it is only in the notation that can be misread by nobody: a date of another DateStyle, whose day and month could be
 * exchanged, is not known. The driver talks UTF-8 to the server, always.
 */
final class KnownValue {

    private static final int MAX_DIGITS = 100;
    private static final long MICROS = 1_000_000;
    private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);

    /** Microseconds and days farther than this from the year 2000 are infinite, or nobody's. */
    private static final long MAX_DAYS = 3_000_000;

    private KnownValue() {}

    static @Nullable Object ofText(int oid, byte[] bytes) {
        return switch (oid) {
            case Oid.BOOL -> bytes.length == 1 ? truth(bytes[0]) : null;
            case Oid.INT2, Oid.INT4, Oid.INT8 -> integer(bytes);
            case Oid.NUMERIC -> decimal(bytes);
            case Oid.TEXT, Oid.VARCHAR, Oid.UUID -> text(bytes);
            case Oid.BPCHAR -> padded(bytes);
            // strings in the notation of ISO 8601, or of no use
            case Oid.DATE, Oid.TIME, Oid.TIMESTAMP, Oid.TIMESTAMPTZ -> text(bytes);
            default -> null;
        };
    }

    static @Nullable Object ofBinary(int oid, byte[] bytes) {
        return switch (oid) {
            case Oid.BOOL -> bytes.length == 1 ? (Object) (bytes[0] != 0) : null;
            case Oid.INT2 -> bytes.length == 2 ? (Object) (long) ByteConverter.int2(bytes, 0) : null;
            case Oid.INT4 -> bytes.length == 4 ? (Object) (long) ByteConverter.int4(bytes, 0) : null;
            case Oid.INT8 -> bytes.length == 8 ? (Object) ByteConverter.int8(bytes, 0) : null;
            case Oid.NUMERIC -> ByteConverter.numeric(bytes) instanceof BigDecimal number ? number : null;
            case Oid.TEXT, Oid.VARCHAR -> text(bytes);
            case Oid.BPCHAR -> padded(bytes);
            case Oid.BYTEA -> ByteBuffer.wrap(bytes).asReadOnlyBuffer();
            case Oid.UUID ->
                bytes.length == 16 ? new UUID(ByteConverter.int8(bytes, 0), ByteConverter.int8(bytes, 8)) : null;
            case Oid.DATE -> bytes.length == 4 ? date(ByteConverter.int4(bytes, 0)) : null;
            case Oid.TIME -> bytes.length == 8 ? time(ByteConverter.int8(bytes, 0)) : null;
            case Oid.TIMESTAMP -> bytes.length == 8 ? timestamp(ByteConverter.int8(bytes, 0)) : null;
            case Oid.TIMESTAMPTZ -> bytes.length == 8 ? instant(ByteConverter.int8(bytes, 0)) : null;
            default -> null;
        };
    }

    private static @Nullable Object truth(byte letter) {
        return letter == 't' ? (Object) true : letter == 'f' ? false : null;
    }

    private static @Nullable Object integer(byte[] bytes) {
        boolean negative = bytes.length > 0 && bytes[0] == '-';
        int start = negative ? 1 : 0;
        if (bytes.length == start || bytes.length > start + 18) {
            return null;
        }
        long value = 0;
        for (int i = start; i < bytes.length; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return null;
            }
            value = value * 10 + bytes[i] - '0';
        }
        return negative ? -value : value;
    }

    /** Digits with or without a point: not NaN, not infinity. */
    private static @Nullable Object decimal(byte[] bytes) {
        if (bytes.length == 0 || bytes.length > MAX_DIGITS) {
            return null;
        }
        for (byte letter : bytes) {
            if ((letter < '0' || letter > '9') && letter != '.' && letter != '-') {
                return null;
            }
        }
        try {
            return new BigDecimal(new String(bytes, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Object text(byte[] bytes) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return text.toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** CHAR(n) without the spaces that fill it up. */
    private static @Nullable Object padded(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == ' ') {
            end--;
        }
        return text(Arrays.copyOf(bytes, end));
    }

    private static @Nullable Object date(int days) {
        return Math.abs((long) days) < MAX_DAYS ? EPOCH.plusDays(days) : null;
    }

    private static @Nullable Object time(long micros) {
        try {
            return LocalTime.ofNanoOfDay(Math.multiplyExact(micros, 1000L));
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private static @Nullable Object timestamp(long micros) {
        long days = Math.floorDiv(micros, 86_400 * MICROS);
        return Math.abs(days) < MAX_DAYS
                ? LocalDateTime.of(
                        EPOCH.plusDays(days), LocalTime.ofNanoOfDay(Math.floorMod(micros, 86_400 * MICROS) * 1000))
                : null;
    }

    private static @Nullable Object instant(long micros) {
        return timestamp(micros) instanceof LocalDateTime time ? (Object) time.toInstant(ZoneOffset.UTC) : null;
    }
}
