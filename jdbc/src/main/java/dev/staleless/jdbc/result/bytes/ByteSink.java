package dev.staleless.jdbc.result.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects bytes up to a limit; what is written past it is dropped, and the sink is full. */
public final class ByteSink {
    /** Longer ones have no length that fits into 31 bits. */
    private static final int MAX_TEXT = 1 << 28;

    private final int limit;
    private byte[] bytes = new byte[256];
    private int size;
    private boolean full;

    public ByteSink(int limit) {
        this.limit = limit;
    }

    /** Whether the limit was passed. */
    public boolean isFull() {
        return full;
    }

    /** The bytes, or null if the limit was passed. */
    public byte @Nullable [] toBytes() {
        return full ? null : Arrays.copyOf(bytes, size);
    }

    public void writeByte(int value) {
        if (reserve(1)) {
            bytes[size++] = (byte) value;
        }
    }

    public void writeShort(int value) {
        writeByte(value >>> 8);
        writeByte(value);
    }

    public void writeInt(int value) {
        writeShort(value >>> 16);
        writeShort(value);
    }

    public void writeLong(long value) {
        writeInt((int) (value >>> 32));
        writeInt((int) value);
    }

    /** Seven bits a byte, low ones first; the highest bit says that more follow. */
    public void writeVarint(int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            writeByte(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        writeByte(rest);
    }

    /** A length, and the bytes; nothing but a zero for null. */
    public void writeValue(byte @Nullable [] value) {
        if (value == null) {
            writeByte(0);
            return;
        }
        writeVarint(value.length + 1);
        writeBytes(value);
    }

    /** UTF-8, or UTF-16 where an unpaired surrogate has no UTF-8: the lowest bit of the length says which. */
    public void writeText(@Nullable String value) {
        if (value == null) {
            writeByte(0);
            return;
        }
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        boolean faithful = new String(encoded, StandardCharsets.UTF_8).equals(value);
        if (!faithful) {
            encoded = utf16(value);
        }
        if (encoded.length > MAX_TEXT) {
            full = true;
            return;
        }
        writeVarint((encoded.length << 1 | (faithful ? 0 : 1)) + 1);
        writeBytes(encoded);
    }

    private static byte[] utf16(String value) {
        ByteBuffer buffer = ByteBuffer.allocate(Character.BYTES * value.length());
        buffer.asCharBuffer().put(value);
        return buffer.array();
    }

    /** The bytes alone. */
    public void writeBytes(byte[] value) {
        if (reserve(value.length)) {
            System.arraycopy(value, 0, bytes, size, value.length);
            size += value.length;
        }
    }

    private boolean reserve(int count) {
        if (full || count > limit - size) {
            full = true;
            return false;
        }
        if (count > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(size + count, Math.min(limit, bytes.length * 2)));
        }
        return true;
    }
}
