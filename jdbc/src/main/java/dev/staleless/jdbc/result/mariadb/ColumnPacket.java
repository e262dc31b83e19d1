package dev.staleless.jdbc.result.mariadb;

import org.jspecify.annotations.Nullable;

/**
 * What the server says of a result's column, as far as it tells how its values are to be read: the end of the packet, whose parts
 * have fixed lengths.
 *
 * @param type the protocol's code
 */
record ColumnPacket(int collation, int type, boolean unsigned) {

    static final int TINY = 1;
    static final int SHORT = 2;
    static final int LONG = 3;
    static final int FLOAT = 4;
    static final int DOUBLE = 5;
    static final int NULL = 6;
    static final int TIMESTAMP = 7;
    static final int LONGLONG = 8;
    static final int INT24 = 9;
    static final int DATE = 10;
    static final int TIME = 11;
    static final int DATETIME = 12;
    static final int YEAR = 13;
    static final int VARCHAR = 15;
    static final int BIT = 16;
    static final int DECIMAL = 246;
    static final int TINY_BLOB = 249;
    static final int BLOB = 252;
    static final int VAR_STRING = 253;
    static final int STRING = 254;

    private static final int BYTES = 63;

    /** Of the parts of fixed length: collation, length, type, flags, digits, and two bytes of nothing. */
    private static final int END = 12;

    private static final int UNSIGNED = 32;

    /** Null if the packet does not end as such packets do. */
    static @Nullable ColumnPacket of(byte[] packet) {
        int start = packet.length - END;
        if (start < 1 || packet[start - 1] != END) {
            return null;
        }
        int collation = unsigned(packet, start, 2);
        int type = packet[start + 6] & 0xff;
        int flags = unsigned(packet, start + 7, 2);
        return new ColumnPacket(collation, type, (flags & UNSIGNED) != 0);
    }

    private static int unsigned(byte[] bytes, int at, int length) {
        return (int) RowPacket.littleEndian(bytes, at, length);
    }

    boolean isBytes() {
        return collation == BYTES;
    }

    /** The numbers of collations that are utf8mb4's, the character set in which any text comes as it is stored. */
    boolean isUtf8() {
        return collation == 45
                || collation == 46
                || collation >= 224 && collation <= 247
                || collation >= 255 && collation <= 309
                || collation >= 608 && collation <= 610
                || collation == 1069
                || collation == 1070
                || collation >= 1248 && collation <= 1271
                || collation >= 2304 && collation <= 2503;
    }
}
