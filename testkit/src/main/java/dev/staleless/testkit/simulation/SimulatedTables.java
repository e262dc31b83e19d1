package dev.staleless.testkit.simulation;

import dev.staleless.core.coordination.CoordinationException;
import dev.staleless.core.coordination.CoordinationTables;
import dev.staleless.core.coordination.Directory;
import dev.staleless.core.coordination.DirectoryCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A node's service connections to the coordination tables, which all nodes share. */
class SimulatedTables implements CoordinationTables {

    /** A barrier's row, with the transactions that hold a share lock on it. */
    static final class Barrier {
        final BarrierRow row;
        final Set<Object> holders = new HashSet<>();
        boolean closed;

        Barrier(BarrierRow row) {
            this.row = row;
        }
    }

    /** The rows. */
    static final class Rows {
        final UUID database;
        long version = 1;
        UUID epoch;
        String recorded = "first";
        String live = "first";
        long recordedAt = Long.MIN_VALUE / 2;

        long schemaVersion = 1;

        final Map<UUID, Barrier> barriers = new LinkedHashMap<>();

        Predicate<String> sessionEnded = session -> false;

        /** Whether every statement fails. */
        boolean unreachable;

        String directory = DirectoryCodec.encode(Directory.EMPTY);
        final Map<UUID, NodeRow> nodes = new LinkedHashMap<>();

        Rows(Simulation simulation) {
            database = new UUID(0, simulation.nextId());
            epoch = new UUID(0, simulation.nextId());
        }

        /** The greatest kind of the open barriers. */
        @Nullable
        BarrierKind open() {
            return barriers.values().stream()
                    .filter(barrier -> !barrier.closed)
                    .map(barrier -> barrier.row.kind())
                    .max(Comparator.naturalOrder())
                    .orElse(null);
        }

        long digest() {
            long digest = Histories.mix(version, epoch.getLeastSignificantBits());
            digest = Histories.mix(digest, epoch.getMostSignificantBits());
            digest = Histories.mix(digest, Objects.hash(recorded, live, recordedAt, directory, unreachable));
            digest = Histories.mix(digest, schemaVersion);
            for (NodeRow row : nodes.values()) {
                long node = Histories.mix(
                        row.id().getMostSignificantBits(), row.id().getLeastSignificantBits());
                digest += Histories.mix(Histories.mix(node, row.beat()), Histories.mix(row.stopped(), row.seen()));
            }
            for (Barrier barrier : barriers.values()) {
                digest += Histories.mix(barrier.row.hashCode(), barrier.closed ? 1 : 2 + barrier.holders.size());
            }
            return digest;
        }

        /** Opens a barrier by hand. */
        void open(BarrierRow row) {
            barriers.put(row.id(), new Barrier(row));
        }
    }

    final Simulation simulation;
    final Rows rows;
    /** How long the answer to the next beat of this node takes, after which nothing arrives any more; null for none of that. */
    @Nullable
    Duration lastAnswerTakes;

    private boolean silent;

    SimulatedTables(Simulation simulation, Rows rows) {
        this.simulation = simulation;
        this.rows = rows;
    }

    SimulatedTables(SimulatedTables other) {
        this(other.simulation, other.rows);
    }

    private void step(String what) {
        simulation.step(what, Footprint.updates("tables"));
        if (rows.unreachable || silent) {
            throw new CoordinationException("unreachable");
        }
    }

    @Override
    public void register(UUID node) {
        step("INSERT node: reads the version");
        long version = rows.version;
        step("INSERT node " + node.getLeastSignificantBits() + ": commits");
        rows.nodes.put(node, new NodeRow(node, 0, version, version));
    }

    @Override
    public void unregister(UUID node) {
        step("DELETE node");
        rows.nodes.remove(node);
    }

    @Override
    public boolean beat(UUID node) {
        step("beat");
        NodeRow row = rows.nodes.get(node);
        if (row == null) {
            return false;
        }
        rows.nodes.put(node, new NodeRow(node, row.beat() + 1, row.stopped(), row.seen()));
        answer();
        return true;
    }

    private void answer() {
        if (lastAnswerTakes != null) {
            silent = true;
            simulation.sleep(lastAnswerTakes);
        }
    }

    @Override
    public State read() {
        step("read state");
        long age = (simulation.nanos() - rows.recordedAt) / 1_000_000;
        return new State(
                rows.database,
                rows.version,
                rows.epoch,
                rows.schemaVersion,
                rows.recorded,
                age,
                rows.live,
                rows.open(),
                rows.directory);
    }

    @Override
    public List<NodeRow> nodes() {
        step("read nodes");
        return new ArrayList<>(rows.nodes.values());
    }

    @Override
    public void acknowledge(UUID node, long stopped, long seen) {
        step("acknowledge " + stopped + ", " + seen);
        NodeRow row = rows.nodes.get(node);
        if (row != null) {
            rows.nodes.put(
                    node, new NodeRow(node, row.beat(), Math.max(row.stopped(), stopped), Math.max(row.seen(), seen)));
        }
    }

    @Override
    public int behind(Stage stage, long version) {
        step("count nodes");
        return (int) rows.nodes.values().stream()
                .filter(row -> (stage == Stage.SEEN ? row.seen() : row.stopped()) < version)
                .count();
    }

    @Override
    public @Nullable Long raise(
            String incarnation, @Nullable Long expectedVersion, @Nullable UUID epoch, @Nullable String directory) {
        step("raise");
        boolean expected = expectedVersion == null || expectedVersion == rows.version;
        if (!expected || !rows.recorded.equals(incarnation) || !rows.live.equals(incarnation)) {
            return null;
        }
        rows.version++;
        rows.epoch = epoch == null ? rows.epoch : epoch;
        rows.directory = directory == null ? rows.directory : directory;
        return rows.version;
    }

    @Override
    public @Nullable Long openBarrier(
            UUID barrier,
            UUID node,
            BarrierKind kind,
            String incarnation,
            @Nullable String session,
            @Nullable UUID beside) {
        step("open barrier " + barrier.getLeastSignificantBits());
        Barrier other = beside == null ? null : rows.barriers.get(beside);
        if (!rows.recorded.equals(incarnation)
                || !rows.live.equals(incarnation)
                || beside != null && (other == null || other.closed)) {
            return null;
        }
        rows.version++;
        rows.schemaVersion += kind == BarrierKind.DDL ? 1 : 0;
        rows.open(new BarrierRow(barrier, node, kind, rows.version, session));
        return rows.version;
    }

    @Override
    public List<BarrierRow> openBarriers() {
        step("read barriers");
        return rows.barriers.values().stream()
                .filter(barrier -> !barrier.closed)
                .map(barrier -> barrier.row)
                .toList();
    }

    @Override
    public boolean closeBarrier(UUID barrier, BarrierKind kind, String incarnation, UUID epoch) {
        step("close barrier " + barrier.getLeastSignificantBits());
        Barrier found = rows.barriers.get(barrier);
        if (found == null || found.closed) {
            return true;
        }
        if (!mayClose(found)) {
            throw new CoordinationException("the barrier is locked");
        }
        if (!rows.recorded.equals(incarnation) || !rows.live.equals(incarnation)) {
            return false;
        }
        found.closed = true;
        rows.version++;
        rows.schemaVersion += kind == BarrierKind.DDL ? 1 : 0;
        rows.epoch = epoch;
        return true;
    }

    /** Whether nobody holds a share lock on it. */
    boolean mayClose(Barrier barrier) {
        return barrier.holders.isEmpty();
    }

    @Override
    public boolean deleteGone(UUID node, long beat) {
        step("DELETE gone node " + node.getLeastSignificantBits());
        NodeRow row = rows.nodes.get(node);
        return row != null && row.beat() == beat && rows.nodes.remove(node, row);
    }

    @Override
    public boolean recordIncarnation(String recorded, String live, UUID epoch) {
        step("record incarnation");
        if (!rows.recorded.equals(recorded) || !rows.live.equals(live)) {
            return false;
        }
        rows.recorded = live;
        rows.recordedAt = simulation.nanos();
        rows.epoch = epoch;
        rows.version += 1L << 32;
        return true;
    }

    @Override
    public boolean sessionEnded(String session) {
        simulation.step("session ended?");
        return rows.sessionEnded.test(session);
    }

    @Override
    public void close() {}
}
