package dev.staleless.jdbc.connection;

import dev.staleless.jdbc.key.BoundArray;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An array that the application made on a connection that may not have borrowed one yet: known by its elements, so that a query
 * with it has a key. The driver's array is made when something else is asked of it than to be bound.
 */
final class LogicalArray implements Array {
    private final BoundArray bound;
    private final Work<Array> make;
    private @Nullable Array made;
    private boolean freed;

    LogicalArray(BoundArray bound, Work<Array> make) {
        this.bound = bound;
        this.make = make;
    }

    /** What it holds; null if it was freed, so that the driver says what is wrong with it. */
    @Nullable
    BoundArray bound() {
        return freed ? null : bound;
    }

    /** The driver's array. */
    Array driverArray() throws SQLException {
        Array array = made;
        if (array == null) {
            array = make.run();
            made = array;
            if (freed) {
                array.free();
            }
        }
        return array;
    }

    @Override
    public String getBaseTypeName() throws SQLException {
        return driverArray().getBaseTypeName();
    }

    @Override
    public int getBaseType() throws SQLException {
        return driverArray().getBaseType();
    }

    @Override
    public Object getArray() throws SQLException {
        return driverArray().getArray();
    }

    @Override
    public Object getArray(Map<String, Class<?>> map) throws SQLException {
        return driverArray().getArray(map);
    }

    @Override
    public Object getArray(long index, int count) throws SQLException {
        return driverArray().getArray(index, count);
    }

    @Override
    public Object getArray(long index, int count, Map<String, Class<?>> map) throws SQLException {
        return driverArray().getArray(index, count, map);
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
        return driverArray().getResultSet();
    }

    @Override
    public ResultSet getResultSet(Map<String, Class<?>> map) throws SQLException {
        return driverArray().getResultSet(map);
    }

    @Override
    public ResultSet getResultSet(long index, int count) throws SQLException {
        return driverArray().getResultSet(index, count);
    }

    @Override
    public ResultSet getResultSet(long index, int count, Map<String, Class<?>> map) throws SQLException {
        return driverArray().getResultSet(index, count, map);
    }

    @Override
    public void free() throws SQLException {
        freed = true;
        if (made != null) {
            made.free();
        }
    }

    /** As the driver writes it. */
    @Override
    public String toString() {
        try {
            return driverArray().toString();
        } catch (SQLException e) {
            return super.toString();
        }
    }
}
