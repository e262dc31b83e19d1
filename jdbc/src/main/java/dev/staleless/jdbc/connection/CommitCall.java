package dev.staleless.jdbc.connection;

import dev.staleless.core.protocol.Transaction;
import dev.staleless.jdbc.driver.DriverProfile;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Sends a COMMIT, tells its outcome, and keeps the error for whoever waits for it. */
final class CommitCall implements Transaction.DatabaseCommit {
    private final Work<? extends @Nullable Object> commit;
    private final DriverProfile driver;
    private @Nullable SQLException error;
    private @Nullable RuntimeException failure;

    CommitCall(Work<? extends @Nullable Object> commit, DriverProfile driver) {
        this.commit = commit;
        this.driver = driver;
    }

    @Override
    public Transaction.Outcome run() {
        try {
            commit.run();
            return Transaction.Outcome.COMMITTED;
        } catch (SQLException e) {
            error = e;
            return driver.saysNotCommitted(e) ? Transaction.Outcome.ROLLED_BACK : Transaction.Outcome.UNKNOWN;
        } catch (RuntimeException e) {
            failure = e;
            return Transaction.Outcome.UNKNOWN;
        }
    }

    /** Throws what the commit threw. */
    void rethrow() throws SQLException {
        if (error != null) {
            throw error;
        }
        if (failure != null) {
            throw failure;
        }
    }
}
