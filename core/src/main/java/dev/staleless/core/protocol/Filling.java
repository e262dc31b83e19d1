package dev.staleless.core.protocol;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.changelog.Registry;
import dev.staleless.core.coordination.Coordinator;
import dev.staleless.core.coordination.Environment;
import dev.staleless.core.coordination.Reading;
import dev.staleless.core.coordination.Turn;
import dev.staleless.core.store.Store;
import dev.staleless.core.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Begins fills, for threads that lead the flight of their key on this node. Among the nodes one of them fills, as far as the
 * store's claims tell: the leaders of the others look again until its entry is there.
 *
 * <p>A claim spares work and is never relied on. A leader that waits is served by nothing but the check of the entry, in a turn of
 * its own each time it looks, and holds no turn in between; it fills itself when the claim has passed to another, or the time
 * is over. So whoever holds a claim and dies, or publishes nothing, holds the others up for that time at most. The heads of a
 * fill are those that came with the claim, or were asked for after it: before the registries in any case.
 */
final class Filling {

    private static final int LONGEST_PAUSE = 50;

    private final Store store;
    private final Coordinator coordinator;
    private final Environment environment;
    private final Listeners listeners;
    private final Duration wait;
    private final EntryCheck entryCheck;
    private final InFlightCheck inFlightCheck;
    private final LastRight lastRight;

    Filling(
            Store store,
            Coordinator coordinator,
            Environment environment,
            Listeners listeners,
            Duration wait,
            EntryCheck entryCheck,
            InFlightCheck inFlightCheck,
            LastRight lastRight) {
        this.store = store;
        this.coordinator = coordinator;
        this.environment = environment;
        this.listeners = listeners;
        this.wait = wait;
        this.entryCheck = entryCheck;
        this.inFlightCheck = inFlightCheck;
        this.lastRight = lastRight;
    }

    /**
     * An entry that another node fills.
     *
     * @param flight of this node, whose followers wait too
     * @param id under which this node would claim it
     * @param holder whose claim stood; null before it was asked for
     */
    record Claimed(Flights.Flight flight, UUID id, @Nullable UUID holder, Environment environment) {

        /** Waits a little, each round longer; false if it is not to be waited for any more. */
        boolean pause(int round) {
            if (flight.overdue()) {
                return false;
            }
            int millis = Math.min(LONGEST_PAUSE, 1 << Math.min(round, 10));
            var unused = environment.latch().await(Duration.ofMillis(millis));
            return !Thread.currentThread().isInterrupted();
        }
    }

    /** Begins the fill that the flight was begun for, unless another node is about to. */
    Answer begin(
            Request request,
            Reading reading,
            List<Partition> partitions,
            EntryCheck.Missed missed,
            Flights.Flight flight) {
        boolean goesOn = false;
        boolean served = false;
        try {
            Answer answer = request.keeping().lock()
                    ? claim(request, reading, partitions, new Claimed(flight, environment.freshId(), null, environment))
                    : open(request, reading, partitions, missed, flight, null);
            goesOn = answer.lookup() instanceof Lookup.Fill || answer.claimed() != null;
            served = answer.lookup() instanceof Lookup.Hit hit && !hit.stale();
            return answer;
        } finally {
            if (!goesOn) {
                flight.land(served);
            }
        }
    }

    /** Looks again at what another node fills. The flight goes on if another node still does. */
    Answer again(Request request, Reading reading, List<Partition> partitions, Claimed claimed) {
        return claim(request, reading, partitions, claimed);
    }

    private Answer claim(Request request, Reading reading, List<Partition> partitions, Claimed claimed) {
        // whoever looks again is likely to look on
        Store.Claim claim = claimed.holder() == null
                ? store.claimWithRegistries(
                        request.key(), claimed.id(), wait, partitions, InFlightCheck.tables(request.query()))
                : store.claim(request.key(), claimed.id(), wait, partitions);
        boolean mine = claim.holder().equals(claimed.id());
        if (mine) {
            claimed.flight().holds(() -> release(request));
        }
        EntryCheck.Outcome outcome =
                entryCheck.check(request.query(), request.key(), reading, partitions, claim.snapshot());
        if (outcome instanceof EntryCheck.Served right) {
            lastRight.right(right.entry().id(), request.moment());
            return new Answer(new Lookup.Hit(right.entry().rows()), outcome);
        }
        EntryCheck.Missed missed = (EntryCheck.Missed) outcome;
        boolean another = !mine && (claimed.holder() == null || claimed.holder().equals(claim.holder()));
        Lookup previous = another ? previous(request, missed) : null;
        if (previous != null) {
            return new Answer(previous, outcome);
        }
        if (another && request.mayWait() && !claimed.flight().overdue()) {
            Lookup bypass = new Lookup.Bypass(missed.reason(), missed.detail() + "; another node fills it");
            return new Answer(
                    bypass, outcome, null, new Claimed(claimed.flight(), claimed.id(), claim.holder(), environment));
        }
        return open(request, reading, partitions, missed, claimed.flight(), opened(request, claim));
    }

    private void release(Request request) {
        try {
            store.release(request.key()).whenComplete((done, failure) -> {
                if (failure != null) {
                    listeners.failed("A claim could not be given up, and ends by itself", failure);
                }
            });
        } catch (StoreException e) {
            listeners.failed("A claim could not be given up, and ends by itself", e);
        }
    }

    /** What came with the claim, and the registries, where they did not; null if logs are to be created. */
    private Store.@Nullable Opened opened(Request request, Store.Claim claim) {
        List<Offset> heads = new ArrayList<>();
        for (Offset head : claim.snapshot().heads()) {
            if (head == null) {
                return null;
            }
            heads.add(head);
        }
        List<Registry> registries = claim.registries();
        return new Store.Opened(
                heads, registries != null ? registries : store.registries(InFlightCheck.tables(request.query())));
    }

    private Answer open(
            Request request,
            Reading reading,
            List<Partition> partitions,
            EntryCheck.Missed missed,
            Flights.Flight flight,
            Store.@Nullable Opened known) {
        List<TableName> tables = InFlightCheck.tables(request.query());
        Store.Opened opened = known == null ? store.openWithRegistries(partitions, tables) : known;
        InFlightCheck.Refusal refusal =
                inFlightCheck.refusal(request.query(), reading, partitions, tables, opened.registries());
        if (refusal != null) {
            Lookup bypass = new Lookup.Bypass(refusal.reason(), missed.detail() + "; " + refusal.detail());
            return new Answer(bypass, missed);
        }
        var basis = new EntryFill.Basis(
                request.query(),
                request.key(),
                request.keeping().ttl(),
                request.transaction(),
                reading,
                partitions,
                opened.heads());
        Lookup fill = new EntryFill(
                basis,
                missed,
                store,
                environment.freshId(),
                listeners,
                flight,
                id -> lastRight.right(id, request.moment()),
                doubtful -> isRight(request, reading, partitions, doubtful));
        return new Answer(fill, missed);
    }

    /**
     * Whether a doubtful entry is right, when the database has settled the doubts. That takes a turn of its own, begun after the
     * database's answer, in a state in which what the entry rests on is agreed on as before: then no change that the answer shows
     * was committed without its events, as while writers are cut off or the schema is changed.
     */
    private boolean isRight(Request request, Reading before, List<Partition> partitions, EntryCheck.Doubtful doubtful) {
        try (Turn turn = coordinator.begin(Turn.Kind.SERVE)) {
            Reading now = turn.reading();
            if (now == null
                    || !turn.mayServe()
                    || now.schemaVersion() != before.schemaVersion()
                    || EntryCheck.unfit(
                                    doubtful.entry(),
                                    request.key(),
                                    now,
                                    request.query().template().tables(),
                                    partitions)
                            != null) {
                return false;
            }
            return entryCheck.isRight(request.query(), partitions, doubtful);
        }
    }

    /**
     * What another reader is about to replace, if it was right no longer ago than is allowed: outside of transactions, and only what
     * has its epoch, directory and schema from the reading in use.
     */
    @Nullable
    Lookup previous(Request request, EntryCheck.Missed missed) {
        if (missed.previous() == null
                || !request.keeping().mayBeStale()
                || request.transaction() != null
                || !lastRight.within(missed.previous().id(), request.keeping().allowStale())) {
            return null;
        }
        return new Lookup.Hit(missed.previous().rows(), true);
    }
}
