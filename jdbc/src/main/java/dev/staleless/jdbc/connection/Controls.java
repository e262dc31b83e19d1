package dev.staleless.jdbc.connection;

import dev.staleless.sql.Analysis.Command;
import java.sql.SQLException;

/** Sends statements that control the transaction or the session by their text, and follows what they do. */
final class Controls {
    private Controls() {}

    static <T> T run(LogicalConnection connection, Command command, Work<T> work) throws SQLException {
        return switch (command) {
            case BEGIN -> begin(connection, work);
            case COMMIT -> commit(connection, work);
            case ROLLBACK -> rollback(connection, work);
            case ROLLBACK_TO_SAVEPOINT -> rollbackToSavepoint(connection, work);
            case SAVEPOINT, RELEASE_SAVEPOINT -> Writes.send(connection, work);
            case SET -> set(connection, work);
        };
    }

    /** BEGIN may name an isolation level, so the session is asked for it. */
    private static <T> T begin(LogicalConnection connection, Work<T> work) throws SQLException {
        T result;
        if (connection.inTransaction() && connection.front().wiring.driver().beginCommits()) {
            result = commit(connection, work);
        } else {
            result = Writes.send(connection, work);
        }
        if (connection.getAutoCommit()) {
            connection.begunByText(true);
        }
        connection.touchSession();
        return result;
    }

    private static <T> T commit(LogicalConnection connection, Work<T> work) throws SQLException {
        Kept<T> kept = new Kept<>(work);
        connection.commit(kept);
        return kept.result();
    }

    private static <T> T rollback(LogicalConnection connection, Work<T> work) throws SQLException {
        Kept<T> kept = new Kept<>(work);
        connection.rollback(kept);
        return kept.result();
    }

    private static <T> T rollbackToSavepoint(LogicalConnection connection, Work<T> work) throws SQLException {
        T result = Writes.send(connection, work);
        connection.transaction().rolledBackToSomeSavepoint();
        connection.touchSession();
        return result;
    }

    private static <T> T set(LogicalConnection connection, Work<T> work) throws SQLException {
        connection.borrow();
        connection.touchSession();
        return Writes.send(connection, work);
    }

    /** Keeps the result of work that somebody else starts. */
    private static final class Kept<T> implements Work<T> {
        private final Work<T> work;
        private boolean done;

        @SuppressWarnings("NullAway") // set before it is asked for
        private T result = null;

        Kept(Work<T> work) {
            this.work = work;
        }

        @Override
        public T run() throws SQLException {
            result = work.run();
            done = true;
            return result;
        }

        T result() throws SQLException {
            if (!done) {
                throw new SQLException("The statement was not sent", "40000");
            }
            return result;
        }
    }
}
