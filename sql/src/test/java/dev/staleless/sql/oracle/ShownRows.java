package dev.staleless.sql.oracle;

import dev.staleless.core.query.CachedRows;
import dev.staleless.core.value.Parameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as a driver returned them. */
record ShownRows(int columns, List<@Nullable Object[]> values) implements CachedRows {

    static @Nullable Object known(@Nullable Object value) {
        if (value instanceof Integer number) {
            return number.longValue();
        } else if (value instanceof java.sql.Date date) {
            return date.toLocalDate();
        }
        boolean plain = value == null || value instanceof Long || value instanceof String || value instanceof Boolean;
        return plain ? value : Parameters.OPAQUE;
    }

    @Override
    public int size() {
        return values.size();
    }

    @Override
    public @Nullable Object value(int row, int column) {
        return values.get(row)[column];
    }
}
