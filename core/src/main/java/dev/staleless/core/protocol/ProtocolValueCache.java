package dev.staleless.core.protocol;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.codec.BlobsCodec;
import dev.staleless.core.coordination.Coordinator;
import dev.staleless.core.coordination.Environment;
import dev.staleless.core.coordination.Reading;
import dev.staleless.core.coordination.Turn;
import dev.staleless.core.partition.Partitions;
import dev.staleless.core.query.CachedRows;
import dev.staleless.core.query.Query;
import dev.staleless.core.store.Entry;
import dev.staleless.core.store.EntryKey;
import dev.staleless.core.store.Store;
import dev.staleless.core.store.StoreException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The protocol for values of several queries. A value is an entry like any other, of the partitions of all its queries together.
 *
 * <p>Why nothing stale is served. Take one of the queries that a value was computed from, and a transaction that affects its
 * result. Its heads were read, then the marks, then the query was asked ({@code observe}), as for a result that is filled: either
 * what the query returned shows the transaction's change, or nothing was kept ({@code InFlightCheck}), or the transaction's events
 * are newer than the heads that were read for this query. The value's offset of each log is one that was read before the query was
 * asked, or an older one; so these events are newer than it too, and whoever reads the value judges them by this query. A query
 * that was answered from the cache returned what holds up to heads that were read after the observed ones; what lies between
 * was judged not to affect it.
 *
 * <p>The results of the queries lie beside the value, under the id of this one computation, which the value names: they are read
 * when something is to be judged, and where they are missing nothing is believed of them.
 *
 * <p>No lock is held while the store is called. Safe for any thread.
 */
final class ProtocolValueCache implements ValueCache {

    private static final int ID_BYTES = 2 * Long.BYTES;

    private static final CompletionStage<Void> NOTHING_TO_DO = CompletableFuture.completedStage(null);

    private final Store store;
    private final Coordinator coordinator;
    private final Environment environment;
    private final Listeners listeners;
    private final StoreHealth health;
    private final Duration maxTtl;
    private final InFlightCheck inFlightCheck;
    private final ValueCheck check;
    private final Flights flights;
    private final Duration flightWait;

    ProtocolValueCache(
            Store store,
            Coordinator coordinator,
            Environment environment,
            Listeners listeners,
            StoreHealth health,
            ResultCacheSettings settings,
            InFlightCheck inFlightCheck,
            CachedRows.Reader reader) {
        this.store = store;
        this.coordinator = coordinator;
        this.environment = environment;
        this.listeners = listeners;
        this.health = health;
        this.maxTtl = settings.maxTtl();
        this.inFlightCheck = inFlightCheck;
        this.flightWait = settings.flightWait();
        this.flights = new Flights(environment, settings.flightWait());
        this.check = new ValueCheck(store, environment, listeners, settings.advances(), reader);
    }

    /** Something to do by a reading that allows to serve. */
    private interface Work<T extends @Nullable Object> {
        T by(Reading reading);
    }

    /** Does it in a turn, or says why not. */
    private <T extends @Nullable Object> T serving(
            Collection<TableName> tables, long schemaVersion, Work<T> work, Function<Refused, ? extends T> refused) {
        try (Turn turn = coordinator.begin(Turn.Kind.SERVE)) {
            Reading reading = turn.reading();
            if (reading == null || !turn.mayServe()) {
                return refused.apply(new Refused(
                        MissReason.NOT_FRESH, "this node's watch of the state is not fresh, or a barrier is open"));
            }
            for (TableName table : tables) {
                if (reading.inForce(table) == null) {
                    return refused.apply(
                            new Refused(MissReason.NOT_ENLISTED, table + " is not in force in the directory"));
                }
            }
            if (schemaVersion != Transaction.ANY_SCHEMA && schemaVersion != reading.schemaVersion()) {
                return refused.apply(new Refused(
                        MissReason.NOT_FRESH, "the schema was changed, and the catalog is not read again yet"));
            }
            if (health.readsLost()) {
                return refused.apply(new Refused(MissReason.STORE_UNAVAILABLE, "the store failed a moment ago"));
            }
            return work.by(reading);
        } catch (RuntimeException e) {
            listeners.failed("The store could not be asked for a value", e);
            return refused.apply(new Refused(MissReason.STORE_UNAVAILABLE, String.valueOf(e.getMessage())));
        }
    }

    @Override
    public Observation observe(Query query, long schemaVersion) {
        Set<TableName> tables = query.template().tables();
        return this.<Observation>serving(
                tables, schemaVersion, reading -> observe(query, tables, reading), refused -> refused);
    }

    private Observation observe(Query query, Set<TableName> tables, Reading reading) {
        Set<Partition> partitions = new LinkedHashSet<>(Partitions.forQuery(query, reading::inForce));
        Set<Partition> opened = new LinkedHashSet<>(partitions);
        tables.forEach(table -> opened.add(Partition.table(table)));
        List<Partition> order = List.copyOf(opened);
        List<Offset> heads = store.observe(order);
        InFlightCheck.Refusal refusal = inFlightCheck.refusal(query, reading, List.copyOf(partitions));
        if (refusal != null) {
            return new Refused(refusal.reason(), refusal.detail());
        }
        Map<Partition, Offset> offsets = new HashMap<>();
        for (int i = 0; i < order.size(); i++) {
            offsets.put(order.get(i), heads.get(i));
        }
        return new Seen(new Evidence(reading.epoch(), generations(tables, reading), offsets));
    }

    private static Map<TableName, Long> generations(Set<TableName> tables, Reading reading) {
        Map<TableName, Long> generations = new HashMap<>();
        for (TableName table : tables) {
            var listed = reading.inForce(table);
            if (listed != null) {
                generations.put(table, listed.generation());
            }
        }
        return generations;
    }

    @Override
    public Found find(EntryKey key, List<Query> queries, long schemaVersion, boolean observed) {
        Set<TableName> tables = tables(queries);
        return this.<Found>serving(
                tables,
                schemaVersion,
                reading -> find(key, queries, reading, observed),
                refused -> new Missed(refused.reason(), refused.detail(), null));
    }

    private Found find(EntryKey key, List<Query> queries, Reading reading, boolean observed) {
        List<Partition> partitions = partitions(queries, reading);
        try {
            if (observed) {
                var unused = store.observe(partitions);
            }
            Store.Snapshot snapshot = store.read(key, partitions);
            Entry entry = snapshot.entry();
            UUID computation = entry == null ? null : computation(entry);
            ValueCheck.Rows rows = new ValueCheck.Rows(
                    () -> computation == null ? List.of() : rows(rowsKey(key, computation), reading));
            ValueCheck.Outcome outcome = check.check(queries, key, reading, partitions, snapshot, rows);
            if (outcome instanceof ValueCheck.Holds holds) {
                byte[] bytes = holds.entry().rows();
                byte[] value = Arrays.copyOfRange(bytes, ID_BYTES, bytes.length);
                return new Served(
                        value,
                        String.valueOf(computation),
                        new Evidence(holds.entry().epoch(), holds.entry().generations(), holds.offsets()),
                        rows.read());
            }
            if (entry != null) {
                store.outdated(key, entry);
            }
            return ((ValueCheck.Fails) outcome).missed();
        } catch (StoreException e) {
            health.readFailed(e, key, partitions);
            throw e;
        }
    }

    private static Set<TableName> tables(List<Query> queries) {
        Set<TableName> tables = new LinkedHashSet<>();
        queries.forEach(query -> tables.addAll(query.template().tables()));
        return tables;
    }

    private static List<Partition> partitions(List<Query> queries, Reading reading) {
        Set<Partition> partitions = new LinkedHashSet<>();
        queries.forEach(query -> partitions.addAll(Partitions.forQuery(query, reading::inForce)));
        return List.copyOf(partitions);
    }

    private static @Nullable UUID computation(Entry entry) {
        if (entry.rows().length < ID_BYTES) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(entry.rows());
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private static EntryKey rowsKey(EntryKey key, UUID computation) {
        return new EntryKey(key.name() + ".r", bytes(computation));
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(ID_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private List<byte @Nullable []> rows(EntryKey key, Reading reading) {
        Entry entry = store.read(key, List.of()).entry();
        if (entry == null || !entry.epoch().equals(reading.epoch())) {
            return List.of();
        }
        List<byte @Nullable []> rows = BlobsCodec.decode(entry.rows());
        return rows == null ? List.of() : rows;
    }

    @Override
    public CompletionStage<Void> publish(Value value) {
        Set<TableName> tables = tables(value.queries());
        return serving(
                tables, Transaction.ANY_SCHEMA, reading -> publish(value, tables, reading), refused -> NOTHING_TO_DO);
    }

    /** The reading tells which logs a reader will go by; the value says what it rests on itself. */
    private CompletionStage<Void> publish(Value value, Set<TableName> tables, Reading reading) {
        Evidence evidence = value.evidence();
        if (!evidence.epoch().equals(reading.epoch())
                || !generations(tables, reading).equals(restricted(evidence.generations(), tables))) {
            return NOTHING_TO_DO;
        }
        List<Partition> partitions = partitions(value.queries(), reading);
        Map<Partition, Offset> offsets = restricted(evidence.offsets(), partitions);
        if (offsets.size() != partitions.size()) {
            return NOTHING_TO_DO;
        }
        UUID computation = value.computation();
        byte[] bytes = ByteBuffer.allocate(ID_BYTES + value.bytes().length)
                .put(bytes(computation))
                .put(value.bytes())
                .array();
        Duration ttl = kept(value.ttl());
        CompletionStage<Void> rows = value.rows().stream().allMatch(Objects::isNull)
                ? NOTHING_TO_DO
                : putNote(rowsKey(value.key(), computation), BlobsCodec.encode(value.rows()), evidence, ttl);
        Entry entry = new Entry(
                environment.freshId(),
                value.key().identity(),
                evidence.epoch(),
                restricted(evidence.generations(), tables),
                offsets,
                bytes);
        return rows.thenCombine(told(store.publish(value.key(), entry, ttl)), (one, other) -> one);
    }

    private Duration kept(Duration ttl) {
        return ttl.compareTo(maxTtl) < 0 ? ttl : maxTtl;
    }

    private static <K, V> Map<K, V> restricted(Map<K, V> map, Collection<K> keys) {
        Map<K, V> restricted = new HashMap<>();
        for (K key : keys) {
            V value = map.get(key);
            if (value != null) {
                restricted.put(key, value);
            }
        }
        return restricted;
    }

    private CompletionStage<Void> told(CompletionStage<Void> stage) {
        return stage.exceptionally(failure -> {
            listeners.failed("A value could not be published", failure);
            return null;
        });
    }

    @Override
    public @Nullable Flight lead(EntryKey key) {
        Flights.Flight flight = flights.lead(key);
        return flight == null ? null : new Led(flight);
    }

    /** A computation that this node leads. */
    private record Led(Flights.Flight flight) implements Flight {
        @Override
        public void land(boolean published) {
            flight.land(published);
        }
    }

    @Override
    public boolean claim(EntryKey key, Flight flight) {
        if (!store.shared() || !(flight instanceof Led led)) {
            return false;
        }
        UUID id = environment.freshId();
        Filling.Claimed claimed = new Filling.Claimed(led.flight(), id, null, environment);
        boolean waited = false;
        for (int round = 0; !isMine(key, id, led.flight()); round++) {
            waited = true;
            if (!claimed.pause(round)) {
                return true;
            }
        }
        return waited;
    }

    /** A claim spares work and is never relied on: where the store fails, it counts as held. */
    private boolean isMine(EntryKey key, UUID id, Flights.Flight flight) {
        if (health.readsLost()) {
            return true;
        }
        try {
            boolean mine = store.claim(key, id, flightWait, List.of()).holder().equals(id);
            if (mine) {
                flight.holds(() -> release(key));
            }
            return mine;
        } catch (StoreException e) {
            health.readFailed(e, key, List.of());
            return true;
        }
    }

    private void release(EntryKey key) {
        try {
            store.release(key).whenComplete((done, failure) -> {
                if (failure != null) {
                    listeners.failed("A claim could not be given up, and ends by itself", failure);
                }
            });
        } catch (StoreException e) {
            listeners.failed("A claim could not be given up, and ends by itself", e);
        }
    }

    @Override
    public boolean await(EntryKey key) {
        Flights.Flight flight = flights.following(key);
        return flight != null && flight.await();
    }

    @Override
    public byte @Nullable [] note(EntryKey key) {
        return this.<byte @Nullable []>serving(
                List.of(), Transaction.ANY_SCHEMA, reading -> note(key, reading), refused -> null);
    }

    private byte @Nullable [] note(EntryKey key, Reading reading) {
        try {
            Entry entry = store.read(key, List.of()).entry();
            return entry == null || !entry.epoch().equals(reading.epoch()) ? null : entry.rows();
        } catch (StoreException e) {
            health.readFailed(e, key, List.of());
            throw e;
        }
    }

    @Override
    public CompletionStage<Void> putNote(EntryKey key, byte[] note, Evidence evidence, Duration ttl) {
        Entry entry = new Entry(environment.freshId(), key.identity(), evidence.epoch(), Map.of(), Map.of(), note);
        try {
            return told(store.publish(key, entry, kept(ttl)));
        } catch (RuntimeException e) {
            listeners.failed("A note could not be published", e);
            return NOTHING_TO_DO;
        }
    }
}
