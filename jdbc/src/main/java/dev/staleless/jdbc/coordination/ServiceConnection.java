package dev.staleless.jdbc.coordination;

import dev.staleless.core.coordination.CoordinationException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One service connection: held for good, opened again after a failure, and checked each time it is opened to lead to the
 * primary, read-write, READ COMMITTED and autocommit. No statement on it takes longer than the time-out: the server ends it
 * by then, and where the server does not answer at all, the socket does a little later.
 *
 * <p>Safe for any thread; its lock serialises the calls.
 */
final class ServiceConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceConnection.class);

    /** How much longer than the server's time-out the socket's is. */
    private static final int GRACE_MILLIS = 1_000;

    private final ServiceConnections source;
    private final CoordinationSql sql;
    private final int timeoutMillis;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Connection connection;
    private boolean closed;

    ServiceConnection(ServiceConnections source, CoordinationSql sql, int timeoutMillis) {
        this.source = source;
        this.sql = sql;
        this.timeoutMillis = timeoutMillis;
    }

    /** Something done on the connection. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * Does something in autocommit mode.
     *
     * @param what for the message when it fails
     */
    <T extends @Nullable Object> T call(String what, Work<T> work) {
        lock.lock();
        try {
            T result = work.on(open());
            return result;
        } catch (SQLException e) {
            discard();
            throw new CoordinationException("Coordination tables: " + what + " failed: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            // Its transaction may still be open.
            discard();
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /** Does something in one transaction. */
    <T extends @Nullable Object> T transaction(String what, Work<T> work) {
        return call(what, c -> {
            c.setAutoCommit(false);
            T result = work.on(c);
            c.commit();
            c.setAutoCommit(true);
            return result;
        });
    }

    private Connection open() throws SQLException {
        if (closed) {
            throw new SQLException("the node is closed", "08003");
        }
        Connection open = connection;
        if (open == null) {
            open = TimedOpening.open(source, timeoutMillis);
            connection = open;
            prepare(open);
        }
        return open;
    }

    private void prepare(Connection fresh) throws SQLException {
        fresh.setAutoCommit(true);
        fresh.setReadOnly(false);
        fresh.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        fresh.setNetworkTimeout(Runnable::run, timeoutMillis + GRACE_MILLIS);
        try (Statement statement = fresh.createStatement()) {
            for (String setting : sql.sessionSettings(timeoutMillis)) {
                statement.execute(setting);
            }
        }
        verify(fresh);
    }

    private void verify(Connection fresh) throws SQLException {
        try (PreparedStatement statement = fresh.prepareStatement(sql.verify());
                ResultSet row = statement.executeQuery()) {
            row.next();
            if (row.getBoolean(1) || row.getBoolean(2)) {
                throw new SQLException(
                        "the service connection leads to a standby or is read-only; it must lead to the primary",
                        "25006");
            }
            if (!"read committed".equals(row.getString(3))) {
                throw new SQLException("the service connection is not READ COMMITTED: " + row.getString(3), "25001");
            }
        }
    }

    /** Closes the connection after a failure, whatever its state; the next call opens another one. */
    private void discard() {
        Connection broken = connection;
        connection = null;
        if (broken == null) {
            return;
        }
        try {
            if (!broken.getAutoCommit()) {
                broken.rollback();
                broken.setAutoCommit(true);
            }
            release(broken);
        } catch (SQLException e) {
            LOG.debug("A failed service connection could not be closed in order", e);
            abort(broken);
        }
    }

    private void release(Connection open) throws SQLException {
        if (source.lent()) {
            try (Statement statement = open.createStatement()) {
                for (String reset : sql.sessionResets()) {
                    statement.execute(reset);
                }
            }
            open.setNetworkTimeout(Runnable::run, 0);
        }
        open.close();
    }

    /** A lent connection that could not be reset must not go back to the pool as if nothing had happened. */
    private static void abort(Connection broken) {
        try {
            broken.abort(Runnable::run);
            broken.close();
        } catch (SQLException e) {
            LOG.debug("A failed service connection could not be aborted", e);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            discard();
        } finally {
            lock.unlock();
        }
    }
}
