package dev.staleless.jdbc.connection;

import dev.staleless.core.protocol.Lookup;
import dev.staleless.core.query.Revalidation;
import dev.staleless.jdbc.key.BoundValues;
import dev.staleless.jdbc.revalidation.Inquiry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

/**
 * Asks the database whether a result that is in doubt is right, on the connection on which the query would be executed. Whatever
 * comes of it is not noticed by the application: within a transaction a savepoint is set before, to which it is rolled back if the
 * statement fails.
 */
final class Revalidating {

    private final LogicalConnection connection;
    private final Front front;
    private final Revalidation revalidation;
    private final RevalidationChoice.History history;
    private final BoundValues values;

    Revalidating(LogicalConnection connection, Revalidation revalidation, BoundValues values) {
        this.connection = connection;
        this.front = connection.front();
        this.revalidation = revalidation;
        this.history = front.revalidations.history(revalidation);
        this.values = values;
    }

    /** The query was executed, and has taken so long. */
    void queried(long nanos) {
        history.queried(nanos);
    }

    /** Whether it is to be asked for. */
    boolean isChosen() throws SQLException {
        return front.revalidations.choose(history, connection.inTransaction());
    }

    /**
     * Whether all doubts are settled.
     *
     * @param timeout of the query, in seconds; 0 for none
     */
    boolean settles(Lookup.Doubtful doubtful, int timeout) throws SQLException {
        Connection on = connection.borrow().connection();
        Inquiry inquiry = new Inquiry(revalidation, values, doubtful.doubts());
        boolean within = connection.inTransaction();
        Savepoint before = null;
        long start = System.nanoTime();
        connection.sending();
        try {
            before = within ? on.setSavepoint() : null;
            boolean settles = inquiry.settles(on, timeout);
            if (before != null) {
                on.releaseSavepoint(before);
            }
            history.asked(System.nanoTime() - start, settles);
            return settles;
        } catch (SQLException e) {
            history.failed();
            front.failed("The database could not be asked about a result", e);
            if (before != null) {
                on.rollback(before);
            }
            return false;
        }
    }
}
