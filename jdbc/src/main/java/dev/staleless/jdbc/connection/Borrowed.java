package dev.staleless.jdbc.connection;

import dev.staleless.jdbc.connection.ConnectionSettings.Setting;
import dev.staleless.jdbc.driver.DriverProfile;
import dev.staleless.jdbc.driver.SessionState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A connection of the wrapped data source that a logical one holds, and the session behind it. */
final class Borrowed {
    private final Front front;
    private final Connection connection;
    private final @Nullable Object driverSession;
    private final @Nullable Session session;

    /** The driver's own connection was handed out: what is done with it is not seen. */
    private boolean unwrapped;

    private Borrowed(Front front, Connection connection, @Nullable Object driverSession, @Nullable Session session) {
        this.front = front;
        this.connection = connection;
        this.driverSession = driverSession;
        this.session = session;
    }

    /**
     * Borrows a connection, finds out the state of its session if that is not known, while it is as the pool handed it out, and
     * applies what was set.
     */
    static Borrowed take(Front front, ConnectionSettings settings) throws SQLException {
        Connection connection = front.borrow();
        try {
            Borrowed borrowed = of(front, connection);
            if (settings.isSet(Setting.SCHEMA)
                    || settings.isSet(Setting.CATALOG)
                    || settings.isSet(Setting.ISOLATION)) {
                borrowed.touchSession();
            }
            settings.applyTo(connection);
            return borrowed;
        } catch (SQLException | RuntimeException e) {
            Front.closeAfter(connection, e);
            throw e;
        }
    }

    private static Borrowed of(Front front, Connection connection) throws SQLException {
        if (front.isForeign()) {
            return new Borrowed(front, connection, null, null);
        }
        DriverProfile driver = front.wiring.driver();
        Object driverSession = driver.session(connection);
        Session session = front.sessions.of(driverSession);
        if (session.state() == null) {
            session.known(driver.probe(connection));
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        }
        return new Borrowed(front, connection, driverSession, session);
    }

    Connection connection() {
        return connection;
    }

    /**
     * The state of its session, asked of the database if something may have changed it.
     *
     * @return null if it cannot be asked now
     */
    @Nullable
    SessionState session(boolean transactionFailed) throws SQLException {
        if (session == null || unwrapped) {
            return null;
        }
        SessionState state = session.state();
        if (state != null && !front.wiring.driver().seemsUnchanged(connection, state)) {
            state = null;
        }
        if (state == null && !transactionFailed) {
            state = front.wiring.driver().probe(connection);
            session.known(state);
        }
        return state;
    }

    void touchSession() {
        if (session != null) {
            session.touched();
        }
    }

    void unwrapped() {
        unwrapped = true;
    }

    /** Whether the database is in a transaction, however it was begun. */
    boolean isInTransaction() throws SQLException {
        return session != null && !isBroken() && front.wiring.driver().isInTransaction(connection);
    }

    /** Whether the database is in a transaction that has failed. */
    boolean isTransactionFailed() throws SQLException {
        return session != null && !isBroken() && front.wiring.driver().isTransactionFailed(connection);
    }

    /** Names the session to the database, as long as it is the driver's own. */
    String sessionName() throws SQLException {
        SessionState state = session == null ? null : session.lastKnown();
        return state == null ? "" : state.name();
    }

    /** Whether the connection has ended, so that what was sent last may still be under way. */
    boolean isBroken() throws SQLException {
        return connection.isClosed() || driverSession instanceof Connection driver && driver.isClosed();
    }

    /** Rolls the transaction back, however it was begun: the driver refuses its own call in auto-commit mode. */
    void rollback() throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        }
    }

    /** Gives the connection back to the data source. */
    void giveBack() throws SQLException {
        if (session != null && driverSession != null) {
            boolean asDefault = !unwrapped && isAsDefault(session.state());
            if (!asDefault) {
                // The pool may put settings back: it is asked again before it is used again.
                session.touched();
            }
            front.sessions.returned(driverSession, asDefault);
        }
        connection.close();
    }

    private boolean isAsDefault(@Nullable SessionState state) {
        Defaults defaults = front.defaults();
        return state != null
                && defaults != null
                && state.uncacheable() == null
                && state.returnsTheSameAs(defaults.session())
                && state.isolation() == defaults.session().isolation();
    }
}
