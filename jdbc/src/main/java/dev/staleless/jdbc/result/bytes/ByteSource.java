package dev.staleless.jdbc.result.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ByteSink} wrote. Past the end, or where the bytes make no sense, it yields zeros and is not sound. */
public final class ByteSource {
    private final byte[] bytes;
    private int position;
    private boolean sound = true;

    public ByteSource(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Whether everything read so far was there and made sense. */
    public boolean isSound() {
        return sound;
    }

    /** Whether nothing is left. */
    public boolean isAtEnd() {
        return position == bytes.length;
    }

    /** How many bytes are left. */
    public int left() {
        return bytes.length - position;
    }

    /** How many bytes were read. */
    public int position() {
        return position;
    }

    /** Reads past so many bytes. */
    public void skip(int count) {
        if (count > bytes.length - position) {
            sound = false;
        } else {
            position += count;
        }
    }

    /** Reads past what {@link ByteSink#writeValue} wrote. */
    public void skipValue() {
        skip(Math.max(0, readVarint() - 1));
    }

    public int readByte() {
        if (position >= bytes.length) {
            sound = false;
            return 0;
        }
        return bytes[position++] & 0xff;
    }

    public int readShort() {
        return readByte() << 8 | readByte();
    }

    public int readInt() {
        return readShort() << 16 | readShort();
    }

    public long readLong() {
        return (long) readInt() << 32 | readInt() & 0xffff_ffffL;
    }

    /** As {@link ByteSink#writeVarint} wrote it; never negative. */
    public int readVarint() {
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

    /** As {@link ByteSink#writeText} wrote it. */
    public @Nullable String readText() {
        int tagged = readVarint() - 1;
        if (tagged < 0) {
            return null;
        }
        byte[] encoded = readBytes(tagged >>> 1);
        boolean utf16 = (tagged & 1) == 1;
        return new String(encoded, utf16 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8);
    }

    /** As {@link ByteSink#writeValue} wrote it. */
    public byte @Nullable [] readValue() {
        int length = readVarint() - 1;
        if (length < 0) {
            return null;
        }
        return readBytes(length);
    }

    private byte[] readBytes(int length) {
        if (length > bytes.length - position) {
            sound = false;
            return new byte[0];
        }
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }
}
