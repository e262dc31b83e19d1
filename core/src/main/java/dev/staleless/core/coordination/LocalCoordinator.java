package dev.staleless.core.coordination;

import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.coordination.CoordinationTables.BarrierKind;
import dev.staleless.core.store.Store;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The coordination of a store that no other process uses: the state lives here, and this node is the only one. Nothing runs
 * out and nobody is gone, but a change still is in force only when the turns begun before it have ended: a commit decided by
 * an older directory reports nothing on a table added since.
 *
 * <p>The reading in use is replaced under the lock on this only.
 */
final class LocalCoordinator implements Coordinator, Versions {

    private static final Duration PAUSE = Duration.ofMillis(2);

    private final Environment environment;
    private final UUID database;
    private final Predicate<String> sessionEnded;
    private final Turns turns = new Turns(reading -> true);
    private final Enlister enlister;
    private final Map<UUID, BarrierKind> barriers = new HashMap<>();
    private volatile @Nullable Consumer<Reading> listener;

    LocalCoordinator(Store store, UUID database, Environment environment, Predicate<String> sessionEnded) {
        this.environment = environment;
        this.sessionEnded = sessionEnded;
        this.database = database;
        this.enlister = new Enlister(store, environment, this);
        turns.apply(new Reading(
                environment.freshId(),
                database,
                "",
                1,
                environment.freshId(),
                1,
                true,
                false,
                true,
                Directory.EMPTY,
                1));
    }

    @Override
    public UUID database() {
        return database;
    }

    @Override
    public Turn begin(Turn.Kind kind) {
        return turns.begin(kind);
    }

    @Override
    public boolean refresh(Duration timeout) {
        return true;
    }

    @Override
    public boolean isGone(Mark mark) {
        return false;
    }

    @Override
    public boolean enlist(Collection<Table> tables, Duration timeout) {
        return enlister.enlist(tables, timeout);
    }

    @Override
    public Set<TableName> takeOutUnused(Duration timeout) {
        return enlister.takeOutUnused(timeout);
    }

    @Override
    public void registriesMissing(Collection<TableName> tables) {
        enlister.missing(tables);
    }

    @Override
    public boolean renewEpoch(Duration timeout) {
        Long version;
        synchronized (this) {
            version = raise(reading(), environment.freshId(), null);
        }
        Deadline deadline = new Deadline(environment.clock(), timeout);
        return version != null && awaitInForce(version, CoordinationTables.Stage.STOPPED, deadline);
    }

    @Override
    public Duration lease() {
        return LEASE;
    }

    @Override
    public boolean sessionEnded(String session) {
        return sessionEnded.test(session);
    }

    @Override
    public void close() {
        enlister.close();
    }

    @Override
    public Reading reading() {
        return Objects.requireNonNull(turns.reading());
    }

    @Override
    public @Nullable Long raise(Reading expected, @Nullable UUID epoch, @Nullable Directory directory) {
        synchronized (this) {
            return reading().version() == expected.version() ? raise(epoch, directory, 0) : null;
        }
    }

    /** To be called under the lock. */
    private long raise(@Nullable UUID epoch, @Nullable Directory directory, int schemaChanges) {
        Reading now = reading();
        long version = now.version() + 1;
        turns.apply(new Reading(
                now.node(),
                database,
                now.incarnation(),
                version,
                epoch == null ? now.epoch() : epoch,
                now.schemaVersion() + schemaChanges,
                barriers.isEmpty(),
                barriers.containsValue(BarrierKind.DDL),
                true,
                directory == null ? now.directory() : directory,
                now.inForce()));
        environment.schedule(this::settle, Duration.ZERO);
        return version;
    }

    private void tell() {
        Consumer<Reading> told = listener;
        if (told != null) {
            told.accept(reading());
        }
    }

    @Override
    public @Nullable Barrier openBarrier(BarrierKind kind, @Nullable String session, @Nullable Barrier beside) {
        UUID id = environment.freshId();
        long version;
        synchronized (this) {
            if (beside != null && !barriers.containsKey(beside.id())) {
                return null;
            }
            barriers.put(id, kind);
            version = raise(null, null, kind == BarrierKind.DDL ? 1 : 0);
        }
        tell();
        return new Barrier(id, kind, version);
    }

    @Override
    public boolean awaitBarrier(Barrier barrier, Duration timeout) {
        return awaitInForce(barrier.version(), barrier.kind().stage(), new Deadline(environment.clock(), timeout));
    }

    @Override
    public synchronized boolean isOpen(Barrier barrier) {
        return barriers.containsKey(barrier.id());
    }

    @Override
    public void closeBarrier(Barrier barrier) {
        synchronized (this) {
            if (barriers.remove(barrier.id()) == null) {
                return;
            }
            var unused = raise(environment.freshId(), null, barrier.kind() == BarrierKind.DDL ? 1 : 0);
        }
        tell();
    }

    @Override
    public void onReading(Consumer<Reading> told) {
        listener = told;
    }

    @Override
    public boolean awaitInForce(long version, CoordinationTables.Stage stage, Deadline deadline) {
        while (true) {
            promote();
            long reached = stage == CoordinationTables.Stage.SEEN ? reading().inForce() : turns.stopped();
            if (reached >= version) {
                return true;
            }
            if (deadline.passed()) {
                return false;
            }
            var unused = environment.latch().await(deadline.remaining(PAUSE));
        }
    }

    /** Until what was raised is in force, looks again and again whether it is. */
    private void settle() {
        if (!promote()) {
            environment.schedule(this::settle, Duration.ofMillis(20));
        }
    }

    private synchronized boolean promote() {
        Reading now = reading();
        long seen = turns.seen();
        if (seen > now.inForce()) {
            turns.apply(new Reading(
                    now.node(),
                    database,
                    now.incarnation(),
                    now.version(),
                    now.epoch(),
                    now.schemaVersion(),
                    now.serving(),
                    now.reportEverything(),
                    true,
                    now.directory(),
                    seen));
        }
        return seen >= now.version();
    }
}
