package dev.staleless.jdbc.result.mariadb;

import dev.staleless.jdbc.policy.Limits;
import dev.staleless.jdbc.result.bytes.ByteSink;
import dev.staleless.jdbc.result.bytes.ByteSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a captured result.
 *
 * <pre>
 * result = version:1 binary:1 columns:varint column* rows:varint row*
 * column = packet:bytes                            as the server describes it
 * row    = packet:bytes                            as the server sends it
 * bytes  = (length + 1):varint byte*
 * </pre>
 *
 * Bytes that are not of this format, shorter or longer, decode to null.
 */
final class ResultCodec {
    /** Part of the key: results of another version are not found. */
    static final byte VERSION = 1;

    /** Longer packets are sent in several parts. */
    private static final int LARGEST_PACKET = (1 << 24) - 2;

    private static final int LARGEST_ROW_COUNT = 1 << 24;

    private ResultCodec() {}

    /**
     * A captured result.
     *
     * @param binary whether values are in binary form
     */
    record Captured(boolean binary, List<byte[]> columns, List<byte[]> rows) {}

    /** Encodes a result, or returns null if it is larger than the limits. */
    static byte @Nullable [] encode(boolean binary, byte[][] columns, byte[][] rows, int rowCount, Limits limits) {
        if (rowCount > limits.rows()) {
            return null;
        }
        ByteSink sink = new ByteSink(limits.bytes());
        sink.writeByte(VERSION);
        sink.writeByte(binary ? 1 : 0);
        sink.writeVarint(columns.length);
        Arrays.stream(columns).forEach(sink::writeValue);
        sink.writeVarint(rowCount);
        for (int i = 0; i < rowCount && !sink.isFull(); i++) {
            if (rows[i].length > LARGEST_PACKET) {
                return null;
            }
            sink.writeValue(rows[i]);
        }
        return sink.toBytes();
    }

    static @Nullable Captured decode(byte[] bytes) {
        ByteSource source = new ByteSource(bytes);
        int version = source.readByte();
        int binary = source.readByte();
        if (version != VERSION || binary > 1) {
            return null;
        }
        List<byte[]> columns = packets(source);
        List<byte[]> rows = packets(source);
        return columns != null && rows != null && source.isAtEnd() ? new Captured(binary == 1, columns, rows) : null;
    }

    private static @Nullable List<byte[]> packets(ByteSource source) {
        int count = source.readVarint();
        if (!source.isSound() || count > LARGEST_ROW_COUNT) {
            return null;
        }
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] packet = source.readValue();
            if (packet == null || packet.length == 0 || packet.length > LARGEST_PACKET || !source.isSound()) {
                return null;
            }
            packets.add(packet);
        }
        return packets;
    }
}
