package dev.staleless.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.core.protocol.Admission;
import dev.staleless.core.store.StoreProvider;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessBuilder;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.redis.RedisStore;
import dev.staleless.testkit.server.PostgresServer;
import dev.staleless.testkit.server.RedisConnection;
import dev.staleless.testkit.server.RedisServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** PostgreSQL and Redis for one measurement, and what is connected to them; all ended by {@link #close()}. */
public final class Servers implements AutoCloseable {

    /** What a measurement does with a node's settings. */
    public interface Customizer {
        StalelessBuilder apply(StalelessBuilder builder);
    }

    private final PostgresServer postgres;
    private final RedisServer redis;
    private final List<Runnable> closings = new ArrayList<>();

    /** Starts both. The database does not wait for its disk. */
    public Servers() {
        this(PostgresServer.builder());
    }

    /** Starts both, the database with these settings. */
    public Servers(PostgresServer.Builder settings) {
        postgres = settings.set("max_connections", "300").start();
        redis = RedisServer.start();
    }

    public PostgresServer postgres() {
        return postgres;
    }

    public RedisServer redis() {
        return redis;
    }

    /** A pool of connections to the database. */
    public DataSource pool(int size) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(postgres.jdbcUrl());
        pool.setMaximumPoolSize(size);
        closings.add(pool::close);
        return pool;
    }

    /** A node on the shared Redis that caches everything for an hour. */
    public StalelessDataSource node(int poolSize) {
        return node(poolSize, RedisStore.connect(redis.uri()), builder -> builder);
    }

    public StalelessDataSource node(int poolSize, StoreProvider store, Customizer customizer) {
        StalelessBuilder builder = Staleless.wrap(pool(poolSize))
                .store(store)
                .namespace("bench")
                .admission(Admission.ALWAYS)
                .cacheEverything(Duration.ofHours(1));
        StalelessDataSource node = customizer.apply(builder).build();
        closings.add(node::close);
        return node;
    }

    /** A connection of one's own to Redis. */
    public RedisConnection redisConnection() {
        RedisConnection connection = new RedisConnection(redis.port());
        closings.add(connection::close);
        return connection;
    }

    /** Executes statements on the database, past any cache. */
    public static void execute(DataSource database, String... statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public void close() {
        for (int i = closings.size() - 1; i >= 0; i--) {
            closings.get(i).run();
        }
        redis.stop();
        postgres.stop();
    }
}
