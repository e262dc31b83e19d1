package dev.staleless.jdbc.result.h2;

import dev.staleless.jdbc.result.bytes.ByteSink;
import dev.staleless.jdbc.result.bytes.ByteSource;
import java.util.ArrayList;
import java.util.List;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a captured result.
 *
 * <pre>
 * result = version:1 columns:varint column* rows:varint value*
 * column = alias:text schema:text table:text column:text identity:1 nullable:1 type
 * value  = code:1 content            as {@link ValueCodec} has it; row by row
 * </pre>
 *
 * Numbers are big-endian. Bytes that are not of this format, shorter or longer, decode to null. The codes of types are those of
 * the driver's version, which is part of the {@linkplain H2Profile#format() format's name}.
 */
final class ResultCodec {
    /** Part of the key: results of another version are not found. */
    static final byte VERSION = 1;

    private ResultCodec() {}

    /** Writes a result row by row, up to a limit. */
    static final class Encoder {
        private final ByteSink columns;
        private final ByteSink values;
        private final List<ColumnDescription> descriptions;
        private int rows;
        private boolean writable = true;

        Encoder(List<ColumnDescription> descriptions, int limit) {
            this.descriptions = descriptions;
            columns = new ByteSink(limit);
            values = new ByteSink(limit);
            columns.writeByte(VERSION);
            columns.writeVarint(descriptions.size());
            for (ColumnDescription column : descriptions) {
                columns.writeText(column.alias());
                columns.writeText(column.schema());
                columns.writeText(column.table());
                columns.writeText(column.column());
                columns.writeByte(column.identity() ? 1 : 0);
                columns.writeByte(column.nullable());
                writable &= TypeCodec.encode(columns, column.type()) && ValueCodec.isWritable(column.type());
            }
        }

        void add(Value[] row) {
            for (int i = 0; i < descriptions.size() && writable && !isFull(); i++) {
                writable = ValueCodec.encode(values, row[i], descriptions.get(i).type(), 0);
            }
            rows++;
        }

        boolean isFull() {
            return values.isFull() || columns.isFull();
        }

        /** Whether all that was added has bytes. */
        boolean isWritable() {
            return writable;
        }

        /** The bytes; null if they are more than the limit. */
        byte @Nullable [] toBytes() {
            byte[] content = values.toBytes();
            if (content == null) {
                return null;
            }
            columns.writeVarint(rows);
            columns.writeBytes(content);
            return columns.toBytes();
        }
    }

    static @Nullable CapturedResult decode(byte[] bytes) {
        ByteSource source = new ByteSource(bytes);
        if (source.readByte() != VERSION) {
            return null;
        }
        try {
            return decode(source);
        } catch (RuntimeException e) {
            // The driver's refusal of what cannot be a value.
            return null;
        }
    }

    private static @Nullable CapturedResult decode(ByteSource source) {
        int columnCount = source.readVarint();
        List<ColumnDescription> columns = new ArrayList<>();
        for (int i = 0; i < columnCount; i++) {
            ColumnDescription column = column(source);
            if (column == null) {
                return null;
            }
            columns.add(column);
        }
        int rowCount = source.readVarint();
        // Each value takes a byte or more; a result without columns has no rows.
        if (!source.isSound() || rowCount > 0 && (columnCount == 0 || rowCount > source.left() / columnCount)) {
            return null;
        }
        List<Value[]> rows = new ArrayList<>(rowCount);
        for (int i = 0; i < rowCount; i++) {
            Value[] row = row(source, columns);
            if (row == null) {
                return null;
            }
            rows.add(row);
        }
        return source.isSound() && source.isAtEnd() ? new CapturedResult(columns, rows) : null;
    }

    private static @Nullable ColumnDescription column(ByteSource source) {
        String alias = source.readText();
        String schema = source.readText();
        String table = source.readText();
        String name = source.readText();
        boolean identity = source.readByte() == 1;
        int nullable = source.readByte();
        TypeInfo type = TypeCodec.decode(source, 0);
        return alias == null || type == null || !source.isSound()
                ? null
                : new ColumnDescription(alias, schema, table, name, type, identity, nullable);
    }

    private static Value @Nullable [] row(ByteSource source, List<ColumnDescription> columns) {
        Value[] row = new Value[columns.size()];
        for (int i = 0; i < row.length; i++) {
            Value value = ValueCodec.decode(source, columns.get(i).type(), 0);
            if (value == null || !source.isSound()) {
                return null;
            }
            row[i] = value;
        }
        return row;
    }
}
