package dev.staleless.core.codec;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads one value that a {@link BinaryWriter} wrote. Every length is checked before anything is allocated for it. */
final class BinaryReader {

    private static final int HEADER = 2;

    private final byte[] bytes;
    private final int end;
    private final List<String> names = new ArrayList<>();
    private int position = HEADER;

    private BinaryReader(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    /** Decodes a value of a type; null if it is malformed in any way, or absent. */
    static <T> @Nullable T decode(byte @Nullable [] bytes, char type, Function<BinaryReader, T> body) {
        return decodePrefix(bytes, type, reader -> {
            T value = body.apply(reader);
            if (reader.position != reader.end) {
                throw new MalformedException("bytes left over");
            }
            return value;
        });
    }

    /** Decodes the beginning of a value of a type; null if type, version or checksum is wrong, or that beginning. */
    static <T> @Nullable T decodePrefix(byte @Nullable [] bytes, char type, Function<BinaryReader, T> body) {
        if (bytes == null || !isIntact(bytes, type)) {
            return null;
        }
        try {
            return body.apply(new BinaryReader(bytes, bytes.length - Integer.BYTES));
        } catch (RuntimeException malformed) {
            // Whatever a constructor refuses (a date out of range, a null) was not written by us: malformed, not a
            // fault.
            return null;
        }
    }

    /** Decodes from bytes that may end anywhere, without a checksum; null if type or version is wrong, or too little is there. */
    static <T> @Nullable T peek(byte[] bytes, char type, Function<BinaryReader, T> body) {
        if (bytes.length < HEADER || bytes[0] != (byte) type || bytes[1] != BinaryWriter.VERSION) {
            return null;
        }
        try {
            return body.apply(new BinaryReader(bytes, bytes.length));
        } catch (RuntimeException malformed) {
            return null;
        }
    }

    /** Whether a value of this type was written in a format before this one. */
    static boolean isOlder(byte[] bytes, char type) {
        return bytes.length >= HEADER && bytes[0] == (byte) type && bytes[1] < BinaryWriter.VERSION;
    }

    /** Whether type, version and checksum are right. */
    private static boolean isIntact(byte[] bytes, char type) {
        int end = bytes.length - Integer.BYTES;
        if (end < HEADER || bytes[0] != (byte) type || bytes[1] != BinaryWriter.VERSION) {
            return false;
        }
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, end);
        return (int) checksum.getValue()
                == ByteBuffer.wrap(bytes, end, Integer.BYTES).getInt();
    }

    int octet() {
        need(1);
        return bytes[position++] & 0xFF;
    }

    boolean flag() {
        return switch (octet()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw new MalformedException("flag");
        };
    }

    long unsigned() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int part = octet();
            value |= (part & 0x7FL) << shift;
            if ((part & 0x80) == 0) {
                return value;
            }
        }
        throw new MalformedException("number too long");
    }

    long signed() {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    /** A number of things that take at least one byte each. */
    int count() {
        return count(unsigned());
    }

    /** A number that was read, checked as {@link #count()} does. */
    int count(long value) {
        if (value < 0 || value > end - position) {
            throw new MalformedException("count");
        }
        return (int) value;
    }

    long fixed64() {
        need(Long.BYTES);
        long value = ByteBuffer.wrap(bytes, position, Long.BYTES).getLong();
        position += Long.BYTES;
        return value;
    }

    UUID uuid() {
        return new UUID(fixed64(), fixed64());
    }

    byte[] blob() {
        return raw(count());
    }

    String text() {
        long header = unsigned();
        if (header < 0 || (header >>> 1) > end - position) {
            throw new MalformedException("length of a text");
        }
        byte[] encoded = raw((int) (header >>> 1));
        return (header & 1) == 0 ? utf8(encoded) : utf16(encoded);
    }

    String name() {
        long number = unsigned();
        if (number == 0) {
            String name = text();
            names.add(name);
            return name;
        }
        if (number < 0 || number > names.size()) {
            throw new MalformedException("number of a name");
        }
        return names.get((int) number - 1);
    }

    private byte[] raw(int length) {
        need(length);
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    private void need(int length) {
        if (end - position < length) {
            throw new MalformedException("truncated");
        }
    }

    private static String utf8(byte[] encoded) {
        String text = new String(encoded, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0 && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), encoded)) {
            throw new MalformedException("UTF-8");
        }
        return text;
    }

    private static String utf16(byte[] encoded) {
        if (encoded.length % Character.BYTES != 0) {
            throw new MalformedException("UTF-16");
        }
        CharBuffer characters = ByteBuffer.wrap(encoded).asCharBuffer();
        return characters.toString();
    }
}
