package dev.staleless.jdbc.computed;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.change.Image;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.codec.DependencyCodec;
import dev.staleless.core.protocol.MissReason;
import dev.staleless.core.protocol.ValueCache;
import dev.staleless.core.query.Dependency;
import dev.staleless.core.query.Queries;
import dev.staleless.core.query.Query;
import dev.staleless.core.store.EntryKey;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.Parameters;
import dev.staleless.jdbc.driver.SessionState;
import dev.staleless.jdbc.key.BoundValue;
import dev.staleless.jdbc.key.BoundValues;
import dev.staleless.jdbc.key.ValueKeys;
import dev.staleless.sql.Analysis;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The computed values of one node. */
public final class Computations implements ComputedValues {

    private static final Logger LOG = LoggerFactory.getLogger(ComputedValues.class);

    private static final TableName KEYS = ValueSource.KEYS.name();

    /** Notes that are remembered, so that a hit is one round trip. */
    private static final int REMEMBERED = 10_000;

    private final ValueSource source;
    private final ValueKeys keys;
    private final Cache<EntryKey, Directions> remembered = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();
    private final List<ComputationGuard> guards = new CopyOnWriteArrayList<>();
    private final Counters counters = new Counters();

    private Computations(ValueSource source) {
        this.source = source;
        this.keys = new ValueKeys(source.database());
    }

    /** The computed values of a node, whose {@link ValueSource#KEYS} are to be made cacheable. */
    public static ComputedValues of(ValueSource source) {
        return new Computations(source);
    }

    // ---- computing

    @Override
    public <T extends @Nullable Object, E extends Exception> T computed(
            ComputedKey key, ComputedSettings settings, ValueFormat<T> format, Computation<T, E> work) throws E {
        ValueLookup lookup = lookup(key, settings, true);
        if (lookup instanceof ValueLookup.Hit hit) {
            try {
                return read(hit, format);
            } catch (IOException e) {
                LOG.warn("A value of {} is computed again, since it cannot be read", key.function(), e);
                return work.compute();
            }
        }
        try (ValueLookup.Filling filling = (ValueLookup.Filling) lookup) {
            T value = work.compute();
            keep(key, filling, format, value);
            return value;
        }
    }

    @SuppressWarnings("NullAway") // null was kept for a null
    private static <T extends @Nullable Object> T read(ValueLookup.Hit hit, ValueFormat<T> format) throws IOException {
        byte[] bytes = hit.bytes();
        return bytes == null ? null : format.read(bytes);
    }

    private <T extends @Nullable Object> void keep(
            ComputedKey key, ValueLookup.Filling filling, ValueFormat<T> format, @Nullable T value) {
        byte[] bytes;
        try {
            bytes = value == null ? null : format.write(value);
        } catch (IOException | RuntimeException e) {
            counters.notKept(key.function(), "it cannot be written");
            LOG.debug("A value of {} is not kept, since it cannot be written", key.function(), e);
            return;
        }
        var unused = filling.keep(bytes);
    }

    @Override
    public ValueLookup lookup(ComputedKey key, ComputedSettings settings, boolean mayWait) {
        EntryKey note = source.serves() ? note(key, settings.variant()) : null;
        if (note == null) {
            return Unkept.UNKEPT;
        }
        ValueLookup.Hit hit = find(key, note);
        if (hit != null) {
            return hit;
        }
        ValueCache.Flight flight = source.values().lead(note);
        if (flight == null
                && mayWait
                && !OpenConnections.holdConnection()
                && source.values().await(note)) {
            hit = find(key, note);
            if (hit != null) {
                return hit;
            }
            flight = source.values().lead(note);
        }
        if (flight != null && mayWait) {
            hit = fromAnotherNode(key, note, flight);
            if (hit != null) {
                return hit;
            }
        }
        counters.miss(key.function());
        return OpenFilling.begin(this, key, settings, note, flight);
    }

    /** What another node was computing; null if none was, or it has kept nothing. */
    private ValueLookup.@Nullable Hit fromAnotherNode(ComputedKey key, EntryKey note, ValueCache.Flight flight) {
        // two threads that wait while they compute could wait for each other
        if (Recording.isActive() || OpenConnections.holdConnection()) {
            return null;
        }
        ValueLookup.Hit hit;
        try {
            hit = source.values().claim(note, flight) ? find(key, note) : null;
        } catch (RuntimeException e) {
            flight.land(false);
            throw e;
        }
        if (hit != null) {
            flight.land(true);
        }
        return hit;
    }

    @Override
    public ValueLookup.Filling compute(ComputedKey key, ComputedSettings settings) {
        EntryKey note = source.serves() ? note(key, settings.variant()) : null;
        if (note == null) {
            return Unkept.UNKEPT;
        }
        remove(key);
        counters.miss(key.function());
        return OpenFilling.begin(this, key, settings, note, null);
    }

    /** The key of the note; null if it is not known in which sessions the data source's queries run. */
    private @Nullable EntryKey note(ComputedKey key, @Nullable String variant) {
        try {
            SessionState session = source.usualSession();
            return session == null || session.uncacheable() != null
                    ? null
                    : keys.note(
                            variant == null ? session.digest() : "variant " + variant, key.function(), key.arguments());
        } catch (SQLException e) {
            // what the computation asks will fail as well, and say so better
            LOG.debug("No connection to learn from", e);
            return null;
        }
    }

    private ValueLookup.@Nullable Hit find(ComputedKey key, EntryKey note) {
        for (ComputationGuard guard : guards) {
            if (guard.barsServing() != null) {
                return null;
            }
        }
        Directions known = remembered.getIfPresent(note);
        if (known != null && known.schemaVersion() == source.schemaVersion()) {
            ValueLookup.Hit hit = find(key, known);
            if (hit != null) {
                return hit;
            }
        }
        byte[] latest = source.values().note(note);
        if (latest == null || known != null && Arrays.equals(latest, known.note())) {
            return null;
        }
        Directions directions = Directions.of(latest, note, source, keys);
        if (directions == null) {
            return null;
        }
        remembered.put(note, directions);
        return find(key, directions);
    }

    private ValueLookup.@Nullable Hit find(ComputedKey key, Directions directions) {
        if (OpenConnections.barrier(directions.queries()) != null) {
            return null;
        }
        Map<Recording, Set<Partition>> before = Recording.allPositions();
        ValueCache.Found found = source.values()
                .find(directions.value(), directions.queries(), directions.schemaVersion(), !before.isEmpty());
        if (found instanceof ValueCache.Missed missed && missed.reason() == MissReason.CHANGED) {
            counters.dropped();
        }
        if (!(found instanceof ValueCache.Served served)) {
            return null;
        }
        KeptValue value = KeptValue.decode(served.value());
        if (value == null) {
            return null;
        }
        inherit(directions, served, value, before);
        counters.hit(key.function());
        return new ValueLookup.Hit(value.bytes(), served.tag());
    }

    private void inherit(
            Directions directions, ValueCache.Served served, KeptValue value, Map<Recording, Set<Partition>> before) {
        Recording.inherit(
                directions.value().name(),
                source.database(),
                new Recording.Result(directions.dependencies(), directions.queries(), served.rows(), served.evidence()),
                before);
        if (value.timed()) {
            Recording.unseen("a value that is kept for a time is used");
        }
    }

    ValueSource source() {
        return source;
    }

    ValueKeys keys() {
        return keys;
    }

    Counters counters() {
        return counters;
    }

    /** Why what is computed from now on is not to be kept; null if it may be. */
    @Nullable
    String barsKeeping() {
        for (ComputationGuard guard : guards) {
            String why = guard.barsKeeping();
            if (why != null) {
                return why;
            }
        }
        return OpenConnections.haveWritten() ? "a transaction of this thread has changed something" : null;
    }

    void remember(EntryKey note, Directions directions) {
        remembered.put(note, directions);
    }

    // ---- what a value depends on besides what it asks

    /** Observes the key's own row, and what is declared. */
    void observe(Recording recording, ComputedKey key, ComputedSettings settings) {
        Map<String, Long> row = row(key);
        observe(recording, "key " + row, new Dependency.OfRows(KEYS, row), Queries.rows(KEYS, row));
        for (String table : settings.tables()) {
            TableName name = source.table(table);
            if (name == null) {
                throw new IllegalArgumentException(
                        "dependsOn = " + table
                                + ": there is no table of this name that can be cached; the name is SCHEMA.TABLE as the catalog spells them");
            }
            source.asked(List.of(name));
            observe(recording, "table " + name, new Dependency.OfTable(name), Queries.everyRow(name));
        }
        for (ComputedSettings.DeclaredQuery query : settings.queries()) {
            observe(recording, query);
        }
    }

    private void observe(Recording recording, ComputedSettings.DeclaredQuery declared) {
        SessionState session;
        try {
            session = source.usualSession();
        } catch (SQLException e) {
            session = null;
        }
        if (session == null) {
            recording.flawed("the database cannot be asked how it understands what is declared: " + declared.sql());
            return;
        }
        List<String> path = session.searchPath();
        if (!(source.analyse(declared.sql(), path) instanceof Analysis.Read read)) {
            throw new IllegalArgumentException(
                    "dependsOn = " + declared.sql() + ": a query that can be cached is allowed");
        }
        source.asked(read.template().tables());
        Parameters parameters = parameters(declared.parameters());
        Query query = new Query(read.template(), read.sql().key(), parameters);
        observe(
                recording,
                "query " + declared.sql() + " " + parameters,
                new Dependency.OfQuery(declared.sql(), path, parameters),
                query);
    }

    private static Parameters parameters(List<@Nullable Object> values) {
        BoundValues bound = new BoundValues();
        for (int i = 0; i < values.size(); i++) {
            bound.bind(i + 1, BoundValue.of("setObject", values.get(i), null));
        }
        return DependencyCodec.told(bound.canonical());
    }

    private void observe(Recording recording, String name, Dependency dependency, Query query) {
        var unused = recording.observe(keys.declared(name), dependency, query, source.values(), source.schemaVersion());
    }

    private static Map<String, Long> row(ComputedKey key) {
        return Map.of("function", function(key.function()), "key", ValueKeys.number(key.function(), key.arguments()));
    }

    private static long function(String name) {
        return ValueKeys.number(name, List.of());
    }

    // ---- by hand

    @Override
    public <T> @Nullable T get(ComputedKey key, @Nullable String variant, ValueFormat<T> format) {
        EntryKey note = source.serves() ? note(key, variant) : null;
        ValueLookup.Hit hit = note == null ? null : find(key, note);
        try {
            return hit == null || hit.bytes() == null ? null : format.read(hit.bytes());
        } catch (IOException e) {
            LOG.warn("A value of {} cannot be read", key.function(), e);
            return null;
        }
    }

    @Override
    public <T> void put(ComputedKey key, ComputedSettings settings, ValueFormat<T> format, @Nullable T value) {
        remove(key);
        EntryKey note = source.serves() ? note(key, settings.variant()) : null;
        if (note == null) {
            return;
        }
        ValueCache.Flight flight = source.values().lead(note);
        ComputedSettings timed = settings.in(ComputedSettings.Scope.TIME);
        try (ValueLookup.Filling filling = OpenFilling.begin(this, key, timed, note, flight)) {
            keep(key, filling, format, value);
        }
    }

    @Override
    public void remove(ComputedKey key) {
        Map<String, Long> row = row(key);
        changed(new Image(Map.of(
                "function", new AbstractValue.Exact(row.get("function")),
                "key", new AbstractValue.Exact(row.get("key")))));
    }

    @Override
    public void removeAll(String function) {
        changed(new Image(Map.of("function", new AbstractValue.Exact(function(function)))));
    }

    private void changed(Image rows) {
        source.changed(List.of(new ChangeEvent(KEYS, ChangeEvent.Kind.ANY, rows, rows, ColumnSet.ALL)));
    }

    // ---- threads

    @Override
    public <V extends @Nullable Object> Callable<V> handOver(Callable<V> work) {
        HandedOver given = HandedOver.ofThisThread();
        return () -> given.call(work);
    }

    @Override
    public Runnable handOver(Runnable work) {
        HandedOver given = HandedOver.ofThisThread();
        return () -> given.run(work);
    }

    // ----

    @Override
    public void guard(ComputationGuard guard) {
        guards.add(guard);
    }

    @Override
    public ComputedStatistics statistics() {
        return counters.snapshot();
    }

    /** Nothing is served or kept, and nothing recorded. */
    private enum Unkept implements ValueLookup.Filling {
        UNKEPT;

        @Override
        public String keep(byte @Nullable [] bytes) {
            return "values are neither served nor kept";
        }

        @Override
        public String tag() {
            return "";
        }

        @Override
        public void close() {}
    }
}
