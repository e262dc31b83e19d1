package dev.staleless.jdbc.coordination;

import dev.staleless.core.coordination.CoordinationException;
import dev.staleless.core.coordination.CoordinationTables.NodeRow;
import dev.staleless.core.coordination.Coordinator;
import dev.staleless.core.coordination.Environment;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Removes the coordination tables, of all namespaces, when no node lives.
 *
 * <p>A row that is left of a node that died is told from a living one by its beat, which has to stand still for as long as nodes
 * wait for each other. A node that stood still itself, or starts in between, finds its table gone: it can beat no more, so it serves and
 * commits nothing when its lease is over. Tables made anew have another database's id, which no key or log of before was named
 * after.
 */
public final class CoordinationRemoval {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ServiceConnections source;
    private final CoordinationSql sql;
    private final CoordinationSettings settings;
    private final Environment environment;
    private final Duration patience;

    private CoordinationRemoval(
            ServiceConnections source, CoordinationSettings settings, Environment environment, Duration patience) {
        this.source = source;
        this.settings = settings;
        this.sql = settings.dialect().sql(settings.schema(), false);
        this.environment = environment;
        this.patience = patience;
    }

    /**
     * Removes them.
     *
     * @param settings their schema and dialect; the namespace does not matter
     * @throws CoordinationException if there are none, a node lives, or the role may not: nothing was removed then
     */
    public static void run(ServiceConnections source, CoordinationSettings settings, Environment environment) {
        Duration patience = Coordinator.LEASE.multipliedBy(22).dividedBy(10);
        new CoordinationRemoval(source, settings, environment, patience).run();
    }

    /** As {@link #run}, for a test that has not the time to wait. */
    static void run(
            ServiceConnections source, CoordinationSettings settings, Environment environment, Duration patience) {
        new CoordinationRemoval(source, settings, environment, patience).run();
    }

    private void run() {
        int timeout = Math.toIntExact(settings.timeout().toMillis());
        try (ServiceConnection connection = new ServiceConnection(source, sql, timeout)) {
            if (!connection.call("looking for the tables", new CoordinationSchema(sql)::exists)) {
                throw new CoordinationException("There are no coordination tables in schema " + settings.schema());
            }
            awaitNobody(connection);
            connection.transaction("removing the tables", this::drop);
        }
    }

    private void awaitNobody(ServiceConnection connection) {
        long start = environment.clock().nanos();
        Map<UUID, Long> beats = new HashMap<>();
        List<NodeRow> first = nodes(connection);
        first.forEach(row -> beats.put(row.id(), row.beat()));
        List<NodeRow> left = first;
        while (!left.isEmpty() && environment.clock().nanos() - start < patience.toNanos()) {
            var unused = environment.latch().await(PAUSE);
            left = nodes(connection);
            for (NodeRow row : left) {
                if (!Objects.equals(beats.get(row.id()), row.beat())) {
                    throw new CoordinationException(
                            "Node " + row.id()
                                    + " lives: the coordination tables are removed when every node has been stopped, and nothing was changed");
                }
            }
        }
    }

    private List<NodeRow> nodes(ServiceConnection connection) {
        return connection.call("reading the nodes", c -> JdbcCoordinationTables.nodes(c, sql.allNodes()));
    }

    private boolean drop(Connection connection) throws java.sql.SQLException {
        for (String statement : sql.dropStatements()) {
            JdbcCoordinationTables.execute(connection, statement);
        }
        return true;
    }
}
