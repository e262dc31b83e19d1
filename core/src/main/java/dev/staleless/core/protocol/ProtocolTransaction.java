package dev.staleless.core.protocol;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.coordination.Turn;
import dev.staleless.core.decision.Decision;
import dev.staleless.core.query.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transaction: keeps its changes, and brings them into the changelog before its COMMIT is sent.
 *
 * <p>The turn of a commit lasts from before its directory was looked at until its COMMIT was answered, or given up ({@link
 * Endings}); that of {@link #reportNow} until the transaction's end was answered, since only then it is known that the
 * statement's session does nothing more of what was reported. Marks of attempts that came to nothing are taken away with the
 * others, when the commit has ended.
 *
 * <p>Used by one thread at a time.
 */
final class ProtocolTransaction implements Transaction {

    /** How often a store may be lost and come back while one transaction is committed. */
    private static final int MAX_RETURNS = 3;

    private final Reporter reporter;
    private final Endings endings;
    private final CutOff cutOff;
    private final Listeners listeners;
    private final ChangeBuffer kept = new ChangeBuffer();
    /** What was reported before statements that commit by themselves. */
    private final List<Decided> immediate = new ArrayList<>();

    private final List<Mark> immediateMarks = new ArrayList<>();
    private long schemaVersion = ANY_SCHEMA;
    private boolean over;

    ProtocolTransaction(Reporter reporter, Endings endings, CutOff cutOff, Listeners listeners) {
        this.reporter = reporter;
        this.endings = endings;
        this.cutOff = cutOff;
        this.listeners = listeners;
    }

    @Override
    public void aboutToWrite(@Nullable Collection<TableName> tables, boolean holdsConnection) {
        requireOpen();
        if (reporter.reports(tables)) {
            cutOff.beforeWrite(holdsConnection);
        }
    }

    @Override
    public void analysedUnder(long version) {
        requireOpen();
        if (version != ANY_SCHEMA) {
            schemaVersion = schemaVersion == ANY_SCHEMA || schemaVersion == version ? version : Changes.MIXED;
        }
    }

    @Override
    public void changed(Collection<ChangeEvent> events) {
        requireOpen();
        kept.add(events);
    }

    @Override
    public void changedEverything(String why) {
        requireOpen();
        kept.addEverything(why);
    }

    @Override
    public boolean affects(Query query) {
        if (kept.everything() != null) {
            return true;
        }
        for (Decided report : immediate) {
            if (report.changes().everything() != null
                    || anyAffects(query, report.changes().events())) {
                return true;
            }
        }
        for (TableName table : query.template().tables()) {
            if (anyAffects(query, kept.events(table))) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyAffects(Query query, List<ChangeEvent> events) {
        for (ChangeEvent event : events) {
            if (Decision.decide(query, event).affected()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Object savepoint() {
        requireOpen();
        return kept.mark();
    }

    @Override
    public void rollbackTo(Object savepoint) {
        requireOpen();
        kept.backTo((Long) savepoint);
    }

    @Override
    public void reportNow(@Nullable Collection<ChangeEvent> events, String session) {
        requireOpen();
        ChangeBuffer all = new ChangeBuffer();
        all.add(kept.events());
        all.add(events == null ? List.of() : events);
        String everything = events == null ? "a statement that commits by itself" : kept.everything();
        Changes changes = new Changes(all.events(), everything, schemaVersion);
        Turn turn = reporter.report(changes, session, immediateMarks);
        immediate.add(new Decided(changes, session, turn));
        kept.clear();
    }

    @Override
    public void renewReports() {
        requireOpen();
        for (int i = 0; i < immediate.size(); i++) {
            Decided old = immediate.get(i);
            Turn turn = reporter.report(old.changes(), old.session(), immediateMarks);
            immediate.set(i, new Decided(old.changes(), old.session(), turn));
            old.turn().close();
        }
    }

    @Override
    public Outcome commit(DatabaseCommit databaseCommit) {
        requireOpen();
        Changes changes = new Changes(kept.events(), kept.everything(), schemaVersion);
        List<Decided> decided = new ArrayList<>(immediate);
        List<Mark> marks = new ArrayList<>(immediateMarks);
        Turn underBarrier = null;
        if (!changes.isEmpty() || reporter.schemaMoved(schemaVersion)) {
            underBarrier = reportOrLock(changes, databaseCommit, decided, marks);
        }
        over = true;
        Outcome outcome;
        try {
            outcome = send(databaseCommit, decided, marks);
        } finally {
            if (underBarrier != null) {
                // the lock lasts as long as the COMMIT may take effect: nothing else has to
                underBarrier.close();
            }
        }
        switch (outcome) {
            case COMMITTED -> endings.answered(decided, marks);
            case ROLLED_BACK -> endings.rolledBack(decided, immediate, marks);
            case UNKNOWN -> {} // seen to where it was found out
        }
        if (outcome == Outcome.COMMITTED && !changes.isEmpty()) {
            listeners.committed(changes.events());
        }
        return outcome;
    }

    /** @return the turn in which the COMMIT is sent if nothing was reported, but a barrier was locked; otherwise null */
    private @Nullable Turn reportOrLock(
            Changes changes, DatabaseCommit databaseCommit, List<Decided> decided, List<Mark> marks) {
        for (int attempt = 1; ; attempt++) {
            try {
                decided.add(report(changes, marks));
                return null;
            } catch (StoreLostException e) {
                Turn turn = cutOff.lock(databaseCommit, e);
                if (turn != null) {
                    return turn;
                }
                if (attempt == MAX_RETURNS) {
                    throw new ReportException(
                            "The store came back and was lost again while a transaction was reported", e);
                }
            }
        }
    }

    private Decided report(Changes changes, List<Mark> marks) {
        List<Mark> written = new ArrayList<>();
        try {
            Turn turn = reporter.report(changes, null, written);
            marks.addAll(written);
            return new Decided(changes, null, turn);
        } catch (ReportException e) {
            // the COMMIT is not sent under any of them
            endings.abandoned(written);
            throw e;
        }
    }

    private Outcome send(DatabaseCommit databaseCommit, List<Decided> decided, List<Mark> marks) {
        long sent = endings.now();
        Outcome outcome = Outcome.UNKNOWN;
        try {
            outcome = databaseCommit.run();
        } finally {
            if (outcome == Outcome.UNKNOWN) {
                endings.unknown(decided, marks, sent);
            }
        }
        return outcome;
    }

    @Override
    public void rollback() {
        requireOpen();
        over = true;
        try {
            endings.answered(immediate, immediateMarks);
        } catch (LateCommitException e) {
            listeners.failed("A statement that commits by itself was answered too late to be reported in time", e);
        }
    }

    @Override
    public void connectionLost() {
        requireOpen();
        over = true;
        if (!immediate.isEmpty()) {
            endings.unknown(immediate, immediateMarks, endings.now());
        }
    }

    private void requireOpen() {
        if (over) {
            throw new IllegalStateException("the transaction is over");
        }
    }
}
