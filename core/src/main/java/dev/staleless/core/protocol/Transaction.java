package dev.staleless.core.protocol;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.query.Query;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one database transaction, from its first statement to its end. Call order: any number of {@link #changed},
 * {@link #changedEverything}, savepoints; then one of {@link #commit}, {@link #rollback}, {@link #connectionLost}; then it is
 * over. {@link #reportNow} may come at any time before. A {@link #commit} that throws {@link ReportException} did not end it:
 * {@link #rollback} follows.
 *
 * <p>An autocommit write is a transaction of its own. A statement that commits by itself was answered when {@link #commit} is
 * called with a {@link DatabaseCommit} that tells so; until then it counts as under way, even if nothing else was changed.
 */
public interface Transaction {

    /** What the database answered to a COMMIT. */
    enum Outcome {
        COMMITTED,
        /** Answered with an error, or rolled back: the changes did not take effect. */
        ROLLED_BACK,
        /** No answer, or one that does not tell. */
        UNKNOWN
    }

    /** Sends the COMMIT and waits for its answer. Does not throw: it keeps what there is to throw for its caller. */
    interface DatabaseCommit {
        Outcome run();

        /**
         * Takes a share lock on a barrier's row in the transaction, if the barrier is open, which holds until the transaction
         * has ended at the database. May be called several times, before {@link #run}. Does not throw either.
         */
        default BarrierLock lock(UUID barrier) {
            return BarrierLock.FAILED;
        }
    }

    /** What became of an attempt to lock a barrier. */
    enum BarrierLock {
        HELD,
        /** It is closed, or the transaction's snapshot is older than it. */
        CLOSED,
        /** The database refused: the transaction is to be rolled back. */
        FAILED
    }

    /** The schema version of statements that no change of the schema concerns. */
    long ANY_SCHEMA = -1;

    /**
     * The next statement writes, and may take locks: while the store takes no writes this waits until no node serves any
     * more, or the store is back.
     *
     * @param tables what may be written to; null for anything
     * @param holdsConnection whether the caller holds a connection meanwhile, which others may be waiting for
     * @throws ReportException if the statement must not be sent
     */
    default void aboutToWrite(@Nullable Collection<TableName> tables, boolean holdsConnection) {}

    /**
     * A statement of this transaction was analysed by a catalog that was read after this schema version. If another one is
     * in use at commit, everything is reported: what the statement does may have changed.
     */
    default void analysedUnder(long schemaVersion) {}

    /** Keeps change events until commit. To be called before the statement is sent, or after, but before its result is seen. */
    void changed(Collection<ChangeEvent> events);

    /** Everything in the directory may be changed by this transaction. */
    void changedEverything(String why);

    /** Whether this transaction's own changes so far can affect the query. */
    boolean affects(Query query);

    /** A savepoint: events kept later are dropped by {@link #rollbackTo}. Any number, in any order of release. */
    Object savepoint();

    void rollbackTo(Object savepoint);

    /**
     * Reports everything kept so far and what is given, before a statement that commits by itself or cannot be undone is sent.
     * These events are never dropped. The mark lasts until the transaction's end was answered, or, if the connection broke,
     * until the session is known to have ended.
     *
     * @param events null for everything in the directory
     * @param session names the database session whose end ends the mark
     * @throws ReportException if that is not possible: the statement must not be sent
     */
    void reportNow(@Nullable Collection<ChangeEvent> events, String session);

    /**
     * Reports again, by the reading in use now, what {@link #reportNow} has reported: so nobody waits for this transaction's
     * end because of what it went by before.
     *
     * @throws ReportException if that is not possible; what was reported before goes on to count
     */
    default void renewReports() {}

    /**
     * Reports the changes, sends the COMMIT, and sees to late commits and unknown outcomes.
     *
     * @return what the database answered
     * <p>While the store takes no writes, the last thing before the COMMIT is a lock on a barrier.
     *
     * @throws ReportException if the changes cannot be reported: the COMMIT was not sent, the caller rolls back
     * @throws LateCommitException if the COMMIT took effect but its change could not be reported again in time
     */
    Outcome commit(DatabaseCommit databaseCommit);

    /** The transaction was rolled back, or its connection closed, by an answer of the database or before anything was sent. */
    void rollback();

    /**
     * The connection broke: it is not known whether a statement reported with {@link #reportNow} has ended. What was not
     * committed is rolled back by the database.
     */
    void connectionLost();
}
