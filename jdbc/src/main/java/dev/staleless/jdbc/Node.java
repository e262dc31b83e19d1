package dev.staleless.jdbc;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.coordination.CoordinationException;
import dev.staleless.core.coordination.Coordinator;
import dev.staleless.core.coordination.Reading;
import dev.staleless.core.protocol.ReportException;
import dev.staleless.core.protocol.ResultCache;
import dev.staleless.core.protocol.ResultCacheSettings;
import dev.staleless.core.protocol.ResultCaches;
import dev.staleless.core.protocol.Transaction;
import dev.staleless.core.statistics.CacheListener;
import dev.staleless.core.statistics.CacheStatistics;
import dev.staleless.core.store.Store;
import dev.staleless.core.store.StoreException;
import dev.staleless.jdbc.catalog.CatalogSource;
import dev.staleless.jdbc.catalog.DeclaredTriggers;
import dev.staleless.jdbc.catalog.VersionedCatalog;
import dev.staleless.jdbc.connection.BarrierLocks;
import dev.staleless.jdbc.coordination.CoordinationSettings;
import dev.staleless.jdbc.coordination.DatabaseSessions;
import dev.staleless.jdbc.coordination.IncarnationWatch;
import dev.staleless.jdbc.coordination.JdbcCoordinationTables;
import dev.staleless.jdbc.coordination.ServiceConnections;
import dev.staleless.jdbc.database.Database;
import dev.staleless.jdbc.driver.DriverProfile;
import dev.staleless.jdbc.framework.FrameworkHooks;
import dev.staleless.sql.SqlAnalyser;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything of a node but its JDBC wrappers: service connections, coordination, catalog, store, cache. They are started in
 * this order, and closed in the opposite one.
 *
 * <p>The start needs the database and the store. Without the database nothing is known. Without the store a node would have
 * to begin cut off, and a wrong address or a server that hides its ids would go unnoticed as a cache that never hits; so it
 * is refused, where there is still somebody who looks. A store that goes away later stops nothing.
 */
final class Node implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    private static final Duration RENEWAL = Duration.ofSeconds(5);

    private final Resources resources;
    private final Database database;
    private final VersionedCatalog catalog;
    private final Coordinator coordinator;
    private final DriverProfile driver;
    private final ResultCache cache;
    private final CacheStatistics statistics;
    private final RequestedCaching policy;
    private final Enlistment enlistment;
    private final Reclaimer reclaimer;
    private final Profiles profiles;
    private final FrameworkHooks hooks;
    private volatile Mode mode;
    private @Nullable JdbcCoordinationTables tables;

    private Node(Settings settings, Resources resources) throws SQLException {
        this.resources = resources;
        DatabaseIdentity identity = DatabaseIdentity.of(settings.dataSource());
        ServiceConnections service = resources.add(serviceConnections(settings));
        identity.check(service);
        database = identity.kind();
        CoordinationSettings coordination = settings.coordination().in(database.coordination());
        statistics = CacheStatistics.of(settings.listeners().toArray(CacheListener[]::new));
        boolean shared = settings.store().shared() || JdbcCoordinationTables.exist(service, coordination);
        coordinator = resources.add(
                shared
                        ? overTables(settings, service, coordination)
                        : local(settings, service, coordination, identity));
        driver = driver(database);
        ResultCacheSettings cacheSettings = ResultCacheSettings.DEFAULTS
                .withMaxTtl(settings.maxTtl())
                .withFlightWait(settings.flightWait())
                .withOutage(settings.outage());
        cache = resources.add(ResultCaches.create(
                resources.store(), coordinator, settings.environment(), statistics, cacheSettings, driver::cachedRows));
        // read after its version
        long version = cache.schemaVersion();
        CatalogSource source = DeclaredTriggers.on(
                database.catalog(catalogConnections(settings, service), coordination.schema()),
                settings.writes().triggers());
        catalog = new VersionedCatalog(source, version, settings.environment(), this::schemaChanged);
        mode = settings.mode();
        enlistment = new Enlistment(cache, catalog::current, settings.environment());
        profiles = settings.profiles();
        hooks = new NodeHooks(catalog, statistics, profiles, () -> {
            if (serves()) {
                enlistment.atStart(profiles);
            }
        });
        policy = new RequestedCaching(
                profiles,
                this::serves,
                () -> mode == Mode.REPORT,
                settings.snapshot() == Snapshot.RELAXED,
                enlistment::asked);
        policy.verified(settings.verify());
        if (serves()) {
            enlistment.atStart(profiles);
        }
        reclaimer = resources.add(new Reclaimer(resources.store(), coordinator));
        if (settings.reclaimEvery() != null) {
            reclaimer.start(settings.reclaimEvery());
        }
        coordinator.onReading(this::read);
        // it may have moved before that
        long now = cache.schemaVersion();
        if (now != Transaction.ANY_SCHEMA) {
            catalog.require(now);
        }
    }

    /** A catalog read while the schema is being changed would be of a version that nobody goes by. */
    private void read(Reading reading) {
        if (!reading.reportEverything()) {
            catalog.require(reading.schemaVersion());
        }
    }

    /** The catalog was read again: tables that are new, or have other columns, are made cacheable as they are now. */
    private void schemaChanged() {
        if (serves()) {
            enlistment.again(profiles);
        }
    }

    private boolean serves() {
        return mode == Mode.SERVE;
    }

    Mode mode() {
        return mode;
    }

    /** Writes are reported whatever the mode, by the directory as every node agrees on it. */
    void mode(Mode value) {
        Mode before = mode;
        mode = value;
        if (before != value) {
            LOG.info("The mode is {} from now on, and was {}", value, before);
        }
        if (before != Mode.SERVE && value == Mode.SERVE) {
            enlistment.again(profiles);
        }
    }

    /**
     * Starts a node.
     *
     * @throws StalelessStartException if that fails; nothing is left running
     */
    static Node start(Settings settings) {
        Resources resources = new Resources();
        try {
            return new Node(settings, resources);
        } catch (SQLException | CoordinationException | StoreException e) {
            resources.close();
            throw new StalelessStartException("Staleless could not be started: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    private static ServiceConnections serviceConnections(Settings settings) {
        ServiceConnections service = settings.serviceDataSource() != null
                ? ServiceConnections.of(settings.serviceDataSource())
                : ServiceConnections.beside(settings.dataSource());
        LOG.info("Service connections come from {}", service.description());
        return service;
    }

    /**
     * The catalog is read as the application's role, whose search path it holds: with connections of its own where there are
     * some of this role, so that reading it again never waits for the pool.
     */
    private static CatalogSource.Connections catalogConnections(Settings settings, ServiceConnections service) {
        boolean sameRole = settings.serviceDataSource() == null && !service.lent();
        return sameRole ? service::open : settings.dataSource()::getConnection;
    }

    private Coordinator overTables(Settings settings, ServiceConnections service, CoordinationSettings coordination) {
        JdbcCoordinationTables opened = resources.add(JdbcCoordinationTables.open(service, coordination));
        tables = opened;
        new SoleNode(opened, settings.environment()).await();
        Store store = resources.open(settings, opened.database());
        return Coordinator.start(opened, store, settings.environment());
    }

    private Coordinator local(
            Settings settings,
            ServiceConnections service,
            CoordinationSettings coordination,
            DatabaseIdentity identity) {
        resources.add(identity.claim(coordination.namespace()));
        DatabaseSessions sessions = resources.add(new DatabaseSessions(service, coordination));
        UUID database = settings.environment().freshId();
        Store store = resources.open(settings, database);
        Coordinator local = Coordinator.local(store, database, settings.environment(), sessions);
        resources.add(
                IncarnationWatch.start(service, coordination, settings.environment(), () -> local.renewEpoch(RENEWAL)));
        return local;
    }

    DriverProfile driver() {
        return driver;
    }

    private static DriverProfile driver(Database database) {
        try {
            return database.driver();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new StalelessStartException(
                    "The driver of " + database.name() + " is not one that results can be captured from: "
                            + e.getMessage(),
                    e);
        }
    }

    /** The kind of its database. */
    Database kind() {
        return database;
    }

    /** How transactions lock barriers. */
    BarrierLocks locks() {
        JdbcCoordinationTables opened = tables;
        return opened == null ? BarrierLocks.NONE : opened::lockBarrier;
    }

    CatalogSource catalog() {
        return catalog;
    }

    ResultCache cache() {
        return cache;
    }

    UUID database() {
        return coordinator.database();
    }

    Enlistment enlistment() {
        return enlistment;
    }

    RequestedCaching policy() {
        return policy;
    }

    Profiles profiles() {
        return profiles;
    }

    CacheStatistics.Snapshot statistics() {
        return statistics.snapshot();
    }

    /**
     * The change was made elsewhere, and is committed: only reporting it is left of the protocol.
     *
     * @param where null for any row
     * @throws IllegalArgumentException if there is no such table
     */
    void invalidate(TableName name, @Nullable String where) {
        SqlAnalyser analyser = SqlAnalyser.create(database.dialect());
        List<ChangeEvent> events = new ArrayList<>();
        for (TableName table : named(name)) {
            events.addAll(
                    where == null
                            ? Invalidation.of(table)
                            : Invalidation.of(table, where, analyser, catalog.current()));
        }
        invalidate(events);
    }

    /** A table that is not known may be a new one: then the catalog is read again. */
    private List<TableName> named(TableName name) {
        try {
            return Invalidation.named(name, catalog.current());
        } catch (IllegalArgumentException mayBeNew) {
            return Invalidation.named(name, catalog.refresh());
        }
    }

    /** As {@link #invalidate(TableName, String)}, of any tables. */
    void invalidate(List<ChangeEvent> events) {
        Transaction transaction = cache.begin();
        transaction.changed(events);
        try {
            var unused = transaction.commit(() -> Transaction.Outcome.COMMITTED);
        } catch (ReportException e) {
            transaction.rollback();
            // without the store, making everything a miss does as well
            if (!coordinator.renewEpoch(RENEWAL)) {
                throw e;
            }
        }
    }

    /** What frameworks tell this node, and ask it. */
    FrameworkHooks hooks() {
        return hooks;
    }

    long reclaim() throws InterruptedException {
        return reclaimer.walk();
    }

    Set<TableName> takeOutUnused(Duration timeout) {
        return coordinator.takeOutUnused(timeout);
    }

    boolean invalidateAll(Duration timeout) {
        return coordinator.renewEpoch(timeout);
    }

    @Override
    public void close() {
        resources.close();
    }
}
