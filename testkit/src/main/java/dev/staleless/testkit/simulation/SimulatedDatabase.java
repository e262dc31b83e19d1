package dev.staleless.testkit.simulation;

import dev.staleless.core.protocol.Transaction.BarrierLock;
import dev.staleless.core.protocol.Transaction.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are versions, one higher with each update of any. A row is locked from its update to the end of the transaction,
 * so versions of a row are committed in their order. What a node that crashed, or lost its connection, had sent takes effect
 * later, within a watch lease, or never.
 */
final class SimulatedDatabase {

    private static final Duration LEASE = Duration.ofSeconds(15);

    /** When an orphaned COMMIT takes effect; null for never. */
    private static final @Nullable Duration[] ORPHAN_DELAYS = {Duration.ZERO, LEASE.minusMillis(100), null};

    /** When a statement that goes on without its client ends; null for at once, without effect. */
    private static final @Nullable Duration[] STATEMENT_DELAYS = {Duration.ZERO, LEASE.multipliedBy(4), null};

    /** A database transaction. */
    static final class Session {
        final String node;
        final Map<String, Integer> writes = new HashMap<>();
        final Simulation.Gate ended = new Simulation.Gate();
        boolean sent;
        long checkedAt;
        boolean applied;

        /** Barriers on which it holds a share lock. */
        final List<SimulatedTables.Barrier> barriers = new ArrayList<>();

        /** Whether its statement commits by itself, and goes on at the server whatever becomes of the client. */
        boolean commitsByItself;

        boolean changesSchema;

        /** Whether the server goes on with it alone. */
        private boolean orphaned;

        Duration slowness = Duration.ZERO;

        /** Number among those of its node. */
        private final int number;

        Session(String node, int number) {
            this.node = node;
            this.number = number;
        }

        private long digest() {
            return Histories.mix(node.hashCode(), number);
        }
    }

    private final Simulation simulation;
    private final Map<String, Integer> committed = new HashMap<>();
    private final Map<String, NavigableMap<Long, Integer>> promised = new HashMap<>();
    private final Set<Integer> everCommitted = new HashSet<>(Set.of(0));
    private final Map<String, Session> locks = new HashMap<>();
    private final List<Session> sessions = new ArrayList<>();
    private int lastVersion;
    private boolean losesConnections;
    private boolean losing;

    /** Whether a COMMIT takes effect, and nobody is told. */
    boolean answersAreLost;
    /** Whether an update of an item updates the other of the same id too. */
    boolean cascades;

    private Duration slowness = Duration.ZERO;

    SimulatedDatabase(Simulation simulation) {
        this.simulation = simulation;
        simulation.afterCrash(this::endCrashed);
    }

    /** From now on a COMMIT may go without an answer. */
    void mayLoseConnections() {
        losesConnections = true;
    }

    /** The COMMITs to come take effect, or not, and nobody is told. */
    void loseAnswers() {
        losing = true;
    }

    /** From now on a COMMIT takes so long. */
    void slow(Duration time) {
        slowness = time;
    }

    Session begin(String node) {
        int number =
                (int) sessions.stream().filter(other -> other.node.equals(node)).count();
        Session session = new Session(node, number);
        sessions.add(session);
        return session;
    }

    /** Whether a COMMIT that was sent may still take effect. */
    boolean isUnderWay() {
        return sessions.stream().anyMatch(session -> session.sent && !session.ended.open);
    }

    boolean hasEnded(String session) {
        return sessions.get(Integer.parseInt(session)).ended.open;
    }

    String name(Session session) {
        return String.valueOf(sessions.indexOf(session));
    }

    /**
     * Locks the row; returns its new version.
     *
     * @param cascaded a row that is written too, if the schema says so
     */
    int update(Session session, String row, @Nullable String cascaded) {
        Footprint footprint = Footprint.updates("lock " + row, "versions");
        simulation.step("UPDATE " + row, footprint);
        for (Session holder = locks.get(row); holder != null && holder != session; holder = locks.get(row)) {
            simulation.await(holder.ended, Long.MAX_VALUE, footprint);
        }
        locks.put(row, session);
        lastVersion++;
        session.writes.put(row, lastVersion);
        if (cascades && cascaded != null && locks.getOrDefault(cascaded, session) == session) {
            locks.put(cascaded, session);
            session.writes.put(cascaded, lastVersion);
        }
        return lastVersion;
    }

    /** A statement that changes the schema, and commits by itself. */
    void changeSchema(Session session) {
        session.changesSchema = true;
        simulation.step("DDL sent");
        session.sent = true;
        simulation.step("DDL takes effect");
        apply(session);
        simulation.step("DDL answered");
    }

    /** The committed versions, or the session's own, as one statement sees them. */
    List<Integer> read(Session session, List<String> rows) {
        simulation.step(
                "SELECT " + rows,
                Footprint.reads(rows.stream().map(row -> "row " + row).toArray(String[]::new)));
        List<Integer> versions = new ArrayList<>();
        for (String row : rows) {
            Integer own = session.writes.get(row);
            versions.add(own != null ? own : committed.getOrDefault(row, 0));
        }
        return versions;
    }

    /**
     * A version of which a read that begins now must not be behind.
     *
     * @param others how far it may be behind what other nodes have committed
     * @param own how far it may be behind what its own node has
     */
    int promised(String row, Duration others, String node, Duration own) {
        return Math.max(promised(row, others), promised(by(row, node), own));
    }

    /** A row as far as a node has changed it. */
    static String by(String row, String node) {
        return row + " by " + node;
    }

    private int promised(String row, Duration bound) {
        NavigableMap<Long, Integer> since = promised.get(row);
        var last = since == null ? null : since.floorEntry(simulation.nanos() - bound.toNanos());
        return last == null ? 0 : last.getValue();
    }

    private void promise(Session session) {
        session.writes.forEach((row, version) -> {
            promise(row, version);
            promise(by(row, session.node), version);
        });
    }

    private void promise(String row, int version) {
        int least = Math.max(version, promised(row, Duration.ZERO));
        promised.computeIfAbsent(row, unknown -> new TreeMap<>()).put(simulation.nanos(), least);
    }

    boolean wasCommitted(int version) {
        return everCommitted.contains(version);
    }

    Outcome commit(Session session, boolean refused) {
        session.checkedAt = simulation.nanos();
        simulation.step("COMMIT sent", () -> sending(session, refused || losing || losesConnections));
        session.sent = true;
        if (refused) {
            rollback(session);
            return Outcome.ROLLED_BACK;
        }
        if (losing || losesConnections && simulation.choose(Choices.Kind.FAULT, 2) == 1) {
            simulation.note("CONNECTION LOST");
            orphan(session);
            return Outcome.UNKNOWN;
        }
        if (!slowness.isZero() || !session.slowness.isZero()) {
            simulation.sleep(slowness.plus(session.slowness));
        }
        simulation.step("COMMIT takes effect", rows(session));
        apply(session);
        if (answersAreLost) {
            simulation.note("THE ANSWER IS LOST");
            return Outcome.UNKNOWN;
        }
        simulation.step("COMMIT answered", Footprint.NONE);
        return Outcome.COMMITTED;
    }

    /** What is there, of which a node may be told: the row of a name, a version promised, or everything. */
    long digest(Predicate<String> concerned) {
        long digest = 0;
        for (Map.Entry<String, Integer> row : committed.entrySet()) {
            digest += concerned.test("row " + row.getKey())
                    ? Histories.mix(row.getKey().hashCode(), row.getValue())
                    : 0;
        }
        for (Map.Entry<String, Session> lock : locks.entrySet()) {
            if (concerned.test("lock " + lock.getKey())) {
                digest +=
                        Histories.mix(lock.getKey().hashCode(), lock.getValue().digest());
            }
        }
        for (Map.Entry<String, NavigableMap<Long, Integer>> row : promised.entrySet()) {
            if (concerned.test("promised " + row.getKey())) {
                digest += Histories.mix(-row.getKey().hashCode(), row.getValue().hashCode());
            }
        }
        digest += concerned.test("versions") ? Histories.mix(3, lastVersion) : 0;
        for (int version : everCommitted) {
            digest += concerned.test("commits") ? Histories.mix(4, version) : 0;
        }
        digest += concerned.test("answers") && losing ? Histories.mix(6, 1) : 0;
        digest += concerned.test("sessions") ? Histories.mix(5, sessionsDigest()) : 0;
        return digest;
    }

    private long sessionsDigest() {
        long digest = cascades ? 1 : 0;
        for (Session session : sessions) {
            if (!session.sent) {
                // what it holds is told by the locks
                continue;
            }
            int flags = (session.sent ? 1 : 0) + (session.applied ? 2 : 0) + (session.ended.open ? 4 : 0);
            digest += Histories.mix(session.digest(), flags);
        }
        return digest;
    }

    /** Takes a share lock on an open barrier. */
    BarrierLock lock(Session session, SimulatedTables.Rows tables, UUID id) {
        simulation.step("SELECT barrier " + id.getLeastSignificantBits() + " FOR SHARE");
        SimulatedTables.Barrier barrier = tables.barriers.get(id);
        if (barrier == null || barrier.closed) {
            return BarrierLock.CLOSED;
        }
        barrier.holders.add(session);
        session.barriers.add(barrier);
        return BarrierLock.HELD;
    }

    private static Footprint sending(Session session, boolean mayEnd) {
        Footprint sent = new Footprint(false, Set.of("answers"), Set.of("sessions"));
        return mayEnd ? sent.and(rows(session)) : sent;
    }

    private static Footprint rows(Session session) {
        Set<String> written = new HashSet<>(Set.of("commits"));
        session.writes.keySet().forEach(row -> written.addAll(List.of("row " + row, "lock " + row)));
        return session.barriers.isEmpty() ? new Footprint(false, Set.of(), written) : Footprint.ALL;
    }

    void rollback(Session session) {
        session.barriers.forEach(barrier -> barrier.holders.remove(session));
        session.ended.open = true;
        locks.values().removeIf(holder -> holder == session);
    }

    /** commit() has returned to the application. */
    void returned(Session session) {
        promise(session);
    }

    /** As {@link #returned}, as a step of its own. */
    void returns(Session session) {
        simulation.step("commit() returns", promises(session));
        promise(session);
    }

    private void apply(Session session) {
        if (session.changesSchema) {
            cascades = true;
            simulation.note("the schema is another one");
        }
        committed.putAll(session.writes);
        everCommitted.addAll(session.writes.values());
        session.applied = true;
        rollback(session);
    }

    private void endCrashed() {
        for (Session session : List.copyOf(sessions)) {
            if (!simulation.hasCrashed(session.node)) {
                continue;
            }
            if (session.applied && simulation.nanos() - session.checkedAt < LEASE.toNanos()) {
                // nobody was told, but a crash must not make anything stale either
                returned(session);
            } else if (session.orphaned) {
                // the server has it, and knows nothing of the crash
                continue;
            } else if (!session.ended.open && session.sent) {
                orphan(session);
            } else {
                rollback(session);
            }
        }
    }

    /** What the end of a node touches here. */
    Footprint ofCrash(String node) {
        Footprint footprint = Footprint.writes("sessions", "answers");
        for (Session session : sessions) {
            if (session.node.equals(node) && session.applied) {
                footprint = footprint.and(promises(session));
            } else if (session.node.equals(node) && !session.ended.open) {
                footprint = footprint.and(rows(session));
            }
        }
        return footprint;
    }

    private static Footprint promises(Session session) {
        return Footprint.writes(session.writes.keySet().stream()
                .flatMap(row -> Stream.of("promised " + row, "promised " + by(row, session.node)))
                .toArray(String[]::new));
    }

    private void orphan(Session session) {
        session.orphaned = true;
        // one that has locked a barrier may take as long as it likes
        boolean unbounded = session.commitsByItself || !session.barriers.isEmpty();
        Duration delay = (unbounded ? STATEMENT_DELAYS : ORPHAN_DELAYS)
                [simulation.choose(Choices.Kind.FREE, ORPHAN_DELAYS.length)];
        if (delay == null) {
            rollback(session);
            return;
        }
        simulation.spawn("database/orphan", null, false, () -> {
            simulation.await(new Simulation.Gate(), delay.toNanos(), Footprint.NONE);
            simulation.step(
                    "orphaned COMMIT",
                    rows(session).and(promises(session)).and(Footprint.writes("sessions", "versions")));
            if (unbounded || simulation.nanos() - session.checkedAt < LEASE.toNanos()) {
                simulation.note("takes effect");
                apply(session);
                returned(session);
            } else {
                rollback(session);
            }
        });
    }
}
