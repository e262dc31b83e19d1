package dev.staleless.jdbc.result.pgjdbc;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ByteSink} wrote. Past the end, or where the bytes make no sense, it yields zeros and is not sound. */
final class ByteSource {
    private final byte[] bytes;
    private int position;
    private boolean sound = true;

    ByteSource(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean isSound() {
        return sound;
    }

    boolean isAtEnd() {
        return position == bytes.length;
    }

    int readByte() {
        if (position >= bytes.length) {
            sound = false;
            return 0;
        }
        return bytes[position++] & 0xff;
    }

    int readShort() {
        return readByte() << 8 | readByte();
    }

    int readInt() {
        return readShort() << 16 | readShort();
    }

    int readVarint() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = readByte();
            value |= (next & 0x7f) << shift;
            if (next < 0x80) {
                sound &= value >= 0;
                return sound ? value : 0;
            }
        }
        sound = false;
        return 0;
    }

    byte @Nullable [] readValue() {
        int length = readVarint() - 1;
        if (length < 0) {
            return null;
        }
        if (length > bytes.length - position) {
            sound = false;
            return null;
        }
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }
}
