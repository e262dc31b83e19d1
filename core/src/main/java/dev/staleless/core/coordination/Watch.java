package dev.staleless.core.coordination;

import dev.staleless.core.coordination.CoordinationTables.BarrierRow;
import dev.staleless.core.coordination.CoordinationTables.NodeRow;
import dev.staleless.core.coordination.CoordinationTables.State;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps this node registered, and its reading of the state fresh, round by round: register if there is no row, beat if it is
 * time, ask for the nodes' rows if somebody waits for them, read the state, use the reading, acknowledge it. Registering and
 * the first beat come before the first read; the rows come between two readings of the same incarnation, which proves that
 * they are of it.
 *
 * <p>Rounds are run by one thread at a time; {@link #isFresh} and {@link #node} may be called by any.
 */
final class Watch {

    private static final Duration BEAT = Duration.ofMillis(4_500);

    /** The node's row, and since when what was read holds; null before the first reading. */
    private record Registration(UUID node, @Nullable Moment since) {}

    /** The nodes' rows, and who was suspected, and which barriers were open, before they were asked for. */
    private record Rows(
            List<NodeRow> rows,
            Set<Neighbours.Suspect> suspected,
            List<BarrierRow> barriers,
            Moment asked,
            Moment answered) {}

    /** Is told of the open barriers, of the nodes that have a row, and of this node's id. */
    interface BarrierListener {
        void found(List<BarrierRow> barriers, Set<UUID> present, UUID self);
    }

    private final CoordinationTables tables;
    private final Environment environment;
    private final Turns turns;
    private final Neighbours neighbours;
    private final long lease;
    private final long goneAfterMillis;

    private volatile @Nullable Registration registration;
    private @Nullable UUID unsure;
    private @Nullable Moment beat;
    private @Nullable State last;
    private String directoryText = "";
    private Directory directory = Directory.EMPTY;
    private volatile long inForce;
    private volatile long stoppedInForce;
    private long acknowledgedStopped;
    private long acknowledgedSeen;
    private volatile boolean closing;
    private BarrierListener barrierListener = (barriers, present, self) -> {};

    Watch(CoordinationTables tables, Environment environment, Duration lease, Neighbours neighbours) {
        this.tables = tables;
        this.environment = environment;
        this.neighbours = neighbours;
        this.lease = lease.toNanos();
        this.goneAfterMillis = goneAfter(lease).toMillis();
        this.turns = new Turns(this::isFresh);
    }

    /** A lease to send a COMMIT, one for it to take effect, and a tenth each for the drift of clocks. */
    static Duration goneAfter(Duration lease) {
        return lease.multipliedBy(22).dividedBy(10);
    }

    /** Sets who closes the barriers that nobody else will close. */
    void onBarriers(BarrierListener listener) {
        barrierListener = listener;
    }

    Turns turns() {
        return turns;
    }

    /** Every change up to this version has been stopped serving by; 0 if that is not known of any. */
    long stoppedInForce() {
        return stoppedInForce;
    }

    boolean isFresh(Reading reading) {
        Registration current = registration;
        if (current == null || !current.node().equals(reading.node())) {
            return false;
        }
        Moment since = current.since();
        return since != null && since.atMost(now()) < lease;
    }

    /** Id of the current registering, or null. */
    @Nullable
    UUID node() {
        Registration current = registration;
        return current == null ? null : current.node();
    }

    /** Whether somebody has to wait for the nodes' rows. */
    private boolean needsRows(boolean awaited) {
        Reading reading = turns.reading();
        return awaited
                || neighbours.anySuspect()
                || reading == null
                || !reading.serving()
                || reading.inForce() < reading.version();
    }

    /**
     * One round.
     *
     * @param beatNow whether to beat, even if it is not time
     * @param awaited whether somebody waits for a version to be in force
     * @return whether the next round should follow at once, since this one changed something
     * @throws CoordinationException if it did not come to its end; what was read before holds on, for its lease
     */
    boolean round(boolean beatNow, boolean awaited) {
        UUID node = registered();
        if (beatNow || beat == null || beat.atMost(now()) >= BEAT.toNanos()) {
            node = beat(node);
        }
        Rows rows = needsRows(awaited) ? rows() : null;
        State state = tables.read();
        boolean recorded = use(node, state, rows);
        registration = new Registration(node, beat);
        return acknowledge(node) | recorded;
    }

    private UUID registered() {
        Registration current = registration;
        if (current != null) {
            return current.node();
        }
        if (unsure != null) {
            // a registering that was not answered may have left a row, for which the others would wait
            tables.unregister(unsure);
            unsure = null;
        }
        UUID node = environment.freshId();
        unsure = node;
        tables.register(node);
        unsure = null;
        registration = new Registration(node, null);
        return node;
    }

    /** Counts the beat up. A node that finds its row gone registers anew, and forgets what it has read. */
    private UUID beat(UUID current) {
        Moment sent = now();
        if (tables.beat(current)) {
            beat = sent;
            return current;
        }
        forget();
        UUID node = registered();
        Moment sentAgain = now();
        if (!tables.beat(node)) {
            forget();
            throw new CoordinationException("The node's row was gone as soon as it was registered");
        }
        beat = sentAgain;
        return node;
    }

    private void forget() {
        registration = null;
        turns.apply(null);
        beat = null;
        last = null;
        inForce = 0;
        stoppedInForce = 0;
        acknowledgedStopped = 0;
        acknowledgedSeen = 0;
        neighbours.forgetSights();
    }

    private Rows rows() {
        Set<Neighbours.Suspect> suspected = neighbours.suspected();
        Reading reading = turns.reading();
        List<BarrierRow> barriers = reading == null || reading.serving() ? List.of() : tables.openBarriers();
        Moment asked = now();
        List<NodeRow> rows = tables.nodes();
        return new Rows(rows, suspected, barriers, asked, now());
    }

    /** @return whether another incarnation was recorded, or had been by somebody else in the meantime */
    private boolean use(UUID node, State state, @Nullable Rows rows) {
        State before = last;
        boolean sameIncarnation = before != null && before.recordedIncarnation().equals(state.recordedIncarnation());
        if (sameIncarnation && before != null && state.version() < before.version()) {
            throw new CoordinationException(
                    "The state went back from version " + before.version() + " to " + state.version());
        }
        if (!sameIncarnation) {
            inForce = 0;
            stoppedInForce = 0;
            neighbours.forgetSights();
        }
        boolean live = state.recordedIncarnation().equals(state.liveIncarnation());
        boolean settled = live && state.incarnationAgeMillis() >= goneAfterMillis;
        if (rows != null && settled && sameIncarnation) {
            prove(node, state, rows);
        }
        last = state;
        apply(reading(node, state, live, settled));
        return !live
                && tables.recordIncarnation(
                        state.recordedIncarnation(), state.liveIncarnation(), environment.freshId());
    }

    /** Draws from the nodes' rows what is in force, who is gone, and whose row may be deleted. */
    private void prove(UUID node, State state, Rows rows) {
        neighbours.settle(rows.suspected(), rows.rows(), tables::sessionEnded);
        long seen = state.version();
        long stopped = state.version();
        Set<UUID> present = new HashSet<>();
        for (NodeRow row : rows.rows()) {
            seen = Math.min(seen, row.seen());
            stopped = Math.min(stopped, row.stopped());
            present.add(row.id());
        }
        if (present.contains(node)) {
            inForce = Math.max(inForce, seen);
            stoppedInForce = Math.max(stoppedInForce, stopped);
            barrierListener.found(rows.barriers(), present, node);
        }
        for (NodeRow still : neighbours.sighted(rows.rows(), node, rows.asked(), rows.answered())) {
            var unused = tables.deleteGone(still.id(), still.beat());
        }
    }

    private Reading reading(UUID node, State state, boolean live, boolean settled) {
        return new Reading(
                node,
                state.database(),
                state.recordedIncarnation(),
                state.version(),
                state.epoch(),
                state.schemaVersion(),
                live && state.barrier() == null,
                state.barrier() == CoordinationTables.BarrierKind.DDL,
                settled,
                directory(state),
                inForce);
    }

    private Directory directory(State state) {
        if (!state.directory().equals(directoryText)) {
            directory = DirectoryCodec.decode(state.directory());
            directoryText = state.directory();
        }
        return directory;
    }

    private synchronized void apply(Reading reading) {
        if (!closing && !Objects.equals(turns.reading(), reading)) {
            turns.apply(reading);
        }
    }

    private boolean acknowledge(UUID node) {
        long stopped = turns.stopped();
        long seen = turns.seen();
        if (stopped <= acknowledgedStopped && seen <= acknowledgedSeen) {
            return false;
        }
        tables.acknowledge(node, stopped, seen);
        acknowledgedStopped = stopped;
        acknowledgedSeen = seen;
        return true;
    }

    /** From now on nothing is decided by any reading; turns that go on keep theirs. */
    synchronized void stop() {
        closing = true;
        turns.apply(null);
    }

    /**
     * Leaves for good, after {@link #stop}. No round may be under way.
     *
     * @param idle whether every commit has ended: if not, the row stays until the others find this node gone
     */
    void leave(boolean idle) {
        UUID node = node();
        registration = null;
        if (idle && node != null) {
            tables.unregister(node);
        }
    }

    private Moment now() {
        return Moment.now(environment.clock());
    }
}
