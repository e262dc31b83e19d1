package dev.staleless.jdbc.connection;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.jdbc.computed.Recording;
import dev.staleless.jdbc.key.BoundValues;
import dev.staleless.sql.Analysis;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Sends statements to the database, and reports what they change. */
final class Writes {
    private Writes() {}

    /** Tells the listener, and the recording of this thread, of a statement that is no query to be cached. */
    static void record(Front front, String sql, Analysis analysis) {
        if (analysis instanceof Analysis.Uncached uncached) {
            front.passedThrough(sql, uncached.reason());
        }
        if (!Recording.isActive()) {
            return;
        }
        if (analysis instanceof Analysis.Write || analysis instanceof Analysis.Everything) {
            Recording.writes("it changes something: " + sql);
        } else if (analysis instanceof Analysis.Control control) {
            if (control.command() == Analysis.Command.SET) {
                Recording.uncertain("it changes settings: " + sql);
            }
        } else if (analysis instanceof Analysis.Uncached uncached) {
            Recording.unseen(uncached.reason() + ": " + sql);
        } else {
            Recording.unseen("executed in a way in which it is not cached: " + sql);
        }
    }

    /** Sends a statement. */
    static <T> T run(LogicalConnection connection, String sql, Analysis analysis, BoundValues values, Work<T> work)
            throws SQLException {
        if (analysis instanceof Analysis.Control control) {
            if (control.command() == Analysis.Command.SET) {
                connection.settingChanges(sql);
            }
            return Controls.run(connection, control.command(), work);
        }
        return run(connection, changes(connection, sql, analysis, values), true, work);
    }

    /** Sends a statement that changes rows. */
    static <T> T run(LogicalConnection connection, ChangeExecution<T> execution) throws SQLException {
        return run(connection, Changes.of(execution.events()), true, execution);
    }

    /** Sends a batch. In auto-commit mode the database may commit a part of it, so what it changes is reported before. */
    static <T> T runBatch(LogicalConnection connection, List<Changes> batch, Work<T> work) throws SQLException {
        Recording.writes("it executes a batch");
        List<ChangeEvent> events = new ArrayList<>();
        String everything = null;
        boolean inTransaction = true;
        boolean session = false;
        boolean schema = false;
        boolean migrates = false;
        for (Changes changes : batch) {
            events.addAll(changes.events());
            everything = everything == null ? changes.everything() : everything;
            inTransaction &= changes.inTransaction();
            session |= changes.session();
            schema |= changes.schema();
            migrates |= changes.migrates();
        }
        return run(connection, new Changes(events, everything, inTransaction, session, schema, migrates), false, work);
    }

    /** What a statement changes. */
    static Changes changes(LogicalConnection connection, String sql, Analysis analysis, BoundValues values) {
        if (analysis instanceof Analysis.Write write) {
            return Changes.of(write.changes().events(values.canonical()));
        } else if (analysis instanceof Analysis.Everything everything) {
            connection.front().changedEverything(sql, everything.reason());
            boolean inTransaction = everything.cause() == Analysis.Cause.SIDE_EFFECTS;
            boolean migrates = SchemaStatements.changeSchema(everything);
            return new Changes(List.of(), everything.reason(), inTransaction, true, !inTransaction, migrates);
        } else if (analysis instanceof Analysis.Control) {
            // In a batch, where it is not followed.
            return new Changes(
                    List.of(),
                    "a statement that controls the transaction or the session, in a batch",
                    false,
                    true,
                    false,
                    false);
        }
        return Changes.NONE;
    }

    /**
     * Sends something.
     *
     * @param atomic whether in auto-commit mode all of it is committed, or nothing
     */
    private static <T> T run(LogicalConnection connection, Changes changes, boolean atomic, Work<T> work)
            throws SQLException {
        if (changes.session()) {
            connection.touchSession();
        }
        if (changes.schema()) {
            connection.transaction().changeSchema();
        }
        try {
            if (changes.isNone()) {
                return send(connection, work);
            } else if (changes.migrates()) {
                return changingTheSchema(connection, changes, work);
            } else if (connection.inTransaction()) {
                return inTransaction(connection, changes, work);
            } else if (atomic && changes.inTransaction() && !connection.isReadOnly()) {
                return inTransactionOfItsOwn(connection, changes, work);
            }
            return committingByItself(connection, changes, work);
        } finally {
            if (changes.session()) {
                connection.touchSession();
            }
        }
    }

    /** Sends something, and keeps in mind that the transaction has failed if it has. */
    static <T> T send(LogicalConnection connection, Work<T> work) throws SQLException {
        connection.sending();
        try {
            return work.run();
        } catch (SQLException | RuntimeException e) {
            connection.statementFailed();
            throw e;
        }
    }

    private static <T> T inTransaction(LogicalConnection connection, Changes changes, Work<T> work)
            throws SQLException {
        TransactionScope transaction = connection.transaction();
        if (!changes.inTransaction()) {
            // It may end the transaction by itself.
            transaction.reportNow(null, sessionName(connection), true);
            return send(connection, work);
        }
        transaction.aboutToWrite(changes, connection.holdsConnection(), true);
        return changing(connection, changes, work);
    }

    /** Sends something that changes rows within a transaction: what it has changed is known more closely when it was answered. */
    private static <T> T changing(LogicalConnection connection, Changes changes, Work<T> work) throws SQLException {
        if (!(work instanceof ReportedWork<T> execution)) {
            connection.transaction().changed(changes);
            return send(connection, work);
        }
        boolean answered = false;
        try {
            T result = send(connection, work);
            answered = true;
            return result;
        } finally {
            connection.transaction().changed(answered ? Changes.of(execution.known()) : changes);
        }
    }

    /**
     * Sends what may change the schema, under a barrier that stays until the transaction has ended: nobody serves what it changes,
     * and what was cached before is a miss after it. So nothing has to be reported before it is sent, even if it commits by
     * itself, and what was changed before it with it.
     */
    private static <T> T changingTheSchema(LogicalConnection connection, Changes changes, Work<T> work)
            throws SQLException {
        TransactionScope transaction = connection.transaction();
        transaction.aboutToChangeSchema(sessionName(connection));
        if (connection.inTransaction()) {
            transaction.changed(changes);
            return send(connection, work);
        }
        boolean answered = false;
        try {
            T result = work.run();
            answered = true;
            return result;
        } finally {
            afterCommittingByItself(connection, changes, answered);
        }
    }

    /**
     * Runs a statement of auto-commit mode as a transaction, so that it is reported before it is committed, and not if it fails.
     * The transaction is of the default kind, as the statement's own would be. Its results stay readable: they are fetched whole.
     */
    private static <T> T inTransactionOfItsOwn(LogicalConnection connection, Changes changes, Work<T> work)
            throws SQLException {
        connection.transaction().aboutToWrite(changes, connection.holdsConnection(), false);
        Connection physical = connection.borrow().connection();
        physical.setAutoCommit(false);
        T result;
        try {
            result = changing(connection, changes, work);
        } catch (SQLException | RuntimeException | Error e) {
            abandon(connection, physical, e);
            throw e;
        }
        try {
            connection.commit(() -> {
                physical.commit();
                return null;
            });
        } catch (SQLException | RuntimeException | Error e) {
            restore(physical, e);
            throw e;
        }
        physical.setAutoCommit(true);
        return result;
    }

    private static void abandon(LogicalConnection connection, Connection physical, Throwable failure) {
        try {
            connection.rollback(() -> {
                physical.rollback();
                return null;
            });
        } catch (SQLException | RuntimeException suppressed) {
            failure.addSuppressed(suppressed);
        }
        restore(physical, failure);
    }

    private static void restore(Connection physical, Throwable failure) {
        try {
            physical.setAutoCommit(true);
        } catch (SQLException | RuntimeException suppressed) {
            failure.addSuppressed(suppressed);
        }
    }

    /** Sends what may commit by itself: it is reported before, and has ended when it was answered. */
    private static <T> T committingByItself(LogicalConnection connection, Changes changes, Work<T> work)
            throws SQLException {
        TransactionScope transaction = connection.transaction();
        transaction.reportNow(changes.reported(), sessionName(connection), false);
        boolean answered = false;
        try {
            T result = work.run();
            answered = true;
            return result;
        } finally {
            afterCommittingByItself(connection, changes, answered);
        }
    }

    private static void afterCommittingByItself(LogicalConnection connection, Changes changes, boolean answered)
            throws SQLException {
        Borrowed borrowed = connection.borrow();
        if (borrowed.isInTransaction()) {
            // A text of several statements that began a transaction: what it has changed is committed later.
            connection.begunByText(true);
            connection.transaction().changed(changes);
            return;
        }
        // The driver ends a connection on which it waits for an answer no more.
        connection.transaction().endedByItself(answered || !borrowed.isBroken());
        connection.transactionEnded();
    }

    private static String sessionName(LogicalConnection connection) throws SQLException {
        return connection.borrow().sessionName();
    }
}
