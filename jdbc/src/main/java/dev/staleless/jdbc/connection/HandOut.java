package dev.staleless.jdbc.connection;

import dev.staleless.core.protocol.LateCommitException;
import dev.staleless.core.protocol.ReportException;
import dev.staleless.core.protocol.ResultCache;
import dev.staleless.core.protocol.Transaction;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The driver's own connection in the hands of the application, which may write through it, and commit, unseen. From before it is
 * handed out until it is returned to the pool that counts as a change of everything under way: what was cached is dropped, and
 * nothing is cached. The mark names the database session, so that it counts until that has ended, whatever becomes of this node.
 */
final class HandOut {
    private final ResultCache cache;
    private @Nullable Transaction transaction;

    HandOut(ResultCache cache) {
        this.cache = cache;
    }

    /** To be called before the connection is handed out. Once is enough. */
    void begin(String session) throws SQLException {
        if (transaction != null) {
            return;
        }
        Transaction begun = cache.begin();
        try {
            begun.reportNow(null, session);
        } catch (ReportException e) {
            begun.rollback();
            throw new SQLException(
                    "The driver's connection is not handed out, since what is written through it could not be reported: "
                            + e.getMessage(),
                    "40000",
                    e);
        }
        transaction = begun;
    }

    boolean hasBegun() {
        return transaction != null;
    }

    /**
     * The connection is given back, and nothing is under way on it.
     *
     * @param answered whether the database is surely done with it
     */
    void end(boolean answered) throws SQLException {
        Transaction ended = transaction;
        transaction = null;
        if (ended == null) {
            return;
        }
        if (!answered) {
            ended.connectionLost();
            return;
        }
        try {
            ended.commit(() -> Transaction.Outcome.COMMITTED);
        } catch (LateCommitException e) {
            throw TransactionScope.late(e);
        }
    }
}
