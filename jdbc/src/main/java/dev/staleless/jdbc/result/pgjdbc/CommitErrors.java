package dev.staleless.jdbc.result.pgjdbc;

import java.sql.SQLException;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Tells what an error of COMMIT says about its outcome.
 *
 * <p>PostgreSQL answers COMMIT with severity ERROR only before the commit record is written (deferred constraints and triggers,
 * serialisation, a cancelled statement): past that point an error is a PANIC. A transaction that had failed is answered by
 * ROLLBACK, which the driver turns into an exception of its own (25P02). A connection that ended, in whatever way, tells nothing.
 */
final class CommitErrors {
    private static final String SEVERITY_ERROR = "ERROR";

    /** Told by the driver for a COMMIT that was answered by ROLLBACK. */
    private static final String IN_FAILED_TRANSACTION = "25P02";

    /** Classes of errors that are never an orderly answer: connection, system, operator intervention, internal. */
    private static final Set<String> OPEN = Set.of("08", "57", "58", "XX", "53");

    private CommitErrors() {}

    static boolean sayNotCommitted(SQLException error) {
        String state = error.getSQLState();
        if (!(error instanceof PSQLException driverError) || state == null || state.length() != 5) {
            return false;
        }
        ServerErrorMessage message = driverError.getServerErrorMessage();
        if (message == null) {
            return state.equals(IN_FAILED_TRANSACTION);
        }
        boolean answered = SEVERITY_ERROR.equals(message.getSeverity());
        return answered && !OPEN.contains(state.substring(0, 2));
    }
}
