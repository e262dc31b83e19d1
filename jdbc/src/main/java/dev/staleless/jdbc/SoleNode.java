package dev.staleless.jdbc;

import dev.staleless.core.coordination.CoordinationTables.NodeRow;
import dev.staleless.core.coordination.Coordinator;
import dev.staleless.core.coordination.Environment;
import dev.staleless.jdbc.coordination.JdbcCoordinationTables;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until no node stands in the way of one that must not be registered beside it. A node whose beat goes on is a reason
 * not to start; one whose beat has not changed for 2.2 watch leases is gone, as the protocol has it, and its row is removed.
 */
final class SoleNode {

    private static final Logger LOG = LoggerFactory.getLogger(SoleNode.class);
    private static final Duration GONE = Coordinator.LEASE.multipliedBy(22).dividedBy(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final JdbcCoordinationTables tables;
    private final Environment environment;
    private final Map<UUID, Sight> sights = new HashMap<>();

    /** What was first seen of a node, and when. */
    private record Sight(long beat, long nanos, long millis) {}

    SoleNode(JdbcCoordinationTables tables, Environment environment) {
        this.tables = tables;
        this.environment = environment;
    }

    void await() {
        List<NodeRow> rivals = tables.rivals();
        if (!rivals.isEmpty()) {
            LOG.info("Waiting up to {} s to see whether nodes {} are gone", GONE.toSeconds(), rivals);
        }
        while (!rivals.isEmpty()) {
            rivals.forEach(this::look);
            var unused = environment.latch().await(PAUSE);
            rivals = tables.rivals();
        }
    }

    private void look(NodeRow node) {
        long nanos = environment.clock().nanos();
        long millis = environment.clock().millis();
        Sight first = sights.computeIfAbsent(node.id(), id -> new Sight(node.beat(), nanos, millis));
        if (first.beat() != node.beat()) {
            throw new StalelessStartException(
                    "Node " + node.id() + " is running in this namespace, and one of the two keeps its"
                            + " results in its own process, where it does not hear of the other's writes: use a shared store for both, or stop"
                            + " that node");
        }
        // Sights are taken throughout, one a second; the clock that says less counts, so that neither can hurry it.
        boolean byNanos = nanos - first.nanos() >= GONE.toNanos();
        boolean byMillis = millis - first.millis() >= GONE.toMillis();
        if (byNanos && byMillis) {
            boolean removed = tables.deleteGone(node.id(), node.beat());
            LOG.info("Node {} is gone{}", node.id(), removed ? "" : ", or has come back");
        }
    }
}
