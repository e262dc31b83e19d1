package dev.staleless.jdbc.driver;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A captured result that is being replayed. It is read without a database as long as the driver needs none; what needs one (an
 * unknown type's name, a column's table, a large object) fails on {@link #detached()}, and is then asked of the same result
 * {@link #attached}.
 */
public interface Replay {
    /** The result set that has no database, before its first row. */
    ResultSet detached();

    /** Whether something failed on a result set without database because the driver wanted one, so that it may be asked again. */
    boolean wantsDatabase();

    /** Whether large objects come with their rows, and want no database later. */
    default boolean holdsLargeObjects() {
        return false;
    }

    /**
     * The same result, before its first row, on a connection. Nothing is executed.
     *
     * @return null if the connection's driver is not the profile's
     */
    @Nullable
    ResultSet attached(Connection connection) throws SQLException;

    /** To be called after something was asked of the attached result set: what it learned serves later replays. */
    void learn(ResultSet attached) throws SQLException;
}
