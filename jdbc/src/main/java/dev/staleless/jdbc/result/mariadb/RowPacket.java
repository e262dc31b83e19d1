package dev.staleless.jdbc.result.mariadb;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the fields of a row in its packet, in text or in binary form. */
record RowPacket(byte[] bytes, boolean binary, List<ColumnPacket> columns) {

    private static final int TEXT_NULL = 0xfb;

    /** Bits at the start of a binary row's bitmap that stand for no column. */
    private static final int RESERVED_BITS = 2;

    private static final Field NULL = new Field(new byte[0], 0, -1);

    /**
     * The bytes of a value.
     *
     * @param length -1 for NULL
     */
    record Field(byte[] bytes, int start, int length) {}

    /** Null if the packet is no row of these columns. */
    @Nullable
    Field field(int column) {
        if (binary && isNull(column)) {
            return NULL;
        }
        int at = binary ? 1 + (columns.size() + 7 + RESERVED_BITS) / 8 : 0;
        for (int i = 0; i < column && at >= 0; i++) {
            at = binary && isNull(i) ? at : end(at, i);
        }
        if (at < 0 || at >= bytes.length) {
            return null;
        }
        if (!binary && (bytes[at] & 0xff) == TEXT_NULL) {
            return NULL;
        }
        int end = end(at, column);
        int start = at + prefix(at, column);
        return end < 0 || end > bytes.length ? null : new Field(bytes, start, end - start);
    }

    private boolean isNull(int column) {
        int bit = column + RESERVED_BITS;
        int at = 1 + bit / 8;
        return at < bytes.length && (bytes[at] >> (bit % 8) & 1) == 1;
    }

    /** Where the field that starts here ends; -1 if that is outside of the packet. */
    private int end(int at, int column) {
        if (at >= bytes.length) {
            return -1;
        }
        int fixed = fixedLength(column);
        if (fixed >= 0) {
            return inside(at + (long) fixed);
        }
        int prefix = prefix(at, column);
        if (at + prefix > bytes.length) {
            return -1;
        }
        long length = prefix == 1 ? bytes[at] & 0xff : littleEndian(bytes, at + 1, prefix - 1);
        boolean nothing = !binary && prefix == 1 && length == TEXT_NULL;
        return nothing ? at + 1 : length < 0 ? -1 : inside(at + prefix + length);
    }

    private int inside(long end) {
        return end <= bytes.length ? (int) end : -1;
    }

    /** How many bytes say how long the field is. */
    private int prefix(int at, int column) {
        if (fixedLength(column) >= 0) {
            return 0;
        }
        return switch (bytes[at] & 0xff) {
            case 0xfc -> 3;
            case 0xfd -> 4;
            case 0xfe -> 9;
            default -> 1;
        };
    }

    private int fixedLength(int column) {
        if (!binary) {
            return -1;
        }
        return switch (columns.get(column).type()) {
            case ColumnPacket.TINY -> 1;
            case ColumnPacket.SHORT, ColumnPacket.YEAR -> 2;
            case ColumnPacket.LONG, ColumnPacket.INT24, ColumnPacket.FLOAT -> 4;
            case ColumnPacket.LONGLONG, ColumnPacket.DOUBLE -> 8;
            case ColumnPacket.NULL -> 0;
            default -> -1;
        };
    }

    static long littleEndian(byte[] bytes, int at, int length) {
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | bytes[at + i] & 0xff;
        }
        return value;
    }
}
