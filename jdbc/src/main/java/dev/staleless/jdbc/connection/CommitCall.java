package dev.staleless.jdbc.connection;

import dev.staleless.core.protocol.Transaction;
import dev.staleless.core.protocol.Transaction.BarrierLock;
import dev.staleless.jdbc.driver.DriverProfile;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sends a COMMIT, tells its outcome, and keeps the error for whoever waits for it. */
final class CommitCall implements Transaction.DatabaseCommit {
    private final Work<? extends @Nullable Object> commit;
    private final DriverProfile driver;
    private final Lock lock;
    private @Nullable SQLException error;
    private @Nullable RuntimeException failure;

    /** Locks a barrier in the transaction that is committed. */
    @FunctionalInterface
    interface Lock {
        boolean take(UUID barrier) throws SQLException;
    }

    CommitCall(Work<? extends @Nullable Object> commit, DriverProfile driver, Lock lock) {
        this.commit = commit;
        this.driver = driver;
        this.lock = lock;
    }

    @Override
    public BarrierLock lock(UUID barrier) {
        try {
            return lock.take(barrier) ? BarrierLock.HELD : BarrierLock.CLOSED;
        } catch (SQLException e) {
            error = e;
        } catch (RuntimeException e) {
            failure = e;
        }
        return BarrierLock.FAILED;
    }

    /** The SQLSTATE that the database refused the lock with; null if it did not. */
    @Nullable
    String state() {
        return error == null ? null : error.getSQLState();
    }

    /** Whether the COMMIT was answered, with whatever answer. */
    boolean answered() {
        return failure == null && (error == null || driver.saysNotCommitted(error));
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
