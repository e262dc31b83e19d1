package dev.staleless.jdbc.result.pgjdbc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Field;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.Tuple;
import org.postgresql.jdbc.PgResultSet;

/**
 * Reads what the driver's result set holds: its columns' descriptions and the rows as the server sent them.
 *
 * <p>The driver tells these to its subclasses alone; a result read through its getters would have to be consumed, and the
 * application's own would have to be rebuilt from it. Fields that a driver version does not have make this class unavailable,
 * and nothing is cached then.
 */
final class DriverFields {
    private final VarHandle fields;
    private final VarHandle rows;
    private final VarHandle cursor;

    private DriverFields(VarHandle fields, VarHandle rows, VarHandle cursor) {
        this.fields = fields;
        this.rows = rows;
        this.cursor = cursor;
    }

    /** Finds the driver's fields. */
    static DriverFields find() throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(PgResultSet.class, MethodHandles.lookup());
        return new DriverFields(
                lookup.findVarHandle(PgResultSet.class, "fields", Field[].class),
                lookup.findVarHandle(PgResultSet.class, "rows", List.class),
                lookup.findVarHandle(PgResultSet.class, "cursor", ResultCursor.class));
    }

    /** The driver's result set behind wrappers of a pool, or null if there is none. */
    static @Nullable PgResultSet driverResult(ResultSet result) throws SQLException {
        if (result instanceof PgResultSet driver) {
            return driver;
        }
        return result.isWrapperFor(PgResultSet.class) ? result.unwrap(PgResultSet.class) : null;
    }

    Field[] fields(PgResultSet result) {
        return (Field[]) fields.get(result);
    }

    /** The rows the driver holds, or null if that is not the whole result (the server keeps a cursor) or it is closed. */
    @SuppressWarnings("unchecked")
    @Nullable
    List<Tuple> wholeResult(PgResultSet result) {
        return cursor.get(result) == null ? (List<Tuple>) rows.get(result) : null;
    }
}
