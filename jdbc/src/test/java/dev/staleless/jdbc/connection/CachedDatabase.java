package dev.staleless.jdbc.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.core.coordination.Clock;
import dev.staleless.core.coordination.Coordinator;
import dev.staleless.core.coordination.Environment;
import dev.staleless.core.protocol.Admission;
import dev.staleless.core.protocol.ResultCache;
import dev.staleless.core.protocol.ResultCacheSettings;
import dev.staleless.core.protocol.ResultCaches;
import dev.staleless.core.statistics.CacheStatistics;
import dev.staleless.core.store.Store;
import dev.staleless.core.store.memory.MemoryStore;
import dev.staleless.jdbc.admission.AdmissionSettings;
import dev.staleless.jdbc.admission.Shapes;
import dev.staleless.jdbc.catalog.CatalogSource;
import dev.staleless.jdbc.driver.DriverProfile;
import dev.staleless.jdbc.policy.CachePolicy;
import dev.staleless.jdbc.policy.FrontListener;
import dev.staleless.jdbc.policy.Images;
import dev.staleless.jdbc.policy.Limits;
import dev.staleless.jdbc.policy.Revalidate;
import dev.staleless.jdbc.result.pgjdbc.PgjdbcProfile;
import dev.staleless.sql.SqlAnalyser;
import dev.staleless.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A schema of the shared PostgreSQL server, a pool over it, and the pool's caching data source over the in-process store. */
final class CachedDatabase implements AutoCloseable {
    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final DriverProfile DRIVER = driver();

    final String schema = "cached_" + COUNTER.incrementAndGet();
    final CacheStatistics statistics = CacheStatistics.of();
    final List<String> passedThrough = Collections.synchronizedList(new ArrayList<>());
    final List<String> everything = Collections.synchronizedList(new ArrayList<>());
    final List<String> notCaptured = Collections.synchronizedList(new ArrayList<>());
    final HikariDataSource pool;
    final DataSource cached;
    private final Store store;
    private final UUID database;
    private final Limits limits;
    private final CatalogSource catalogs;
    private final ResultCache cache;
    private final String url;

    private CachedDatabase(String ddl, String options, Limits limits, @Nullable ResultCache given) throws SQLException {
        url = PostgresServer.shared().jdbcUrl() + "&currentSchema=" + schema + options;
        execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE; CREATE SCHEMA " + schema + "; " + ddl);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(4);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(2000);
        pool = new HikariDataSource(config);
        UUID database = new UUID(0, COUNTER.get());
        Environment environment = Environment.system();
        store = MemoryStore.create().open(database, "test");
        cache = given != null
                ? given
                : ResultCaches.create(
                        store,
                        Coordinator.local(store, database, environment, session -> true),
                        environment,
                        statistics,
                        ResultCacheSettings.DEFAULTS,
                        DRIVER::cachedRows);
        catalogs = CatalogSource.postgres(() -> DriverManager.getConnection(url), "staleless");
        cacheNewTables();
        this.database = database;
        this.limits = limits;
        cached = caching(pool);
    }

    /** Another data source of the same database, over the same cache. */
    DataSource caching(DataSource delegate) {
        return caching(delegate, Images.AUTO);
    }

    DataSource caching(DataSource delegate, Images images) {
        return caching(delegate, images, Revalidate.NEVER);
    }

    DataSource caching(DataSource delegate, Images images, Revalidate revalidate) {
        return CachingDataSource.create(delegate, wiring(database, limits, images, revalidate, always()));
    }

    DataSource caching(DataSource delegate, Shapes shapes) {
        return CachingDataSource.create(delegate, wiring(database, limits, Images.AUTO, Revalidate.NEVER, shapes));
    }

    private static Shapes always() {
        return Shapes.create(Admission.ALWAYS, AdmissionSettings.DEFAULTS, Clock.system());
    }

    /** Makes the tables cacheable that are there now. */
    void cacheNewTables() {
        cache.enlist(catalogs.refresh().tables(), Duration.ofSeconds(10));
    }

    private Wiring wiring(UUID database, Limits limits, Images images, Revalidate revalidate, Shapes shapes) {
        CachePolicy policy = (template, hint) -> Duration.ofMinutes(5);
        FrontListener listener = new FrontListener() {
            @Override
            public void passedThrough(String sql, String reason) {
                passedThrough.add(reason);
            }

            @Override
            public void notCaptured(String sql, String reason) {
                notCaptured.add(reason);
            }

            @Override
            public void changedEverything(String sql, String reason) {
                everything.add(reason);
            }
        };
        return new Wiring(
                cache,
                SqlAnalyser.create(),
                catalogs,
                database.toString(),
                policy,
                limits,
                DRIVER,
                listener,
                BarrierLocks.NONE,
                images,
                revalidate,
                shapes);
    }

    private static DriverProfile driver() {
        try {
            return PgjdbcProfile.create();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** A database of these tables. */
    static CachedDatabase of(String ddl) throws SQLException {
        return new CachedDatabase(ddl, "", Limits.DEFAULT, null);
    }

    static CachedDatabase of(String ddl, String options, Limits limits) throws SQLException {
        return new CachedDatabase(ddl, options, limits, null);
    }

    /** A database of these tables with another cache than the usual one. */
    static CachedDatabase over(ResultCache cache, String ddl) throws SQLException {
        return new CachedDatabase(ddl, "", Limits.DEFAULT, cache);
    }

    /** A connection without cache. */
    Connection direct() throws SQLException {
        return DriverManager.getConnection(url);
    }

    /** Executes something behind the cache's back. */
    void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long hits() {
        return statistics.snapshot().hits();
    }

    /** Connections that are taken from the pool now. */
    int active() {
        return pool.getHikariPoolMXBean().getActiveConnections();
    }

    @Override
    public void close() throws SQLException {
        pool.close();
        cache.close();
        store.close();
        execute("DROP SCHEMA " + schema + " CASCADE");
    }
}
