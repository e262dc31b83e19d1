package dev.staleless.core.protocol;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.coordination.Coordinator;
import dev.staleless.core.coordination.Environment;
import dev.staleless.core.coordination.Reading;
import dev.staleless.core.coordination.Turn;
import dev.staleless.core.store.Store;
import dev.staleless.core.store.StoreException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Begins and appends: writes a transaction's marks, then its events, each time under ids that no other attempt has. Safe for
 * any thread.
 */
final class Reporter {

    private static final int MAX_ATTEMPTS = 4;
    private static final int MAX_STORE_FAILURES = 2;

    private final Store store;
    private final Coordinator coordinator;
    private final Environment environment;
    private final Duration watchWait;
    private final StoreHealth health;

    Reporter(Store store, Coordinator coordinator, Environment environment, Duration watchWait, StoreHealth health) {
        this.store = store;
        this.coordinator = coordinator;
        this.environment = environment;
        this.watchWait = watchWait;
        this.health = health;
    }

    /** Whether a change of one of these tables, or of anything if null, would be reported now. */
    boolean reports(@Nullable Collection<TableName> tables) {
        try (Turn turn = coordinator.begin(Turn.Kind.SERVE)) {
            Reading reading = turn.reading();
            return reading == null
                    || !reading.settled()
                    || tables == null
                    || !Collections.disjoint(reading.directory().entries().keySet(), tables);
        }
    }

    /** Whether the schema is another one now, or is being changed. Its change was in force before it had any effect. */
    boolean schemaMoved(long schemaVersion) {
        if (schemaVersion == Transaction.ANY_SCHEMA) {
            return false;
        }
        try (Turn turn = coordinator.begin(Turn.Kind.SERVE)) {
            Reading reading = turn.reading();
            return reading != null && reading.schemaVersion() != schemaVersion;
        }
    }

    /**
     * Reports before what changes is sent. When this returns the watch was fresh, and the node still had the id that the marks
     * name, after everything was acknowledged: the COMMIT is to be sent at once.
     *
     * @param session names the database session whose end ends the marks; null if the transaction's end does
     * @param written receives every mark that may have been written, also when this throws
     * @return the turn in which it was decided: to be closed when the commit has ended
     * @throws StoreLostException if the store did not take them
     * @throws ReportException if that was not possible for another reason
     */
    Turn report(Changes changes, @Nullable String session, Collection<Mark> written) {
        int storeFailures = 0;
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Turn turn = coordinator.begin(Turn.Kind.COMMIT);
            boolean reported = false;
            try {
                reported = attempt(turn, changes, session, written);
                if (reported) {
                    return turn;
                }
            } catch (StoreException e) {
                storeFailures++;
                if (storeFailures == MAX_STORE_FAILURES || health.writesLost()) {
                    throw new StoreLostException("The store did not take a transaction's changes", e);
                }
                continue;
            } catch (ReportException e) {
                throw e;
            } catch (RuntimeException e) {
                throw new ReportException("A transaction's changes could not be reported", e);
            } finally {
                if (!reported) {
                    turn.close();
                }
            }
            if (!coordinator.refresh(watchWait)) {
                throw new ReportException("The state of the coordination tables could not be read within " + watchWait);
            }
        }
        throw new ReportException(
                "The node's watch ran out " + MAX_ATTEMPTS + " times while a transaction was reported");
    }

    private boolean attempt(Turn turn, Changes changes, @Nullable String session, Collection<Mark> written) {
        Reading reading = turn.reading();
        if (reading == null || !turn.mayCommit()) {
            return false;
        }
        Report report = Report.plan(changes.in(reading), reading, session, environment);
        if (!report.isEmpty()) {
            if (health.writesLost()) {
                throw new StoreLostException("The store did not take what was written a moment ago");
            }
            written.addAll(report.marks());
            send(report.marks(), report.appends());
        }
        return turn.mayCommit();
    }

    private void send(List<Mark> marks, List<Store.Append> appends) {
        try {
            store.report(marks, appends);
        } catch (StoreException e) {
            health.writeFailed(e, appends);
            throw e;
        }
    }

    /**
     * Appends after the commit: what was cached before it took effect was so by a directory that a reading asked now has, so it
     * is enough that this reading's logs receive the events. No mark is needed: whoever fills from now on reads the change.
     *
     * @throws ReportException if that was not possible
     */
    void appendAgain(Changes changes) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            if (!coordinator.refresh(watchWait)) {
                throw new ReportException("The state of the coordination tables could not be read within " + watchWait);
            }
            try (Turn turn = coordinator.begin(Turn.Kind.COMMIT)) {
                Reading reading = turn.reading();
                if (reading != null && turn.mayCommit()) {
                    Report report = Report.plan(changes.in(reading), reading, null, environment);
                    if (!report.isEmpty()) {
                        send(List.of(), report.appends());
                    }
                    return;
                }
            } catch (StoreException e) {
                if (attempt + 1 >= MAX_STORE_FAILURES) {
                    throw new ReportException("The store did not take a committed transaction's changes", e);
                }
            }
        }
        throw new ReportException(
                "The node's watch ran out " + MAX_ATTEMPTS + " times while a commit was reported again");
    }
}
