package dev.staleless.jdbc;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.catalog.TriggerEffects;
import dev.staleless.core.coordination.Environment;
import dev.staleless.core.protocol.Admission;
import dev.staleless.core.protocol.Keeping;
import dev.staleless.core.protocol.OutageSettings;
import dev.staleless.core.protocol.OutageSettings.WhenUnreachable;
import dev.staleless.core.protocol.ResultCacheSettings;
import dev.staleless.core.statistics.CacheListener;
import dev.staleless.core.store.StoreProvider;
import dev.staleless.jdbc.coordination.CoordinationSettings;
import dev.staleless.jdbc.coordination.ServiceConnections;
import dev.staleless.jdbc.policy.FrontListener;
import dev.staleless.jdbc.policy.Images;
import dev.staleless.jdbc.policy.Limits;
import dev.staleless.jdbc.policy.Revalidate;
import dev.staleless.jdbc.statistics.FrontStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a wrapped data source. Only {@link #store} must be given. Not safe for several threads.
 *
 * <p>Defaults: namespace {@code default}; nothing is cached; mode {@link Mode#SERVE}; a result is kept for at most a day,
 * has at most 10,000 rows and 1 MiB; coordination tables in the schema {@code staleless}, created where missing, asked with
 * a time-out of 5 s; service connections from the settings of the data source if it is a HikariCP pool, otherwise borrowed
 * from it for good, which leaves it two fewer.
 */
public final class StalelessBuilder {

    private final DataSource dataSource;
    private final List<Profile> profiles = new ArrayList<>();
    private final Map<String, Caching> entityProfiles = new LinkedHashMap<>();
    private final List<CacheListener> listeners = new ArrayList<>();
    private final List<FrontListener> frontListeners = new ArrayList<>();
    private @Nullable StoreProvider store;
    private @Nullable DataSource serviceDataSource;
    private Mode mode = Mode.SERVE;
    private Snapshot snapshot = Snapshot.STRICT;
    private double verify;
    private @Nullable Duration reclaimEvery;
    private Duration maxTtl = ResultCacheSettings.DEFAULTS.maxTtl();
    private Duration flightWait = ResultCacheSettings.DEFAULTS.flightWait();
    private Limits limits = Limits.DEFAULT;
    private Admission admission = Admission.ADAPTIVE;
    private Images images = Images.AUTO;
    private Revalidate revalidate = Revalidate.AUTO;
    private final Map<TableName, TriggerEffects> triggers = new HashMap<>();
    private String namespace = "default";
    private String schema = CoordinationSettings.DEFAULT_SCHEMA;
    private boolean createTables = true;
    private Duration coordinationTimeout = CoordinationSettings.DEFAULT_TIMEOUT;
    private boolean advisoryLocks;
    private boolean waitingIsSet;
    private OutageSettings outage = OutageSettings.DEFAULTS;
    private Environment environment = Environment.system();

    StalelessBuilder(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Where results are kept: {@code MemoryStore.create()}, {@code RedisStore.connect(uri)}. */
    public StalelessBuilder store(StoreProvider value) {
        store = value;
        return this;
    }

    /**
     * Caches queries on the tables that a pattern matches. For a table the most specific pattern that matches it holds: a
     * whole name, otherwise the one with the most characters that stand for themselves; of two such, the first given. A query
     * over several tables is cached if the profile of each allows its kind, for the shortest of their times.
     *
     * @param pattern {@code schema.table} in the catalog's spelling; {@code *} stands for any characters, {@code ?} for one
     * @param ops which kinds of queries
     * @param ttl how long a result is kept, more than 0; it is never served once a change may have altered it
     * @throws IllegalArgumentException if the pattern or the time is none
     */
    public StalelessBuilder profile(String pattern, Ops ops, Duration ttl) {
        profiles.add(new Profile(TablePattern.parse(pattern), ops, ttl));
        return this;
    }

    /**
     * As {@link #profile(String, Ops, Duration)}, with more to say of how results are kept: whether one that is missing is computed
     * once for all nodes ({@link Keeping#withLock}, which holds unless this says otherwise), and whether one that is wrong may be
     * served for a little while ({@link Keeping#withAllowStale}).
     */
    public StalelessBuilder profile(String pattern, Ops ops, Keeping keeping) {
        profiles.add(new Profile(TablePattern.parse(pattern), ops, keeping));
        return this;
    }

    /**
     * Caches queries on the tables of a framework's models ({@code staleless-hibernate}: entities), whose names a pattern matches: a
     * class or packages, in which {@code *} stands for any characters and {@code ?} for one. The most specific pattern holds, and before it
     * what {@link #profile} says of the very table.
     */
    public StalelessBuilder entityProfile(String pattern, Caching caching) {
        entityProfiles.put(pattern, caching);
        return this;
    }

    /** Caches every cacheable query, where no profile that is more specific says otherwise. */
    public StalelessBuilder cacheEverything(Duration ttl) {
        return profile("*.*", Ops.all(), ttl);
    }

    /** What this node does; see {@link Mode} for a roll-out. */
    public StalelessBuilder mode(Mode value) {
        mode = value;
        return this;
    }

    /**
     * The share of hits that the database answers instead, whose answer is compared with what would have been served: 0, unless this is
     * called, for none, 1 for all, so that nothing is served. A result that turns out to be stale is logged, counted and dropped.
     *
     * @param share 0 to 1
     */
    public StalelessBuilder verify(double share) {
        verify = checkedShare(share);
        return this;
    }

    static double checkedShare(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("verify = " + share + ": a share from 0 to 1 is allowed");
        }
        return share;
    }

    /** What is served inside a transaction at REPEATABLE READ; {@link Snapshot#STRICT} unless this is called. */
    public StalelessBuilder snapshot(Snapshot value) {
        snapshot = value;
        return this;
    }

    /**
     * The namespace: its nodes share what they cache, and tell each other what they change. Every node that writes to a cached
     * table must be in the same one.
     *
     * @param value 1 to 64 characters
     */
    public StalelessBuilder namespace(String value) {
        namespace = value;
        return this;
    }

    /** The longest time for which any result is kept, more than 0. */
    public StalelessBuilder maxTtl(Duration value) {
        maxTtl = value;
        return this;
    }

    /**
     * How often this node walks over the store and frees results that can never be served again; not at all if not set, since they
     * expire. One node of several is enough.
     *
     * @param value a minute or more
     */
    public StalelessBuilder reclaimEvery(Duration value) {
        if (value.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("reclaimEvery = " + value + ": a minute or more is allowed");
        }
        reclaimEvery = value;
        return this;
    }

    /** The largest result that is cached. A larger one is handed through as the driver delivers it. */
    public StalelessBuilder limits(int rows, int bytes) {
        limits = new Limits(rows, bytes);
        return this;
    }

    /**
     * Whether queries are cached even where that takes more time than it saves: {@link Admission#ADAPTIVE} unless this is called. Profiles
     * can say so for themselves, by {@link Keeping#withAdmission}.
     */
    public StalelessBuilder admission(Admission value) {
        admission = value;
        return this;
    }

    /** When the images of changed rows are fetched from the database along with the statement that changes them. */
    public StalelessBuilder images(Images value) {
        images = value;
        return this;
    }

    /** When the database is asked whether a change has altered a cached result, by less than the query. */
    public StalelessBuilder revalidate(Revalidate value) {
        revalidate = value;
        return this;
    }

    /**
     * Declares what the triggers of a table change beside what statements say. Without it a write to a table with triggers counts
     * as a change of everything. It is taken at its word: what it leaves out may be served stale.
     *
     * @param table {@code schema.table} in the catalog's spelling
     * @param changes {@code schema.table} if they may change any row of this table; a column's name if they may store something
     *     else in this column of the very row that is written, {@code *} for any of its columns; {@code none} alone if they change
     *     nothing
     * @throws IllegalArgumentException if it is none of these
     */
    public StalelessBuilder triggers(String table, String... changes) {
        TriggerDeclaration declaration = TriggerDeclaration.of(table, List.of(changes));
        triggers.put(declaration.table(), declaration.effects());
        return this;
    }

    /** Where the two service connections come from: the same database's primary. It is not closed with the wrapper. */
    public StalelessBuilder serviceDataSource(DataSource value) {
        serviceDataSource = value;
        return this;
    }

    /** Whether coordination tables that are missing are created at the start. */
    public StalelessBuilder createTables(boolean value) {
        createTables = value;
        return this;
    }

    /** The schema in which the coordination tables stand, the same for every node. */
    public StalelessBuilder coordinationSchema(String value) {
        schema = value;
        return this;
    }

    /**
     * Whether transactions that commit while the store is away lock the barrier by an advisory lock of PostgreSQL: then the
     * application's role needs no right on the coordination tables (if {@link #serviceDataSource} has another one), and transactions that
     * are read-only or have an older snapshot need not be tried again. Not unless this is called.
     */
    public StalelessBuilder advisoryLocks(boolean value) {
        advisoryLocks = value;
        return this;
    }

    /** After which time a statement on the coordination tables has failed: a second or more, well below 15 s. */
    public StalelessBuilder coordinationTimeout(Duration value) {
        coordinationTimeout = value;
        return this;
    }

    /**
     * What becomes of writes while the store cannot be reached: {@link WhenUnreachable#PROCEED}, the default, commits them once
     * no node serves from the cache any more, which takes about a second for the first; {@link WhenUnreachable#REFUSE} rolls
     * them back.
     */
    public StalelessBuilder whenUnreachable(WhenUnreachable value) {
        outage = outage.withWhenUnreachable(value);
        return this;
    }

    /**
     * How long a query waits, at most, for another one that computes the same result, on this node or on another: 2 s unless
     * this is called. Not longer is anybody held up by a node that dies meanwhile.
     */
    public StalelessBuilder flightWait(Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("flightWait = " + value + ": more than 0 is allowed");
        }
        flightWait = value;
        return this;
    }

    /** How long the store is left alone after it failed, before it is tried again in the background. */
    public StalelessBuilder storePause(Duration value) {
        outage = outage.withStorePause(value);
        return this;
    }

    /**
     * How long a write waits, at most, until no node serves any more while the store is away, and a change of the schema until
     * every node has ended what it had begun: more than 33 s, unless writes may fail after another node has crashed.
     */
    public StalelessBuilder barrierWait(Duration value) {
        outage = outage.withBarrierWait(value);
        return this;
    }

    /**
     * How many writes that hold a connection may wait at once for that; fewer than the pool has connections. Unless this is called
     * half of them, if the data source is a HikariCP pool, and 4 otherwise.
     */
    public StalelessBuilder maxWaitingWrites(int value) {
        outage = outage.withMaxWaiting(value);
        waitingIsSet = true;
        return this;
    }

    /** Adds a listener of what the cache does. */
    public StalelessBuilder listener(CacheListener value) {
        listeners.add(value);
        return this;
    }

    /** Adds a listener of what is left to the database, and why. */
    public StalelessBuilder listener(FrontListener value) {
        frontListeners.add(value);
        return this;
    }

    /** Time and threads: those of this machine unless a test brings its own. */
    public StalelessBuilder environment(Environment value) {
        environment = value;
        return this;
    }

    /**
     * Sets what is named {@code staleless.*} among these properties, and ignores the others:
     *
     * <pre>
     * staleless.profiles.SCHEMA.TABLE   kinds and time: "get,fetch ttl=10m"; the name may hold * and ?. After them, if wanted,
     *                                   lock=off (nodes do not wait for each other's queries), allow-stale=TIME (a result
     *                                   that is wrong may be served for so long, while another query renews it) and
     *                                   admission=always (cached even where that does not pay)
     * staleless.entities.CLASS          the same, by the class of an entity or its packages, in which * and ? may stand
     * staleless.cache-everything        time
     * staleless.mode                    serve, report, off
     * staleless.snapshot                strict, relaxed
     * staleless.verify                  share of hits that are compared with the database, 0 to 1
     * staleless.namespace               name
     * staleless.max-ttl                 time
     * staleless.flight-wait             time
     * staleless.reclaim-every           time
     * staleless.admission               adaptive, always
     * staleless.images                  auto, always, never
     * staleless.revalidate              auto, always, never
     * staleless.triggers.SCHEMA.TABLE   none, or what they change: "schema.table, column"
     * staleless.limit-rows              number
     * staleless.limit-bytes             number
     * staleless.when-unreachable        proceed, refuse
     * staleless.store-pause             time
     * staleless.barrier-wait            time
     * staleless.max-waiting-writes      number
     * staleless.create-tables           true, false
     * staleless.coordination-schema     name
     * staleless.coordination-timeout    time
     * staleless.advisory-locks          true, false
     * </pre>
     *
     * A time is a number with {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}, or seconds without. Profiles that are
     * equally specific hold in the order of their names.
     *
     * @param values a {@link java.util.Properties} too
     * @throws IllegalArgumentException if a name or a value is not known
     */
    public StalelessBuilder properties(Map<?, ?> values) {
        new PropertySettings(this).apply(values);
        return this;
    }

    /** The names that {@link #properties} knows, without {@code staleless.}, but those that name tables. */
    public Set<String> propertyNames() {
        return new PropertySettings(this).names();
    }

    /**
     * Starts the node: connects to the database and the store, registers, reads the catalog, and makes the tables of the
     * profiles cacheable.
     *
     * @throws IllegalArgumentException if a setting is wrong or missing; nothing was started
     * @throws StalelessStartException if the database or the store cannot be reached or refuses; nothing is left running
     */
    public StalelessDataSource build() {
        return Startup.start(settings());
    }

    /** What reads are to have is as much as what waits. */
    private int waiting() {
        OptionalInt size = ServiceConnections.size(dataSource);
        return size.isPresent() ? size.getAsInt() / 2 : outage.maxWaiting();
    }

    private Settings settings() {
        StoreProvider chosen = store;
        if (chosen == null) {
            throw new IllegalArgumentException(
                    "store is not set: allowed is any StoreProvider, such as MemoryStore.create()");
        }
        if (maxTtl.isNegative() || maxTtl.isZero()) {
            throw new IllegalArgumentException("maxTtl = " + maxTtl + ": more than 0 is allowed");
        }
        FrontStatistics statistics = new FrontStatistics();
        List<CacheListener> allListeners = new ArrayList<>(listeners);
        allListeners.add(statistics);
        List<FrontListener> allFrontListeners = new ArrayList<>(frontListeners);
        allFrontListeners.add(statistics);
        CoordinationSettings coordination = new CoordinationSettings(
                        schema, namespace, createTables, !chosen.shared(), coordinationTimeout)
                .withAdvisoryLocks(advisoryLocks);
        return new Settings(
                dataSource,
                serviceDataSource,
                chosen,
                new Profiles(profiles, entityProfiles),
                mode,
                snapshot,
                verify,
                maxTtl,
                flightWait,
                reclaimEvery,
                limits,
                admission,
                revalidate,
                waitingIsSet ? outage : outage.withMaxWaiting(waiting()),
                new WriteSettings(images, triggers),
                coordination,
                statistics,
                allListeners,
                allFrontListeners,
                environment);
    }
}
