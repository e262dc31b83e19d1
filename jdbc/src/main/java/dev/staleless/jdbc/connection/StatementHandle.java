package dev.staleless.jdbc.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A statement of the driver that is made when it is executed. Until then there is one of a connection without database, which
 * checks, converts and tells settings and parameters as the driver does; they are kept, and set again on the real one.
 */
final class StatementHandle {
    /** Makes the statement on a connection. */
    interface Factory {
        /** Null from a connection without database that cannot make it. */
        @Nullable
        Statement create(Connection connection) throws SQLException;
    }

    /** Sets something. */
    interface Action {
        void on(Statement statement) throws SQLException;
    }

    private final LogicalConnection connection;
    private final Factory factory;
    private @Nullable Map<Object, Action> kept;
    private @Nullable Statement offline;
    private volatile @Nullable Statement real;

    StatementHandle(LogicalConnection connection, Factory factory) {
        this.connection = connection;
        this.factory = factory;
    }

    /** Makes the statement: without database where the connection has not borrowed one and the driver can. */
    void setUp() throws SQLException {
        connection.checkOpen();
        Defaults defaults = connection.front().defaults();
        if (!connection.holdsConnection() && defaults != null) {
            offline = factory.create(connection
                    .front()
                    .wiring
                    .driver()
                    .offline(defaults.session().decoding()));
        }
        if (offline == null) {
            real();
        }
    }

    /** The statement to ask for settings. */
    Statement now() throws SQLException {
        Statement made = real;
        if (made != null) {
            return made;
        }
        return offline == null ? real() : offline;
    }

    /** The statement to execute. */
    Statement real() throws SQLException {
        Statement made = real;
        if (made == null) {
            made = created(connection.borrow().connection());
            if (kept != null) {
                for (Action action : kept.values()) {
                    action.on(made);
                }
                kept = null;
            }
            real = made;
            if (offline != null) {
                offline.close();
                offline = null;
            }
        }
        return made;
    }

    private Statement created(Connection on) throws SQLException {
        Statement created = factory.create(on);
        if (created == null) {
            throw new SQLException("The connection made no statement", "HY000");
        }
        return created;
    }

    /** The real statement if it was made. */
    @Nullable
    Statement made() {
        return real;
    }

    /** Sets something, which takes the place of what was set under the same key. */
    void set(Object key, Action action) throws SQLException {
        action.on(now());
        if (real == null) {
            Map<Object, Action> later = kept == null ? new LinkedHashMap<>() : kept;
            later.remove(key);
            later.put(key, action);
            kept = later;
        }
    }

    /** Forgets what was set under keys of a class. */
    void forget(Class<?> keys) {
        if (kept != null) {
            kept.keySet().removeIf(keys::isInstance);
        }
    }

    void close() throws SQLException {
        if (offline != null) {
            offline.close();
        }
        if (real != null) {
            real.close();
        }
    }

    boolean isClosed() throws SQLException {
        Statement made = real == null ? offline : real;
        return made != null && made.isClosed();
    }
}
