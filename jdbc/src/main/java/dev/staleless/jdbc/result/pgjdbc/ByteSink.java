package dev.staleless.jdbc.result.pgjdbc;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects bytes up to a limit; what is written past it is dropped, and the sink is full. */
final class ByteSink {
    private final int limit;
    private byte[] bytes = new byte[256];
    private int size;
    private boolean full;

    ByteSink(int limit) {
        this.limit = limit;
    }

    boolean isFull() {
        return full;
    }

    /** The bytes, or null if the limit was passed. */
    byte @Nullable [] toBytes() {
        return full ? null : Arrays.copyOf(bytes, size);
    }

    void writeByte(int value) {
        if (reserve(1)) {
            bytes[size++] = (byte) value;
        }
    }

    void writeShort(int value) {
        writeByte(value >>> 8);
        writeByte(value);
    }

    void writeInt(int value) {
        writeShort(value >>> 16);
        writeShort(value);
    }

    /** Seven bits a byte, low ones first; the highest bit says that more follow. */
    void writeVarint(int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            writeByte(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        writeByte(rest);
    }

    void writeValue(byte @Nullable [] value) {
        if (value == null) {
            writeByte(0);
            return;
        }
        writeVarint(value.length + 1);
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
