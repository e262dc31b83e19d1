package dev.staleless.core.protocol;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.coordination.Coordinator;
import dev.staleless.core.coordination.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Ends transactions: sees to commits that were answered late, and to those that were not answered at all. A turn is closed,
 * and its marks are taken away, when it is certain that the changes took effect and are reported, or never will take effect.
 * Safe for any thread.
 */
final class Endings {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Reporter reporter;
    private final Resolver resolver;
    private final Coordinator coordinator;
    private final Environment environment;
    private final Listeners listeners;
    private final Duration wait;
    private volatile boolean closed;

    /** @param wait how long a late commit waits, at most, until everything is a miss */
    Endings(
            Reporter reporter,
            Resolver resolver,
            Coordinator coordinator,
            Environment environment,
            Listeners listeners,
            Duration wait) {
        this.reporter = reporter;
        this.resolver = resolver;
        this.coordinator = coordinator;
        this.environment = environment;
        this.listeners = listeners;
        this.wait = wait;
    }

    /** Now, by the monotonic clock. */
    long now() {
        return environment.clock().nanos();
    }

    /** Nothing was sent under these marks, and nothing will be. */
    void abandoned(Collection<Mark> marks) {
        resolver.resolve(marks);
    }

    /**
     * The database answered, and the changes took effect. Where the watch ran out before that, other nodes may have gone on
     * without this one: what they agreed on since is read, and the changes are appended to what it asks, before this returns.
     *
     * @throws LateCommitException if that was not possible; it is tried again in the background
     */
    void answered(List<Decided> decided, List<Mark> marks) {
        List<Decided> late =
                decided.stream().filter(each -> !each.turn().mayCommit()).toList();
        if (late.isEmpty()) {
            finish(decided, marks);
            return;
        }
        Changes changes = merged(late);
        try {
            reporter.appendAgain(changes);
            finish(decided, marks);
        } catch (ReportException e) {
            // without the store, making everything a miss does as well
            if (coordinator.renewEpoch(wait)) {
                finish(decided, marks);
                return;
            }
            later(() -> appendLate(changes, decided, marks), PAUSE);
            throw new LateCommitException(
                    "A commit was answered late, and its changes could not be reported in time", e);
        }
    }

    /** The database answered that the transaction was rolled back; what had committed by itself took effect. */
    void rolledBack(List<Decided> decided, List<Decided> immediate, List<Mark> marks) {
        decided.stream()
                .filter(each -> !immediate.contains(each))
                .forEach(each -> each.turn().close());
        answered(immediate, marks);
    }

    private void appendLate(Changes changes, List<Decided> decided, List<Mark> marks) {
        try {
            reporter.appendAgain(changes);
            finish(decided, marks);
        } catch (ReportException e) {
            listeners.failed("A late commit could not be reported yet", e);
            later(() -> appendLate(changes, decided, marks), PAUSE);
        }
    }

    private void later(Runnable task, Duration delay) {
        if (!closed) {
            environment.schedule(task, delay);
        }
    }

    /** Nothing is tried again after this: what is under way keeps the node's row until the others find the node gone. */
    void close() {
        closed = true;
    }

    /**
     * The database did not answer. The changes are reported again, since the marks may count no more by now; they count as under
     * way for a watch lease and a tenth after the COMMIT was sent, are then appended once more, and end.
     *
     * @param sent when the COMMIT was sent, or a moment before
     */
    void unknown(List<Decided> decided, List<Mark> marks, long sent) {
        if (decided.isEmpty()) {
            return;
        }
        Unknown unknown = new Unknown(new ArrayList<>(decided), new ArrayList<>(marks), merged(decided), sent);
        unknown.reportAgain();
        if (!unknown.reportedAgain && now() - sent >= coordinator.lease().toNanos()) {
            // the others may have gone on without this node: what they have cached since is made a miss
            var unused = coordinator.renewEpoch(wait);
        }
        unknown.settleLater();
    }

    private void finish(List<Decided> decided, List<Mark> marks) {
        decided.forEach(each -> each.turn().close());
        resolver.resolve(marks);
    }

    private static Changes merged(List<Decided> decided) {
        ChangeBuffer all = new ChangeBuffer();
        List<ChangeEvent> events = new ArrayList<>();
        decided.forEach(each -> events.addAll(each.changes().events()));
        all.add(events);
        // what was reported was all of it, under the schema in use then; one that changed since is another
        // transaction's
        String everything = decided.stream()
                .map(each -> each.changes().everything())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        long schema = decided.get(0).changes().schemaVersion();
        boolean one = decided.stream().allMatch(each -> each.changes().schemaVersion() == schema);
        return new Changes(all.events(), everything, one ? schema : Changes.MIXED);
    }

    /** A transaction whose outcome is not known. Used by one thread at a time: the one that found out, then the background. */
    private final class Unknown {
        private final List<Decided> decided;
        private final List<Mark> marks;
        private final Changes changes;
        private final long sent;
        private boolean reportedAgain;

        Unknown(List<Decided> decided, List<Mark> marks, Changes changes, long sent) {
            this.decided = decided;
            this.marks = marks;
            this.changes = changes;
            this.sent = sent;
        }

        void reportAgain() {
            try {
                decided.add(new Decided(changes, null, reporter.report(changes, session(), marks)));
                reportedAgain = true;
            } catch (ReportException e) {
                listeners.failed("A commit of unknown outcome could not be reported again yet", e);
            }
        }

        /** One of its sessions, so that the mark outlives its node like theirs; null if there is none. */
        private @org.jspecify.annotations.Nullable String session() {
            return decided.stream()
                    .map(Decided::session)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }

        void settleLater() {
            Duration lease = coordinator.lease();
            Duration underWay = lease.plus(lease.dividedBy(10)).minus(Duration.ofNanos(now() - sent));
            boolean soon = underWay.isNegative() || underWay.isZero() || !reportedAgain;
            Endings.this.later(this::settle, soon ? PAUSE : underWay);
        }

        private void settle() {
            if (!reportedAgain) {
                reportAgain();
            }
            Duration lease = coordinator.lease();
            boolean underWay = now() - sent < lease.plus(lease.dividedBy(10)).toNanos();
            if (!reportedAgain || underWay || !sessionsEnded()) {
                settleLater();
                return;
            }
            try {
                reporter.appendAgain(changes);
                finish(decided, marks);
            } catch (ReportException e) {
                listeners.failed("A commit of unknown outcome could not be reported once more yet", e);
                settleLater();
            }
        }

        private boolean sessionsEnded() {
            for (Decided each : decided) {
                if (each.session() != null && !coordinator.sessionEnded(each.session())) {
                    return false;
                }
            }
            return true;
        }
    }
}
