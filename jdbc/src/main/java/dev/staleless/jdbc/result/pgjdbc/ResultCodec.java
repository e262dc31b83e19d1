package dev.staleless.jdbc.result.pgjdbc;

import dev.staleless.jdbc.policy.Limits;
import dev.staleless.jdbc.result.bytes.ByteSink;
import dev.staleless.jdbc.result.bytes.ByteSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Field;
import org.postgresql.core.Tuple;

/**
 * The bytes of a captured result.
 *
 * <pre>
 * result = version:1 columns:varint column* rows:varint value*
 * column = label:bytes oid:4 length:2 modifier:4 tableOid:4 position:2 format:1
 * value  = 0 | (length + 1):varint byte*           0 is NULL; row by row
 * </pre>
 *
 * Numbers are big-endian. Bytes that are not of this format, shorter or longer, decode to null.
 */
final class ResultCodec {
    /** Part of the key: results of another version are not found. */
    static final byte VERSION = 1;

    private static final int LARGEST_ROW_COUNT = 1 << 24;

    /** Of a column's description, after its label. */
    private static final int DESCRIPTION_BYTES = 17;

    private static final KnownColumns KNOWN_COLUMNS = new KnownColumns();

    private ResultCodec() {}

    /** Encodes a result, or returns null if it is larger than the limits. */
    static byte @Nullable [] encode(Field[] fields, List<Tuple> rows, Limits limits) {
        if (rows.size() > limits.rows()) {
            return null;
        }
        ByteSink sink = new ByteSink(limits.bytes());
        sink.writeByte(VERSION);
        sink.writeVarint(fields.length);
        for (Field field : fields) {
            encodeColumn(sink, ColumnDescription.of(field));
        }
        sink.writeVarint(rows.size());
        for (Tuple row : rows) {
            for (int i = 0; i < fields.length && !sink.isFull(); i++) {
                sink.writeValue(row.get(i));
            }
        }
        return sink.toBytes();
    }

    private static void encodeColumn(ByteSink sink, ColumnDescription column) {
        sink.writeValue(column.label().getBytes(StandardCharsets.UTF_8));
        sink.writeInt(column.oid());
        sink.writeShort(column.length());
        sink.writeInt(column.modifier());
        sink.writeInt(column.tableOid());
        sink.writeShort(column.position());
        sink.writeByte(column.format());
    }

    static @Nullable CapturedResult decode(byte[] bytes) {
        ByteSource source = new ByteSource(bytes);
        if (source.readByte() != VERSION) {
            return null;
        }
        int columnCount = source.readVarint();
        int start = source.position();
        for (int i = 0; i < columnCount && source.isSound(); i++) {
            source.skipValue();
            source.skip(DESCRIPTION_BYTES);
        }
        List<ColumnDescription> columns =
                source.isSound() ? KNOWN_COLUMNS.of(bytes, start, source.position()) : List.of();
        int rowCount = source.readVarint();
        if (!source.isSound() || rowCount > LARGEST_ROW_COUNT) {
            return null;
        }
        List<Tuple> rows = new ArrayList<>(Math.min(rowCount, bytes.length));
        for (int i = 0; i < rowCount && source.isSound(); i++) {
            byte[] @Nullable [] values = new byte[columnCount][];
            for (int column = 0; column < columnCount; column++) {
                values[column] = source.readValue();
            }
            rows.add(new Tuple(values));
        }
        return source.isSound() && source.isAtEnd() ? new CapturedResult(columns, rows) : null;
    }

    /** Decodes descriptions of columns to the end of the bytes. */
    static List<ColumnDescription> decodeColumns(byte[] bytes) {
        ByteSource source = new ByteSource(bytes);
        List<ColumnDescription> columns = new ArrayList<>();
        while (!source.isAtEnd() && source.isSound()) {
            columns.add(decodeColumn(source));
        }
        return List.copyOf(columns);
    }

    private static ColumnDescription decodeColumn(ByteSource source) {
        byte[] label = source.readValue();
        return new ColumnDescription(
                new String(label == null ? new byte[0] : label, StandardCharsets.UTF_8),
                source.readInt(),
                (short) source.readShort(),
                source.readInt(),
                source.readInt(),
                (short) source.readShort(),
                source.readByte());
    }
}
