package dev.staleless.jdbc.computed;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.coordination.Clock;
import dev.staleless.core.coordination.Coordinator;
import dev.staleless.core.coordination.Environment;
import dev.staleless.core.protocol.Admission;
import dev.staleless.core.protocol.ResultCache;
import dev.staleless.core.protocol.ResultCacheSettings;
import dev.staleless.core.protocol.ResultCaches;
import dev.staleless.core.protocol.Transaction;
import dev.staleless.core.protocol.ValueCache;
import dev.staleless.core.statistics.CacheStatistics;
import dev.staleless.core.store.Store;
import dev.staleless.core.store.memory.MemoryStore;
import dev.staleless.jdbc.admission.AdmissionSettings;
import dev.staleless.jdbc.admission.Shapes;
import dev.staleless.jdbc.catalog.CatalogSource;
import dev.staleless.jdbc.connection.BarrierLocks;
import dev.staleless.jdbc.connection.CachingDataSource;
import dev.staleless.jdbc.connection.Wiring;
import dev.staleless.jdbc.driver.DriverProfile;
import dev.staleless.jdbc.driver.SessionState;
import dev.staleless.jdbc.policy.FrontListener;
import dev.staleless.jdbc.policy.Images;
import dev.staleless.jdbc.policy.Limits;
import dev.staleless.jdbc.policy.Revalidate;
import dev.staleless.jdbc.result.pgjdbc.PgjdbcProfile;
import dev.staleless.sql.Analysis;
import dev.staleless.sql.SqlAnalyser;
import dev.staleless.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A schema of the shared PostgreSQL server, a caching data source over the in-process store, and its computed values. */
final class ValuesDatabase implements AutoCloseable {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final String schema = "values_" + COUNTER.incrementAndGet();
    private final String url = PostgresServer.shared().jdbcUrl() + "&currentSchema=" + schema;
    private final UUID id = UUID.randomUUID();
    private final Store store = MemoryStore.create().open(id, "test");
    private final SqlAnalyser analyser = SqlAnalyser.create();
    private final HikariDataSource pool;
    private final CatalogSource catalogs;
    private final ResultCache cache;
    final CachingDataSource dataSource;

    ValuesDatabase(PlantedFault fault, String ddl) throws SQLException, ReflectiveOperationException {
        this(fault, ddl, Shapes.create(Admission.ALWAYS, AdmissionSettings.DEFAULTS, Clock.system()));
    }

    /** @param shapes decide which queries are cached */
    ValuesDatabase(PlantedFault fault, String ddl, Shapes shapes) throws SQLException, ReflectiveOperationException {
        execute("CREATE SCHEMA " + schema + "; " + ddl);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(4);
        config.setMinimumIdle(0);
        pool = new HikariDataSource(config);
        DriverProfile driver = PgjdbcProfile.create();
        Environment environment = Environment.system();
        cache = fault.in(ResultCaches.create(
                store,
                Coordinator.local(store, id, environment, session -> true),
                environment,
                CacheStatistics.of(),
                ResultCacheSettings.DEFAULTS,
                driver::cachedRows));
        catalogs = CatalogSource.postgres(this::direct, "staleless");
        var tables = new ArrayList<>(catalogs.current().tables());
        tables.add(ValueSource.KEYS);
        cache.enlist(tables, Duration.ofSeconds(10));
        dataSource = CachingDataSource.create(
                pool,
                new Wiring(
                        cache,
                        analyser,
                        catalogs,
                        id.toString(),
                        (template, hint) -> template.uses().size() > 1 ? null : Duration.ofMinutes(5),
                        Limits.DEFAULT,
                        driver,
                        FrontListener.NONE,
                        BarrierLocks.NONE,
                        Images.AUTO,
                        Revalidate.AUTO,
                        shapes));
    }

    /** The computed values as another node would see them: what one remembers the other does not. */
    ComputedValues node() {
        return Computations.of(new Source());
    }

    /** A connection without cache. */
    Connection direct() throws SQLException {
        return DriverManager.getConnection(url);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        pool.close();
        cache.close();
        store.close();
        execute("DROP SCHEMA " + schema + " CASCADE");
    }

    private final class Source implements ValueSource {
        @Override
        public String database() {
            return id.toString();
        }

        @Override
        public ValueCache values() {
            return cache.values();
        }

        @Override
        public boolean serves() {
            return true;
        }

        @Override
        public @Nullable SessionState usualSession() throws SQLException {
            return dataSource.usualSession();
        }

        @Override
        public long schemaVersion() {
            return catalogs.schemaVersion();
        }

        @Override
        public Analysis analyse(String sql, List<String> searchPath) {
            return analyser.analyse(sql, catalogs.current(searchPath));
        }

        @Override
        public @Nullable TableName table(String name) {
            return null;
        }

        @Override
        public void asked(Collection<TableName> tables) {}

        @Override
        public void changed(List<ChangeEvent> events) {
            Transaction transaction = cache.begin();
            transaction.changed(events);
            var unused = transaction.commit(() -> Transaction.Outcome.COMMITTED);
        }
    }
}
