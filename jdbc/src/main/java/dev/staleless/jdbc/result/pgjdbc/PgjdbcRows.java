package dev.staleless.jdbc.result.pgjdbc;

import dev.staleless.core.query.CachedRows;
import dev.staleless.core.value.Parameters;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Tuple;

/** The values of a captured result, decoded when they are asked for. */
record PgjdbcRows(List<ColumnDescription> description, List<Tuple> rows) implements CachedRows {

    /** Null if the bytes are not those of a captured result. */
    static @Nullable CachedRows of(byte[] bytes) {
        CapturedResult result = ResultCodec.decode(bytes);
        return result == null ? null : new PgjdbcRows(result.columns(), result.rows());
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
        byte[] bytes = rows.get(row).get(column);
        ColumnDescription of = description.get(column);
        if (bytes == null) {
            return null;
        }
        Object value = of.format() == 0 ? KnownValue.ofText(of.oid(), bytes) : KnownValue.ofBinary(of.oid(), bytes);
        return value == null ? Parameters.OPAQUE : value;
    }
}
