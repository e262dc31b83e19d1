package dev.staleless.core.coordination;

import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.coordination.CoordinationTables.BarrierKind;
import dev.staleless.core.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The coordination of a shared store, over the coordination tables. A thread of its own runs the {@link Watch}, a round each
 * second, and at once when somebody asks for one or waits for a version to be in force.
 *
 * <p>Requests are queued, and answered by the round that begins after them. Nothing waits under a lock.
 */
final class TableCoordinator implements Coordinator, Versions {

    private static final Logger LOG = LoggerFactory.getLogger(TableCoordinator.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration AWAITED_PERIOD = Duration.ofMillis(50);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);
    private static final long LOG_INTERVAL = Duration.ofSeconds(30).toNanos();

    /** Somebody who wants a beat and a reading that begin from now on. */
    private static final class Request {
        private final Latch answered;
        private volatile boolean succeeded;

        Request(Latch answered) {
            this.answered = answered;
        }
    }

    private final CoordinationTables tables;
    private final Environment environment;
    private final Duration lease;
    private final Neighbours neighbours;
    private final Watch watch;
    private final Enlister enlister;
    private final Barriers barriers;
    private final UUID database;
    private final ConcurrentLinkedQueue<Request> requests = new ConcurrentLinkedQueue<>();
    private final AtomicInteger awaiting = new AtomicInteger();
    private final AtomicReference<Latch> wake;
    private final AtomicReference<Latch> roundEnd;
    private final Latch ended;
    private @Nullable Long loggedAt;
    private volatile @Nullable Consumer<Reading> listener;
    private volatile boolean closed;

    private TableCoordinator(
            CoordinationTables tables,
            Store store,
            Environment environment,
            Duration lease,
            Neighbours neighbours,
            Watch watch) {
        this.tables = tables;
        this.environment = environment;
        this.lease = lease;
        this.neighbours = neighbours;
        this.watch = watch;
        enlister = new Enlister(store, environment, this);
        barriers = new Barriers(tables, environment, this::reading, this::poke);
        watch.onBarriers(barriers::found);
        wake = new AtomicReference<>(environment.latch());
        roundEnd = new AtomicReference<>(environment.latch());
        ended = environment.latch();
        Reading reading = reading();
        if (reading == null) {
            throw new IllegalStateException("no reading after the first round");
        }
        database = reading.database();
    }

    /** Registers, reads, and starts the watch. */
    static TableCoordinator start(CoordinationTables tables, Store store, Environment environment, Duration lease) {
        Neighbours neighbours = new Neighbours(environment.clock(), Watch.goneAfter(lease));
        Watch watch = new Watch(tables, environment, lease, neighbours);
        watch.round(true, false);
        TableCoordinator coordinator = new TableCoordinator(tables, store, environment, lease, neighbours, watch);
        environment.start("staleless-watch", coordinator::run);
        return coordinator;
    }

    private void run() {
        while (!closed) {
            Latch poked = environment.latch();
            wake.set(poked);
            boolean again = round();
            if (!again && !closed && requests.isEmpty()) {
                var unused = poked.await(awaiting.get() > 0 ? AWAITED_PERIOD : PERIOD);
                // an interrupt means nothing to this thread, and would keep it from waiting
                var unusedToo = Thread.interrupted();
            }
        }
        answer(drain(), false);
        ended.open();
    }

    private boolean round() {
        List<Request> asked = drain();
        boolean again = false;
        boolean succeeded = false;
        try {
            Reading before = reading();
            again = watch.round(!asked.isEmpty(), awaiting.get() > 0);
            Reading now = reading();
            if (now != null && !now.equals(before)) {
                enlister.applied(now);
                Consumer<Reading> told = listener;
                if (told != null) {
                    told.accept(now);
                }
            }
            succeeded = true;
        } catch (RuntimeException e) {
            log(e);
        } finally {
            answer(asked, succeeded);
            roundEnd.getAndSet(environment.latch()).open();
        }
        return again;
    }

    private List<Request> drain() {
        List<Request> asked = new ArrayList<>();
        for (Request request = requests.poll(); request != null; request = requests.poll()) {
            asked.add(request);
        }
        return asked;
    }

    private static void answer(List<Request> asked, boolean succeeded) {
        for (Request request : asked) {
            request.succeeded = succeeded;
            request.answered.open();
        }
    }

    private void log(RuntimeException failure) {
        long now = environment.clock().nanos();
        if (loggedAt == null || now - loggedAt >= LOG_INTERVAL) {
            loggedAt = now;
            LOG.warn(
                    "The state of the coordination tables could not be read; nothing is served when the lease runs out",
                    failure);
        }
    }

    @Override
    public UUID database() {
        return database;
    }

    @Override
    public Turn begin(Turn.Kind kind) {
        return watch.turns().begin(kind);
    }

    @Override
    public boolean refresh(Duration timeout) {
        if (closed) {
            return false;
        }
        Request request = new Request(environment.latch());
        requests.add(request);
        wake.get().open();
        return request.answered.await(timeout) && request.succeeded;
    }

    @Override
    public boolean isGone(Mark mark) {
        return !mark.node().equals(watch.node()) && neighbours.isGone(mark);
    }

    @Override
    public boolean enlist(Collection<Table> added, Duration timeout) {
        return enlister.enlist(added, timeout);
    }

    @Override
    public Set<TableName> takeOutUnused(Duration timeout) {
        return enlister.takeOutUnused(timeout);
    }

    @Override
    public void registriesMissing(Collection<TableName> missing) {
        enlister.missing(missing);
    }

    @Override
    public boolean renewEpoch(Duration timeout) {
        Deadline deadline = new Deadline(environment.clock(), timeout);
        UUID epoch = environment.freshId();
        while (!deadline.passed()) {
            try {
                Reading reading = reading();
                Long version = reading == null ? null : raise(reading, epoch, null);
                if (version != null) {
                    return awaitInForce(version, CoordinationTables.Stage.STOPPED, deadline);
                }
            } catch (CoordinationException e) {
                LOG.warn("The epoch could not be renewed", e);
                return false;
            }
            if (!refresh(deadline.remaining())) {
                return false;
            }
        }
        return false;
    }

    /** Lets a round begin soon, which nobody waits for. */
    private void poke() {
        requests.add(new Request(environment.latch()));
        wake.get().open();
    }

    @Override
    public @Nullable Barrier openBarrier(BarrierKind kind, @Nullable String session, @Nullable Barrier beside) {
        return barriers.open(kind, session, beside);
    }

    @Override
    public boolean awaitBarrier(Barrier barrier, Duration timeout) {
        return awaitInForce(barrier.version(), barrier.kind().stage(), new Deadline(environment.clock(), timeout));
    }

    @Override
    public boolean isOpen(Barrier barrier) {
        return tables.openBarriers().stream().anyMatch(row -> row.id().equals(barrier.id()));
    }

    @Override
    public void closeBarrier(Barrier barrier) {
        barriers.close(barrier);
    }

    @Override
    public void onReading(Consumer<Reading> told) {
        listener = told;
    }

    @Override
    public @Nullable Reading reading() {
        return watch.turns().reading();
    }

    @Override
    public @Nullable Long raise(Reading expected, @Nullable UUID epoch, @Nullable Directory directory) {
        String incarnation = expected.incarnation();
        String text = directory == null ? null : DirectoryCodec.encode(directory);
        return tables.raise(incarnation, expected.version(), epoch, text);
    }

    @Override
    public boolean awaitInForce(long version, CoordinationTables.Stage stage, Deadline deadline) {
        awaiting.incrementAndGet();
        wake.get().open();
        try {
            while (true) {
                Latch round = roundEnd.get();
                if (inForce(version, stage)) {
                    return true;
                }
                if (deadline.passed() || closed) {
                    return false;
                }
                var unused = round.await(deadline.remaining());
            }
        } finally {
            awaiting.decrementAndGet();
        }
    }

    private boolean inForce(long version, CoordinationTables.Stage stage) {
        Reading reading = reading();
        return reading != null
                && (stage == CoordinationTables.Stage.SEEN ? reading.inForce() : watch.stoppedInForce()) >= version;
    }

    @Override
    public Duration lease() {
        return lease;
    }

    @Override
    public boolean sessionEnded(String session) {
        try {
            return tables.sessionEnded(session);
        } catch (CoordinationException e) {
            LOG.warn("It could not be found out whether session {} has ended", session, e);
            return false;
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        enlister.close();
        barriers.stop();
        watch.stop();
        Deadline deadline = new Deadline(environment.clock(), CLOSE_WAIT);
        while (!watch.turns().idle() && !deadline.passed()) {
            var unused = environment.latch().await(deadline.remaining(Duration.ofMillis(10)));
        }
        boolean idle = watch.turns().idle();
        closed = true;
        wake.get().open();
        if (!ended.await(CLOSE_WAIT)) {
            LOG.warn("The watch is still waiting for the database; this node's row is left to be found gone");
            return;
        }
        try {
            watch.leave(idle);
        } catch (CoordinationException e) {
            LOG.warn("This node's row could not be deleted; it is left to be found gone", e);
        }
    }
}
