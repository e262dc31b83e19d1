package dev.staleless.jdbc.connection;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.protocol.LateCommitException;
import dev.staleless.core.protocol.ReportException;
import dev.staleless.core.protocol.ResultCache;
import dev.staleless.core.protocol.SchemaChange;
import dev.staleless.core.protocol.Transaction;
import dev.staleless.jdbc.driver.DriverProfile;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The database transaction of one logical connection, over its statements: what it has changed so far, and how it ends. A
 * transaction of the cache is begun with the first change; one that changed nothing ends for nothing.
 */
final class TransactionScope {
    /** SQLSTATE of a transaction that was rolled back and may be tried again: "transaction rollback, no subclass". */
    private static final String ROLLED_BACK = "40000";

    /** SQLSTATE of a transaction that may be tried again since another one came between: "serialization failure". */
    private static final String SERIALIZATION_FAILURE = "40001";

    /** Statements were analysed under several schema versions. */
    private static final long MIXED = -2;

    /** SQLSTATE of a transaction whose outcome is not known. */
    private static final String OUTCOME_UNKNOWN = "08007";

    private final ResultCache cache;
    private final DriverProfile driver;
    /** Made with the first savepoint. */
    private @Nullable Map<Savepoint, Object> savepoints;

    private final LockedRows lockedRows = new LockedRows();
    private @Nullable Transaction transaction;
    private boolean failed;
    private boolean sessionTouched;
    private boolean schemaChanged;
    private @Nullable SchemaChange schemaChange;

    /** The version of the schema under which statements were analysed since the last transaction ended. */
    private long schemaVersion = Transaction.ANY_SCHEMA;

    private long lastSchemaVersion = Transaction.ANY_SCHEMA;

    TransactionScope(ResultCache cache, DriverProfile driver) {
        this.cache = cache;
        this.driver = driver;
    }

    /** A statement was analysed by a catalog read after this version. */
    void analysedUnder(long version) {
        boolean first = schemaVersion == Transaction.ANY_SCHEMA || schemaVersion == version;
        schemaVersion = first ? version : MIXED;
        lastSchemaVersion = version;
        Transaction current = transaction;
        if (current != null) {
            current.analysedUnder(version);
        }
    }

    /** The rows that the transaction has read under a lock. */
    LockedRows lockedRows() {
        return lockedRows;
    }

    /** The cache's transaction, or null if nothing was changed yet. */
    @Nullable
    Transaction current() {
        return transaction;
    }

    /** The version under which the last statement was analysed. */
    long lastSchemaVersion() {
        return lastSchemaVersion;
    }

    private Transaction begun() {
        Transaction current = transaction;
        if (current == null) {
            current = cache.begin();
            current.analysedUnder(schemaVersion);
            transaction = current;
        }
        return current;
    }

    /**
     * The next statement writes: it may have to wait while the store is away, and be refused.
     *
     * @param inTransaction whether it is sent in a transaction, which goes on if it is refused
     */
    void aboutToWrite(Changes changes, boolean holdsConnection, boolean inTransaction) throws SQLException {
        Set<TableName> tables = changes.everything() != null
                ? null
                : changes.events().stream().map(ChangeEvent::table).collect(Collectors.toSet());
        Transaction writing = begun();
        try {
            writing.aboutToWrite(tables, holdsConnection);
        } catch (ReportException e) {
            if (!inTransaction) {
                end();
                writing.rollback();
            }
            throw new SQLException("The statement was not sent: " + e.getMessage(), ROLLED_BACK, e);
        }
    }

    /** The next statement may change the schema: waits until it may be sent. */
    void aboutToChangeSchema(String session) throws SQLException {
        if (schemaChange == null) {
            try {
                schemaChange = cache.changeSchema(session, transaction);
            } catch (ReportException e) {
                throw new SQLException("The statement was not sent: " + e.getMessage(), ROLLED_BACK, e);
            }
        }
    }

    private void schemaChangeEnded(boolean answered) {
        SchemaChange ended = schemaChange;
        schemaChange = null;
        if (ended != null) {
            ended.ended(answered);
        }
    }

    /** The next statement changes this. */
    void changed(Changes changes) {
        if (changes.everything() != null) {
            lockedRows.forget();
            begun().changedEverything(changes.everything());
        } else if (!changes.events().isEmpty()) {
            begun().changed(lockedRows.known(changes.events()));
        }
    }

    /**
     * The next statement may commit by itself, so all that was changed is reported now.
     *
     * @param inTransaction whether it is sent in a transaction, which goes on if it cannot be reported
     */
    void reportNow(@Nullable Collection<ChangeEvent> events, String session, boolean inTransaction)
            throws SQLException {
        lockedRows.forget();
        Transaction reporting = begun();
        try {
            reporting.reportNow(events, session);
        } catch (ReportException e) {
            if (!inTransaction) {
                end();
                reporting.rollback();
            }
            throw new SQLException(
                    "The statement was not sent, since its changes could not be reported", ROLLED_BACK, e);
        }
    }

    /**
     * A statement that commits by itself, outside of any transaction, has ended.
     *
     * @param answered whether the database is surely done with it
     */
    void endedByItself(boolean answered) throws SQLException {
        Transaction current = transaction;
        end();
        schemaChangeEnded(answered);
        if (current == null) {
            return;
        }
        if (!answered) {
            current.connectionLost();
            return;
        }
        try {
            current.commit(() -> Transaction.Outcome.COMMITTED);
        } catch (LateCommitException e) {
            throw late(e);
        }
    }

    static SQLException late(LateCommitException cause) {
        return new SQLException(
                "The change was committed, but so late that other nodes may have served results from before it, and it could not"
                        + " be reported again",
                OUTCOME_UNKNOWN,
                cause);
    }

    /** A statement failed. */
    void statementFailed() {
        lockedRows.forget();
        failed |= driver.errorFailsTransaction();
    }

    /** Whether the database refuses everything until the transaction is rolled back. */
    boolean isFailed() {
        return failed;
    }

    /** A statement may have changed settings of the session, which the end of the transaction may change back. */
    void touchSession() {
        sessionTouched = true;
    }

    /** Sends COMMIT, and reports what was changed before. */
    void commit(Work<? extends @Nullable Object> commit, CommitCall.Lock lock) throws SQLException {
        Transaction current = transaction;
        if (current == null && schemaVersion != Transaction.ANY_SCHEMA && schemaVersion != cache.schemaVersion()) {
            // what was taken for a query may have changed something since
            current = begun();
        }
        if (current == null) {
            end();
            commit.run();
            return;
        }
        CommitCall call = new CommitCall(commit, driver, lock);
        try {
            current.commit(call);
            end();
            schemaChangeEnded(call.answered());
        } catch (LateCommitException e) {
            end();
            schemaChangeEnded(true);
            throw late(e);
        } catch (ReportException e) {
            throw notReported(e, call);
        }
        call.rethrow();
    }

    private static NotReportedException notReported(ReportException cause, CommitCall call) {
        String state = call.state();
        NotReportedException thrown = new NotReportedException(
                "The transaction was not committed, since its changes could not be reported to the cache: "
                        + cause.getMessage(),
                cause.mayBeRetried() ? SERIALIZATION_FAILURE : state == null ? ROLLED_BACK : state,
                cause);
        try {
            call.rethrow();
        } catch (SQLException | RuntimeException refused) {
            thrown.addSuppressed(refused);
        }
        return thrown;
    }

    /** The COMMIT was not sent: the caller has to roll back. */
    static final class NotReportedException extends SQLException {
        private static final long serialVersionUID = 1;

        NotReportedException(String message, String state, Throwable cause) {
            super(message, state, cause);
        }
    }

    /** Sends ROLLBACK. */
    void rollback(Work<? extends @Nullable Object> rollback) throws SQLException {
        boolean answered = false;
        try {
            rollback.run();
            answered = true;
        } finally {
            Transaction current = transaction;
            end();
            schemaChangeEnded(answered);
            if (current != null && answered) {
                current.rollback();
            } else if (current != null) {
                current.connectionLost();
            }
        }
    }

    /** The connection is gone, and the database rolls back by itself. */
    void lost() {
        Transaction current = transaction;
        end();
        schemaChangeEnded(false);
        if (current != null) {
            current.connectionLost();
        }
    }

    void savepoint(Savepoint savepoint) {
        if (savepoints == null) {
            savepoints = new IdentityHashMap<>();
        }
        savepoints.put(savepoint, begun().savepoint());
    }

    void release(Savepoint savepoint) {
        if (savepoints != null) {
            savepoints.remove(savepoint);
        }
    }

    /** The database has rolled back to the savepoint. */
    void rolledBackTo(Savepoint savepoint) {
        lockedRows.forget();
        failed = false;
        Object kept = savepoints == null ? null : savepoints.get(savepoint);
        if (kept != null) {
            begun().rollbackTo(kept);
        }
    }

    /** The database has rolled back to a savepoint that was made by a statement's text: what was changed counts on. */
    void rolledBackToSomeSavepoint() {
        lockedRows.forget();
        failed = false;
    }

    /** Whether the session may have changed with the transaction, and forgets it. */
    boolean takeSessionTouched() {
        boolean touched = sessionTouched;
        sessionTouched = false;
        return touched;
    }

    /** A statement may change the catalog, which counts from when it is committed. */
    void changeSchema() {
        schemaChanged = true;
    }

    /** Whether the catalog may have changed with the transaction, and forgets it. */
    boolean takeSchemaChanged() {
        boolean changed = schemaChanged;
        schemaChanged = false;
        return changed;
    }

    private void end() {
        lockedRows.forget();
        transaction = null;
        savepoints = null;
        failed = false;
        schemaVersion = Transaction.ANY_SCHEMA;
    }
}
