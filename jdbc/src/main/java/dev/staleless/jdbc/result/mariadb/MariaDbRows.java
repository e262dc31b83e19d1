package dev.staleless.jdbc.result.mariadb;

import dev.staleless.core.query.CachedRows;
import dev.staleless.core.value.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of a captured result, decoded when they are asked for. */
record MariaDbRows(boolean binary, List<ColumnPacket> description, List<byte[]> rows) implements CachedRows {

    /** Null if the bytes are not those of a captured result. */
    static @Nullable CachedRows of(byte[] bytes) {
        ResultCodec.Captured captured = ResultCodec.decode(bytes);
        if (captured == null) {
            return null;
        }
        List<ColumnPacket> columns = new ArrayList<>();
        for (byte[] packet : captured.columns()) {
            ColumnPacket column = ColumnPacket.of(packet);
            if (column == null) {
                return null;
            }
            columns.add(column);
        }
        return new MariaDbRows(captured.binary(), columns, captured.rows());
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public int columns() {
        return description.size();
    }

    @Override
    public @Nullable Object value(int row, int column) {
        RowPacket packet = new RowPacket(rows.get(row), binary, description);
        RowPacket.Field field = packet.field(column);
        if (field == null) {
            return Parameters.OPAQUE;
        } else if (field.length() < 0) {
            return null;
        }
        ColumnPacket of = description.get(column);
        Object value = binary ? KnownValue.ofBinary(of, field) : KnownValue.ofText(of, field);
        return value == null ? Parameters.OPAQUE : value;
    }
}
