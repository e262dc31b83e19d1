package dev.staleless.core.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32C;

/** Writes one value of the format. Lengths and counts are unsigned LEB128, other numbers too, signed ones in zigzag. */
final class BinaryWriter {

    static final int VERSION = 3;

    private final Map<String, Integer> names = new HashMap<>();
    private byte[] bytes = new byte[256];
    private int size;

    BinaryWriter(char type) {
        octet(type);
        octet(VERSION);
    }

    void octet(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    void unsigned(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            octet((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        octet((int) rest);
    }

    void signed(long value) {
        unsigned((value << 1) ^ (value >> 63));
    }

    void fixed64(long value) {
        ensure(Long.BYTES);
        ByteBuffer.wrap(bytes, size, Long.BYTES).putLong(value);
        size += Long.BYTES;
    }

    void uuid(UUID value) {
        fixed64(value.getMostSignificantBits());
        fixed64(value.getLeastSignificantBits());
    }

    void blob(byte[] value) {
        unsigned(value.length);
        raw(value);
    }

    /** UTF-8, or UTF-16 where an unpaired surrogate has no UTF-8: the lowest bit of the length says which. */
    void text(String value) {
        boolean wellFormed = isWellFormed(value);
        byte[] encoded = wellFormed ? value.getBytes(StandardCharsets.UTF_8) : utf16(value);
        unsigned(((long) encoded.length << 1) | (wellFormed ? 0 : 1));
        raw(encoded);
    }

    /** A text that is likely to come again in this value: from then on its number. */
    void name(String value) {
        Integer number = names.putIfAbsent(value, names.size() + 1);
        unsigned(number == null ? 0 : number);
        if (number == null) {
            text(value);
        }
    }

    /** Ends the value and returns all of it. */
    byte[] seal() {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, size);
        byte[] sealed = Arrays.copyOf(bytes, size + Integer.BYTES);
        ByteBuffer.wrap(sealed, size, Integer.BYTES).putInt((int) checksum.getValue());
        return sealed;
    }

    private void raw(byte[] value) {
        ensure(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), 2 * bytes.length));
        }
    }

    private static byte[] utf16(String value) {
        ByteBuffer buffer = ByteBuffer.allocate(Character.BYTES * value.length());
        buffer.asCharBuffer().put(value);
        return buffer.array();
    }

    static boolean isWellFormed(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (!Character.isSurrogate(value.charAt(i))) {
                continue;
            }
            if (!Character.isSurrogatePair(value.charAt(i), i + 1 < value.length() ? value.charAt(i + 1) : 0)) {
                return false;
            }
            i++;
        }
        return true;
    }
}
