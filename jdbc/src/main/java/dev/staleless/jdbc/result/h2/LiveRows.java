package dev.staleless.jdbc.result.h2;

import java.lang.reflect.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.h2.engine.Session;
import org.h2.jdbc.JdbcResultSet;
import org.h2.result.ResultInterface;
import org.h2.result.ResultRemote;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the rows of a live result that has not been read from, without moving it. An embedded driver's result can be copied; a
 * remote one keeps the portion that it fetched in a private field, and is whole if that is all of it.
 */
final class LiveRows {
    private final Field portion;

    private LiveRows(Field portion) {
        this.portion = portion;
    }

    /** Finds the field in the driver on the class path. */
    static LiveRows find() throws ReflectiveOperationException {
        Field portion = ResultRemote.class.getDeclaredField("result");
        portion.setAccessible(true);
        if (!List.class.isAssignableFrom(portion.getType())) {
            throw new NoSuchFieldException("ResultRemote.result is a " + portion.getType());
        }
        return new LiveRows(portion);
    }

    static @Nullable JdbcResultSet driverResult(ResultSet live) throws SQLException {
        return live.isWrapperFor(JdbcResultSet.class) ? live.unwrap(JdbcResultSet.class) : null;
    }

    static List<ColumnDescription> columns(ResultInterface result) {
        List<ColumnDescription> columns = new ArrayList<>();
        for (int i = 0; i < result.getVisibleColumnCount(); i++) {
            columns.add(ColumnDescription.of(result, i));
        }
        return columns;
    }

    /** The rows. */
    interface Rows {
        /** The next row, or null. */
        Value @Nullable [] next();
    }

    /** All rows of the result, or null if the driver does not have them all. */
    @Nullable
    Rows rows(ResultInterface result, Session session) throws ReflectiveOperationException {
        if (result.isLazy() || result.getRowId() >= 0) {
            return null;
        }
        if (result instanceof ResultRemote) {
            List<?> fetched = (List<?>) portion.get(result);
            return fetched == null || fetched.size() < result.getRowCount() ? null : of(fetched);
        }
        ResultInterface copy = result.createShallowCopy(session);
        if (copy == null) {
            return null;
        }
        return () -> copy.next() ? copy.currentRow() : null;
    }

    private static Rows of(List<?> fetched) {
        var rows = fetched.iterator();
        return () -> rows.hasNext() ? (Value[]) rows.next() : null;
    }
}
