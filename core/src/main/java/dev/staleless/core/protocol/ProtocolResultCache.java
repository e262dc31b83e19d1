package dev.staleless.core.protocol;

import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.coordination.Coordinator;
import dev.staleless.core.coordination.Environment;
import dev.staleless.core.coordination.Moment;
import dev.staleless.core.coordination.Reading;
import dev.staleless.core.coordination.Turn;
import dev.staleless.core.query.CachedRows;
import dev.staleless.core.query.Query;
import dev.staleless.core.statistics.CacheListener;
import dev.staleless.core.store.EntryKey;
import dev.staleless.core.store.Store;
import dev.staleless.core.store.StoreException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The protocol's reading side.
 *
 * <p>Order of one lookup: a turn begins; may this node serve; entry and heads in one call; if the entry may not be served:
 * the heads again, creating logs; then the registries; then the caller asks the database. No lock is held at any of these
 * steps, nor while the listener is called. Safe for any thread.
 */
final class ProtocolResultCache implements ResultCache {

    private final Store store;
    private final Coordinator coordinator;
    private final Environment environment;
    private final ResultCacheSettings settings;
    private final Listeners listeners;
    private final StoreHealth health;
    private final CutOff cutOff;
    private final SchemaBarriers schemaBarriers;
    private final Flights flights;
    private final EntryCheck entryCheck;
    private final Filling filling;
    private final LastRight lastRight;
    private final Resolver resolver;
    private final Reporter reporter;
    private final Endings endings;
    private final ProtocolValueCache values;

    ProtocolResultCache(
            Store store,
            Coordinator coordinator,
            Environment environment,
            CacheListener listener,
            ResultCacheSettings settings,
            CachedRows.Reader reader) {
        this.store = store;
        this.coordinator = coordinator;
        this.environment = environment;
        this.settings = settings;
        listeners = new Listeners(listener, environment.clock());
        health = new StoreHealth(store, environment, settings.outage().storePause(), listeners);
        cutOff = new CutOff(coordinator, environment, settings.outage(), settings.watchWait(), health);
        schemaBarriers =
                new SchemaBarriers(coordinator, environment, settings.outage().barrierWait(), settings.watchWait());
        flights = new Flights(environment, settings.flightWait());
        lastRight = new LastRight(environment, settings.advances());
        entryCheck = new EntryCheck(store, environment, listeners, settings.advances(), reader);
        resolver = new Resolver(store, environment, listeners);
        InFlightCheck inFlightCheck = new InFlightCheck(store, coordinator, resolver);
        filling = new Filling(
                store,
                coordinator,
                environment,
                listeners,
                settings.flightWait(),
                entryCheck,
                inFlightCheck,
                lastRight);
        reporter = new Reporter(store, coordinator, environment, settings.watchWait(), health);
        endings = new Endings(reporter, resolver, coordinator, environment, listeners, settings.watchWait());
        values = new ProtocolValueCache(
                store, coordinator, environment, listeners, health, settings, inFlightCheck, reader);
    }

    @Override
    public Lookup lookup(
            Query query,
            EntryKey key,
            Duration ttl,
            @Nullable Transaction transaction,
            boolean mayWait,
            long schemaVersion) {
        return lookup(query, key, Keeping.of(ttl), transaction, mayWait, schemaVersion);
    }

    @Override
    public Lookup lookup(
            Query query,
            EntryKey key,
            Keeping keeping,
            @Nullable Transaction transaction,
            boolean mayWait,
            long schemaVersion) {
        return lookup(query, key, keeping, transaction, mayWait, schemaVersion, false);
    }

    @Override
    public Lookup refresh(
            Query query, EntryKey key, Keeping keeping, @Nullable Transaction transaction, long schemaVersion) {
        Keeping alone = keeping.withLock(false).withAllowStale(Duration.ZERO);
        return lookup(query, key, alone, transaction, false, schemaVersion, true);
    }

    private Lookup lookup(
            Query query,
            EntryKey key,
            Keeping keeping,
            @Nullable Transaction transaction,
            boolean mayWait,
            long schemaVersion,
            boolean anew) {
        Lookup lookup;
        try {
            Keeping kept =
                    keeping.ttl().compareTo(settings.maxTtl()) < 0 ? keeping : keeping.withTtl(settings.maxTtl());
            Moment moment = lastRight.moment(keeping);
            lookup = find(new Request(
                    query, key, kept, (ProtocolTransaction) transaction, mayWait, schemaVersion, moment, anew));
        } catch (RuntimeException e) {
            listeners.failed("A lookup failed", e);
            lookup = new Lookup.Bypass(MissReason.STORE_UNAVAILABLE, String.valueOf(e.getMessage()));
        }
        tell(query, lookup);
        return lookup;
    }

    private void tell(Query query, Lookup lookup) {
        if (lookup instanceof Lookup.Hit hit && hit.stale()) {
            listeners.servedStale(query);
        } else if (lookup instanceof Lookup.Hit) {
            listeners.hit(query);
        } else if (lookup instanceof Lookup.Bypass bypass) {
            listeners.miss(query, bypass.reason(), bypass.detail());
        } else if (lookup instanceof Lookup.Fill fill && fill.doubtful() == null) {
            listeners.miss(query, fill.reason(), fill.detail());
        }
    }

    private Lookup find(Request request) {
        if (request.transaction() != null && request.transaction().affects(request.query())) {
            return new Lookup.Bypass(MissReason.OWN_CHANGES, "the transaction's own changes affect it");
        }
        Answer answer = attempt(request, null);
        tell(request.query(), answer);
        if (answer.claimed() != null) {
            return await(request, answer, answer.claimed());
        }
        if (answer.following() == null || !answer.following().await()) {
            return answer.lookup();
        }
        Answer second = attempt(request.notWaiting(), null);
        tell(request.query(), second);
        return second.lookup();
    }

    /** Another node fills the entry: looks again and again, as for any lookup, until it has, or is not waited for any more. */
    private Lookup await(Request request, Answer first, Filling.Claimed claimed) {
        Lookup lookup = first.lookup();
        try {
            for (int round = 0; claimed.pause(round); round++) {
                Answer answer = attempt(request, claimed);
                lookup = answer.lookup();
                if (answer.claimed() == null) {
                    if (answer.outcome() instanceof EntryCheck.Served served) {
                        tell(request.query(), served);
                    }
                    return lookup;
                }
            }
            return lookup;
        } finally {
            if (!(lookup instanceof Lookup.Fill)) {
                claimed.flight().land(lookup instanceof Lookup.Hit);
            }
        }
    }

    /** Of a fill that may turn out to be none its own end tells. */
    private void tell(Query query, Answer answer) {
        if (!(answer.lookup() instanceof Lookup.Fill fill && fill.doubtful() != null)) {
            tell(query, answer.outcome());
        }
    }

    private void tell(Query query, EntryCheck.@Nullable Outcome outcome) {
        if (outcome instanceof EntryCheck.Served served) {
            served.kept().forEach(kept -> listeners.kept(query, kept.event(), kept.verdict()));
        } else if (outcome instanceof EntryCheck.Missed missed && missed.event() != null && missed.verdict() != null) {
            listeners.dropped(query, missed.event(), missed.verdict());
        }
    }

    private Answer attempt(Request request, Filling.@Nullable Claimed claimed) {
        try (Turn turn = coordinator.begin(Turn.Kind.SERVE)) {
            Reading reading = turn.reading();
            if (reading == null || !turn.mayServe()) {
                return Answer.bypass(
                        MissReason.NOT_FRESH, "this node's watch of the state is not fresh, or a barrier is open");
            }
            for (TableName table : request.query().template().tables()) {
                if (reading.inForce(table) == null) {
                    return Answer.bypass(MissReason.NOT_ENLISTED, table + " is not in force in the directory");
                }
            }
            if (request.schemaVersion() != Transaction.ANY_SCHEMA
                    && request.schemaVersion() != reading.schemaVersion()) {
                return Answer.bypass(
                        MissReason.NOT_FRESH, "the schema was changed, and the catalog is not read again yet");
            }
            if (health.readsLost()) {
                return Answer.bypass(MissReason.STORE_UNAVAILABLE, "the store failed a moment ago");
            }
            return ask(request, reading, claimed);
        } catch (StoreException e) {
            listeners.failed("The store could not be asked", e);
            return Answer.bypass(MissReason.STORE_UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private Answer ask(Request request, Reading reading, Filling.@Nullable Claimed claimed) {
        List<Partition> partitions = request.query()
                .derived(ChosenPartitions.class, query -> new ChosenPartitions())
                .of(request.query(), reading);
        try {
            return claimed == null
                    ? ask(request, reading, partitions)
                    : filling.again(request, reading, partitions, claimed);
        } catch (StoreException e) {
            health.readFailed(e, request.key(), partitions);
            throw e;
        }
    }

    private Answer ask(Request request, Reading reading, List<Partition> partitions) {
        if (request.anew()) {
            return askAnew(request, reading, partitions);
        }
        Store.Snapshot snapshot = store.read(request.key(), partitions);
        EntryCheck.Outcome outcome = entryCheck.check(request.query(), request.key(), reading, partitions, snapshot);
        if (outcome instanceof EntryCheck.Served served) {
            lastRight.right(served.entry().id(), request.moment());
            return new Answer(new Lookup.Hit(served.entry().rows()), outcome);
        }
        EntryCheck.Missed missed = (EntryCheck.Missed) outcome;
        Flights.Flight flight = flights.lead(request.key());
        if (flight != null) {
            return filling.begin(request, reading, partitions, missed, flight);
        }
        Lookup previous = filling.previous(request, missed);
        if (previous != null) {
            return new Answer(previous, outcome);
        }
        Lookup bypass = new Lookup.Bypass(missed.reason(), missed.detail() + "; another thread fills it");
        return new Answer(bypass, outcome, request.mayWait() ? flights.following(request.key()) : null, null);
    }

    /** A miss, whatever is cached: from there on a fill as any other. Who is filling it already may have asked before. */
    private Answer askAnew(Request request, Reading reading, List<Partition> partitions) {
        EntryCheck.Missed missed = new EntryCheck.Missed(MissReason.REFRESHED, "it is asked anew");
        Flights.Flight flight = flights.lead(request.key());
        return flight == null
                ? new Answer(new Lookup.Bypass(missed.reason(), missed.detail() + "; another thread fills it"), missed)
                : filling.begin(request, reading, partitions, missed, flight);
    }

    @Override
    public Transaction begin() {
        return new ProtocolTransaction(reporter, endings, cutOff, listeners);
    }

    @Override
    public boolean isCached(TableName table) {
        return reporter.reports(List.of(table));
    }

    @Override
    public void enlist(Collection<Table> tables, Duration timeout) {
        var unused = coordinator.enlist(tables, timeout);
    }

    @Override
    public long schemaVersion() {
        try (Turn turn = coordinator.begin(Turn.Kind.SERVE)) {
            Reading reading = turn.reading();
            return reading == null ? Transaction.ANY_SCHEMA : reading.schemaVersion();
        }
    }

    @Override
    public SchemaChange changeSchema(String session, @Nullable Transaction transaction) {
        return schemaBarriers.begin(session, session, transaction);
    }

    @Override
    public SchemaChange migrate() {
        return schemaBarriers.begin(environment.freshId().toString(), null, null);
    }

    @Override
    public ValueCache values() {
        return values;
    }

    @Override
    public void close() {
        schemaBarriers.close();
        cutOff.close();
        coordinator.close();
        health.close();
        endings.close();
        resolver.close();
    }
}
