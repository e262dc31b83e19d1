package dev.staleless.core.coordination;

import dev.staleless.core.coordination.CoordinationTables.BarrierKind;
import dev.staleless.core.coordination.CoordinationTables.BarrierRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens this node's barriers, and closes them, and those whose opener is gone.
 *
 * <p>Closing waits for whoever holds a share lock on the barrier's row, and is tried again until it has succeeded: an open
 * barrier keeps every node from serving. It is safe for anybody to close a barrier of cut-off writers, since each of their
 * commits holds that lock until it has taken effect; one of DDL may be closed by others only when the session that it names
 * has ended.
 *
 * <p>Safe for any thread; no call goes out under a lock.
 */
final class Barriers {

    private static final Logger LOG = LoggerFactory.getLogger(Barriers.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final CoordinationTables tables;
    private final Environment environment;
    private final Supplier<@Nullable Reading> reading;
    private final Runnable closedOne;
    /** Those this node has opened, or may have, and will close itself. */
    private final Set<UUID> own = ConcurrentHashMap.newKeySet();
    /** Those that are being closed. */
    private final Map<UUID, BarrierKind> closing = new ConcurrentHashMap<>();

    private volatile boolean stopped;

    /**
     * @param reading the reading in use
     * @param closedOne called after a barrier was closed, so that this node soon reads that
     */
    Barriers(
            CoordinationTables tables,
            Environment environment,
            Supplier<@Nullable Reading> reading,
            Runnable closedOne) {
        this.tables = tables;
        this.environment = environment;
        this.reading = reading;
        this.closedOne = closedOne;
    }

    /** @return null if there is no reading, or a condition of {@link CoordinationTables#openBarrier} did not hold */
    @Nullable
    Barrier open(BarrierKind kind, @Nullable String session, @Nullable Barrier beside) {
        Reading now = reading.get();
        if (now == null || stopped) {
            return null;
        }
        UUID id = environment.freshId();
        own.add(id);
        Long version = null;
        try {
            UUID other = beside == null ? null : beside.id();
            version = tables.openBarrier(id, now.node(), kind, now.incarnation(), session, other);
        } finally {
            if (version == null) {
                // if it was opened nevertheless, the watch will find that nobody knows it
                own.remove(id);
            }
        }
        return version == null ? null : new Barrier(id, kind, version);
    }

    /** Closes a barrier of this node, in the background. */
    void close(Barrier barrier) {
        close(barrier.id(), barrier.kind());
    }

    /**
     * Closes those of these barriers that nobody else will close.
     *
     * @param rows asked for before {@code present}
     * @param present the nodes that have a row: a node's row is there before its first barrier
     * @param self this node's id
     */
    void found(List<BarrierRow> rows, Set<UUID> present, UUID self) {
        for (BarrierRow row : rows) {
            boolean abandoned = row.node().equals(self) || !present.contains(row.node());
            if (abandoned && !own.contains(row.id()) && !closing.containsKey(row.id()) && ended(row.session())) {
                LOG.info("A barrier ({}) whose opener is gone is being closed: {}", row.kind(), row.id());
                close(row.id(), row.kind());
            }
        }
    }

    private boolean ended(@Nullable String session) {
        return session == null || tables.sessionEnded(session);
    }

    private void close(UUID id, BarrierKind kind) {
        if (closing.putIfAbsent(id, kind) == null) {
            environment.schedule(() -> attempt(id, kind), Duration.ZERO);
        }
    }

    private void attempt(UUID id, BarrierKind kind) {
        if (stopped || tryToClose(id, kind)) {
            return;
        }
        environment.schedule(() -> attempt(id, kind), PAUSE);
    }

    private boolean tryToClose(UUID id, BarrierKind kind) {
        Reading now = reading.get();
        try {
            if (now != null && tables.closeBarrier(id, kind, now.incarnation(), environment.freshId())) {
                own.remove(id);
                closing.remove(id);
                closedOne.run();
                return true;
            }
        } catch (CoordinationException e) {
            LOG.debug("A barrier could not be closed yet: {}", id, e);
        }
        return false;
    }

    /** What is being closed is tried once more; what is open then stays so, until the others find this node gone. */
    void stop() {
        stopped = true;
        for (Map.Entry<UUID, BarrierKind> each : closing.entrySet()) {
            var unused = tryToClose(each.getKey(), each.getValue());
        }
    }
}
