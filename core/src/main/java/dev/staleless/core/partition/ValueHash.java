package dev.staleless.core.partition;

import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Values;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The hash of a column's value that names its partition: 64 bit FNV-1a over the bytes below, the same on every JVM and in
 * every version, since nodes of two versions share one changelog.
 *
 * <pre>
 * one byte for the kind of the column, then (numbers big-endian)
 * 1 boolean       one byte, 0 or 1
 * 2 integer       8 bytes
 * 3 decimal       without trailing zeros: scale in 4 bytes, unscaled value in two's complement, shortest
 * 4 text          UTF-8
 * 5 fixed text    UTF-8 without trailing spaces
 * 6 bytes         as they are
 * 7 date          day since 1970 in 8 bytes
 * 8 time          nanosecond of the day in 8 bytes
 * 9 timestamp     day since 1970 in 8 bytes, nanosecond of the day in 8 bytes
 * 10 with zone    second since 1970 in 8 bytes, nanosecond in 4 bytes
 * 11 uuid         16 bytes
 * 12 folded text  ASCII in lower case
 * </pre>
 */
final class ValueHash {

    private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private long hash = OFFSET_BASIS;

    private ValueHash() {}

    /**
     * The hash of a value that is not NULL.
     *
     * @return empty if the value has no canonical form in this type
     */
    static OptionalLong of(ColumnType type, Object value) {
        Object canonical = Values.canonical(type, value);
        if (canonical == null) {
            return OptionalLong.empty();
        }
        ValueHash hash = new ValueHash();
        hash.add(type.kind(), canonical);
        return OptionalLong.of(hash.hash);
    }

    private void add(ColumnType.Kind kind, Object value) {
        switch (kind) {
            case BOOLEAN -> tag(1).add((byte) ((Boolean) value ? 1 : 0));
            case INTEGER -> tag(2).add((Long) value);
            case DECIMAL -> {
                BigDecimal number = (BigDecimal) value;
                tag(3).add(number.scale()).add(number.unscaledValue().toByteArray());
            }
            case TEXT -> tag(4).add(((String) value).getBytes(StandardCharsets.UTF_8));
            case FIXED_TEXT -> tag(5).add(((String) value).getBytes(StandardCharsets.UTF_8));
            case BYTES -> {
                ByteBuffer bytes = ((ByteBuffer) value).duplicate();
                byte[] copy = new byte[bytes.remaining()];
                bytes.get(copy);
                tag(6).add(copy);
            }
            case DATE -> tag(7).add(((LocalDate) value).toEpochDay());
            case TIME -> tag(8).add(((LocalTime) value).toNanoOfDay());
            case TIMESTAMP -> {
                LocalDateTime time = (LocalDateTime) value;
                tag(9).add(time.toLocalDate().toEpochDay())
                        .add(time.toLocalTime().toNanoOfDay());
            }
            case TIMESTAMP_TZ -> {
                Instant instant = (Instant) value;
                tag(10).add(instant.getEpochSecond()).add(instant.getNano());
            }
            case UUID -> {
                UUID uuid = (UUID) value;
                tag(11).add(uuid.getMostSignificantBits()).add(uuid.getLeastSignificantBits());
            }
            case FOLDED_TEXT -> tag(12).add(((String) value).getBytes(StandardCharsets.UTF_8));
            case FLOAT, OTHER -> throw new IllegalArgumentException("No canonical form: " + kind);
        }
    }

    private ValueHash tag(int kind) {
        return add((byte) kind);
    }

    private ValueHash add(byte value) {
        hash = (hash ^ (value & 0xff)) * PRIME;
        return this;
    }

    private ValueHash add(int value) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            add((byte) (value >>> shift));
        }
        return this;
    }

    private ValueHash add(long value) {
        return add((int) (value >>> 32)).add((int) value);
    }

    private ValueHash add(byte[] bytes) {
        for (byte value : bytes) {
            add(value);
        }
        return this;
    }
}
