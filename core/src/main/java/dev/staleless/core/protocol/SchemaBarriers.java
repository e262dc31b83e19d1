package dev.staleless.core.protocol;

import dev.staleless.core.coordination.Barrier;
import dev.staleless.core.coordination.CoordinationException;
import dev.staleless.core.coordination.CoordinationTables.BarrierKind;
import dev.staleless.core.coordination.Coordinator;
import dev.staleless.core.coordination.Environment;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Opens a barrier before the schema is changed, and closes it when that has ended.
 *
 * <p>Each database session that changes the schema has a barrier of its own, which names it: should this node be gone, the
 * others close it only when the session has ended. The first is waited for until it is in force. One that is opened while
 * another of this node is in force and still open is so at once: no node has seen a state without an open barrier since.
 *
 * <p>A migration is many statements, often each in a transaction of its own. So a barrier is kept for a little while after its
 * last use.
 *
 * <p>{@code held} is guarded by this; nothing waits and no call goes out under the lock. Safe for any thread.
 */
final class SchemaBarriers {

    private static final Duration LINGER = Duration.ofMillis(300);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MAX_ATTEMPTS = 4;

    /** A barrier in force, and how many changes rely on it. */
    private static final class Held {
        private final Barrier barrier;
        private int users = 1;
        private long uses = 1;

        Held(Barrier barrier) {
            this.barrier = barrier;
        }
    }

    private final Coordinator coordinator;
    private final Environment environment;
    private final Duration wait;
    private final Duration watchWait;
    private final Map<String, Held> held = new HashMap<>();
    private volatile boolean closed;

    /** @param wait how long a change of the schema waits, at most, until its barrier is in force */
    SchemaBarriers(Coordinator coordinator, Environment environment, Duration wait, Duration watchWait) {
        this.coordinator = coordinator;
        this.environment = environment;
        this.wait = wait;
        this.watchWait = watchWait;
    }

    /**
     * Waits until the schema may be changed.
     *
     * @param name of what changes it: a session, or anything unique
     * @param session the name again if it is that of a session; null if nothing at the database has to have ended
     * @param own the transaction that will change it; null for none
     * @throws ReportException if that is not certain in time: nothing must be sent
     */
    SchemaChange begin(String name, @Nullable String session, @Nullable Transaction own) {
        if (!reuse(name)) {
            Barrier barrier = open(session, own);
            synchronized (this) {
                held.put(name, new Held(barrier));
            }
        }
        AtomicBoolean over = new AtomicBoolean();
        return answered -> {
            if (over.compareAndSet(false, true)) {
                ended(name, session, answered);
            }
        };
    }

    private synchronized boolean reuse(String name) {
        Held known = held.get(name);
        if (known == null) {
            return false;
        }
        known.users++;
        known.uses++;
        return true;
    }

    private synchronized @Nullable Barrier anyInForce() {
        return held.values().stream().map(each -> each.barrier).findFirst().orElse(null);
    }

    private Barrier open(@Nullable String session, @Nullable Transaction own) {
        try {
            Barrier beside = anyInForce();
            Barrier barrier = beside == null ? null : coordinator.openBarrier(BarrierKind.DDL, session, beside);
            return barrier == null ? openAlone(session, own) : barrier;
        } catch (CoordinationException e) {
            throw new ReportException("No barrier could be opened for a change of the schema", e);
        }
    }

    private Barrier openAlone(@Nullable String session, @Nullable Transaction own) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Barrier barrier = coordinator.openBarrier(BarrierKind.DDL, session, null);
            if (barrier == null) {
                var unused = coordinator.refresh(watchWait);
            } else if (inForce(barrier, own)) {
                return barrier;
            } else {
                throw new ReportException(
                        "A change of the schema waited for " + wait
                                + " (barrierWait) until every node had ended what it had begun by the old one: a node or a COMMIT hangs");
            }
        }
        throw new ReportException("No barrier could be opened for a change of the schema");
    }

    private boolean inForce(Barrier barrier, @Nullable Transaction own) {
        boolean inForce = false;
        try {
            if (own != null && coordinator.refresh(watchWait)) {
                own.renewReports();
            }
            inForce = coordinator.awaitBarrier(barrier, wait);
            return inForce;
        } finally {
            if (!inForce) {
                coordinator.closeBarrier(barrier);
            }
        }
    }

    private void ended(String name, @Nullable String session, boolean answered) {
        if (!answered && session != null) {
            later(name, session);
            return;
        }
        Held left;
        long uses;
        synchronized (this) {
            left = held.get(name);
            if (left == null || --left.users > 0) {
                return;
            }
            uses = left.uses;
        }
        Held idle = left;
        environment.schedule(() -> closeIfIdle(name, idle, uses), LINGER);
    }

    private void later(String name, String session) {
        if (closed) {
            return;
        }
        environment.schedule(
                () -> {
                    if (coordinator.sessionEnded(session)) {
                        ended(name, session, true);
                    } else {
                        later(name, session);
                    }
                },
                PAUSE);
    }

    private void closeIfIdle(String name, Held idle, long uses) {
        synchronized (this) {
            if (idle.users > 0 || idle.uses != uses || !held.remove(name, idle)) {
                return;
            }
        }
        coordinator.closeBarrier(idle.barrier);
    }

    /** What is open stays so, until the others find this node gone; what nobody relies on any more is closed. */
    void close() {
        closed = true;
        Map<String, Held> left;
        synchronized (this) {
            left = new HashMap<>(held);
        }
        left.forEach((name, each) -> closeIfIdle(name, each, each.uses));
    }
}
