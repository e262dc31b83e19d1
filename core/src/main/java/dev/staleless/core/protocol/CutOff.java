package dev.staleless.core.protocol;

import dev.staleless.core.coordination.Barrier;
import dev.staleless.core.coordination.CoordinationException;
import dev.staleless.core.coordination.CoordinationTables.BarrierKind;
import dev.staleless.core.coordination.Coordinator;
import dev.staleless.core.coordination.Environment;
import dev.staleless.core.coordination.Latch;
import dev.staleless.core.coordination.Turn;
import dev.staleless.core.protocol.OutageSettings.WhenUnreachable;
import dev.staleless.core.protocol.Transaction.BarrierLock;
import dev.staleless.core.protocol.Transaction.DatabaseCommit;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Lets transactions commit whose changes the store does not take: none is reported, but no node serves what they change.
 *
 * <p>The node opens one barrier and waits until it is in force: from then on nobody serves. Each transaction's last statement
 * before its COMMIT takes a share lock on that barrier's row, if it is open still. Whoever closes the barrier locks the row
 * exclusively first. So it is closed after the COMMIT has taken effect, or the transaction has ended without, whatever became
 * of its node; and closing renews the epoch, so nothing that was cached before is served after it. What is filled afterwards
 * was read from the database by a node that had read a state in which the barrier is closed, and shows the change.
 *
 * <p>The lock has to be on the very barrier that this node waited for. Another one, of another node or opened again, may not
 * be in force: somebody may still be serving.
 *
 * <p>{@code current} is guarded by this; nothing waits and no call goes out under the lock. Safe for any thread.
 */
final class CutOff {

    /** How often somebody who waits looks whether the store is back. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private static final int MAX_ATTEMPTS = 4;

    /** A barrier from before it is opened. */
    private static final class Opening {
        private final Latch opened;
        private volatile @Nullable Barrier barrier;
        private volatile boolean inForce;

        Opening(Latch opened) {
            this.opened = opened;
        }
    }

    private final Coordinator coordinator;
    private final Environment environment;
    private final OutageSettings settings;
    private final Duration watchWait;
    private final StoreHealth health;
    private final AtomicInteger waiting = new AtomicInteger();
    private @Nullable Opening current;

    CutOff(
            Coordinator coordinator,
            Environment environment,
            OutageSettings settings,
            Duration watchWait,
            StoreHealth health) {
        this.coordinator = coordinator;
        this.environment = environment;
        this.settings = settings;
        this.watchWait = watchWait;
        this.health = health;
        health.onWritesBack(this::storeIsBack);
    }

    /**
     * To be called before a transaction's first write takes locks: while the store does not take writes, waits until a barrier
     * is in force, or the store is back.
     *
     * @param holdsConnection whether the caller holds a connection meanwhile
     * @throws ReportException if the write is not to be sent
     */
    void beforeWrite(boolean holdsConnection) {
        if (!health.writesLost()) {
            return;
        }
        if (settings.whenUnreachable() == WhenUnreachable.REFUSE) {
            throw refused(null);
        }
        var unused = barrier(holdsConnection);
    }

    private static ReportException refused(@Nullable StoreLostException why) {
        String message = "The store cannot be reached, and writes are refused then (whenUnreachable = refuse)";
        return why == null ? new ReportException(message) : new ReportException(message, why);
    }

    /**
     * Makes a transaction ready for its COMMIT, with nothing reported: its lock on a barrier in force is held when this
     * returns, and the node's watch is fresh.
     *
     * @param why why it cannot be reported
     * @return the turn in which the COMMIT is sent; null if the store is back, and the changes are to be reported
     * @throws ReportException if the COMMIT must not be sent
     */
    @Nullable
    Turn lock(DatabaseCommit commit, StoreLostException why) {
        if (settings.whenUnreachable() == WhenUnreachable.REFUSE) {
            throw refused(why);
        }
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Barrier barrier = barrier(true);
            if (barrier == null) {
                return null;
            }
            Turn turn = coordinator.begin(Turn.Kind.COMMIT);
            boolean locked = false;
            try {
                BarrierLock lock = commit.lock(barrier.id());
                if (lock == BarrierLock.FAILED) {
                    throw new ReportException("The lock on the barrier of a node that is cut off was refused", why);
                }
                if (lock == BarrierLock.CLOSED) {
                    replace(barrier, why);
                }
                locked = lock == BarrierLock.HELD && turn.mayCommit();
                if (locked) {
                    return turn;
                }
            } finally {
                if (!locked) {
                    turn.close();
                }
            }
            var unused = coordinator.refresh(watchWait);
        }
        throw new ReportException(
                "Barriers were closed " + MAX_ATTEMPTS + " times, while the store cannot be reached", why);
    }

    /** The transaction's snapshot is older than every barrier in force: it may be tried again as a whole. */
    static final class NewerBarrierException extends ReportException {
        private static final long serialVersionUID = 1;

        @Override
        public boolean mayBeRetried() {
            return true;
        }

        NewerBarrierException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The barrier of this node, in force; null if the store is back. */
    private @Nullable Barrier barrier(boolean holdsConnection) {
        Opening known = opening(false);
        if (known != null && known.inForce) {
            return known.barrier;
        }
        if (holdsConnection && waiting.incrementAndGet() > settings.maxWaiting()) {
            waiting.decrementAndGet();
            throw new ReportException("The store cannot be reached, and " + settings.maxWaiting()
                    + " writes wait already until no node serves any more (maxWaiting)");
        }
        try {
            return await();
        } finally {
            if (holdsConnection) {
                waiting.decrementAndGet();
            }
        }
    }

    private @Nullable Barrier await() {
        long start = environment.clock().nanos();
        Opening opening = Objects.requireNonNull(opening(true));
        while (true) {
            Duration left =
                    settings.barrierWait().minusNanos(environment.clock().nanos() - start);
            if (left.isNegative()) {
                throw new ReportException(
                        "The store cannot be reached, and it is not certain yet that no node serves any more: waited for "
                                + settings.barrierWait() + " (barrierWait)");
            }
            if (!health.writesLost()) {
                return null;
            }
            Duration look = left.compareTo(LOOK) < 0 ? left : LOOK;
            if (!opening.opened.await(look)) {
                continue;
            }
            Barrier barrier = opening.barrier;
            if (barrier == null) {
                throw new ReportException("The store cannot be reached, and no barrier could be opened");
            }
            if (coordinator.awaitBarrier(barrier, look)) {
                opening.inForce = true;
                return barrier;
            }
        }
    }

    /** The opening of this node's barrier. */
    private @Nullable Opening opening(boolean create) {
        Opening opening;
        synchronized (this) {
            if (current != null || !create) {
                return current;
            }
            opening = new Opening(environment.latch());
            current = opening;
        }
        try {
            opening.barrier = open();
        } finally {
            if (opening.barrier == null) {
                forget(opening);
            }
            opening.opened.open();
        }
        if (opening.barrier != null) {
            health.cutOff(true);
            if (!health.writesLost()) {
                // it came back in between, when there was nothing to close yet
                storeIsBack();
            }
        }
        return opening;
    }

    private @Nullable Barrier open() {
        try {
            for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
                Barrier barrier = coordinator.openBarrier(BarrierKind.CUT_OFF, null, null);
                if (barrier != null) {
                    return barrier;
                }
                if (!coordinator.refresh(watchWait)) {
                    return null;
                }
            }
            return null;
        } catch (CoordinationException e) {
            throw new ReportException("The store cannot be reached, and no barrier could be opened", e);
        }
    }

    private synchronized void forget(Opening opening) {
        if (current == opening) {
            current = null;
        }
    }

    /** Another one is opened for the next attempt, if somebody has closed this one. */
    private void replace(Barrier barrier, StoreLostException why) {
        if (isOpen(barrier)) {
            throw new NewerBarrierException(
                    "The transaction's snapshot is older than the barrier it has to lock, while the store cannot be reached",
                    why);
        }
        // once more does no harm, and this node knows it no longer then
        coordinator.closeBarrier(barrier);
        synchronized (this) {
            if (current != null && barrier.equals(current.barrier)) {
                current = null;
            }
        }
    }

    private boolean isOpen(Barrier barrier) {
        try {
            return coordinator.isOpen(barrier);
        } catch (CoordinationException e) {
            throw new ReportException("The barriers could not be read", e);
        }
    }

    /** The barrier is closed when the last COMMIT under it has ended. */
    void close() {
        storeIsBack();
    }

    private void storeIsBack() {
        Barrier barrier;
        synchronized (this) {
            barrier = current == null ? null : current.barrier;
            if (barrier == null) {
                return;
            }
            current = null;
        }
        coordinator.closeBarrier(barrier);
        health.cutOff(false);
    }
}
