package dev.staleless.integration.facade;

import static dev.staleless.jdbc.Ops.COUNT;
import static dev.staleless.jdbc.Ops.FETCH;
import static dev.staleless.jdbc.Ops.GET;
import static dev.staleless.jdbc.Ops.ops;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.core.store.StoreProvider;
import dev.staleless.core.store.memory.MemoryStore;
import dev.staleless.jdbc.Mode;
import dev.staleless.jdbc.Ops;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessBuilder;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.redis.RedisStore;
import dev.staleless.testkit.server.PostgresServer;
import dev.staleless.testkit.server.RedisServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an application sees: hits where it asked for them, misses where a change says so. */
class StalelessTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final String database = "facade" + UUID.randomUUID().toString().replace("-", "");
    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeEach
    void createDatabase() throws SQLException {
        execute(PostgresServer.shared().jdbcUrl(), "CREATE DATABASE " + database);
        execute(PostgresServer.shared().jdbcUrl(database), """
        CREATE TABLE product (id int PRIMARY KEY, name text NOT NULL, price numeric(10,2));
        INSERT INTO product SELECT i, 'Product ' || i, i FROM generate_series(1, 20) i;
        CREATE TABLE session (id int PRIMARY KEY, product_id int REFERENCES product);
        INSERT INTO session VALUES (1, 1), (2, 2)""");
    }

    @AfterEach
    void dropDatabase() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        execute(PostgresServer.shared().jdbcUrl(), "DROP DATABASE " + database + " WITH (FORCE)");
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            execute(connection, sql);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void write(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            execute(connection, sql);
        }
    }

    private HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(PostgresServer.shared().jdbcUrl(database));
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(0);
        HikariDataSource pool = new HikariDataSource(config);
        opened.add(pool);
        return pool;
    }

    private StalelessBuilder wrap(StoreProvider store) {
        return Staleless.wrap(pool()).store(store);
    }

    private StalelessDataSource start(StalelessBuilder builder) {
        StalelessDataSource dataSource = builder.build();
        opened.add(dataSource);
        return dataSource;
    }

    private static String query(DataSource dataSource, String sql, Object... parameters) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : "none";
            }
        }
    }

    /** Whether the query is served from the cache when it is done again. */
    private static boolean isCached(StalelessDataSource dataSource, String sql, Object... parameters)
            throws SQLException {
        String first = query(dataSource, sql, parameters);
        long before = dataSource.statistics().hits();
        assertThat(query(dataSource, sql, parameters)).isEqualTo(first);
        return dataSource.statistics().hits() > before;
    }

    @Test
    void theSecondCallAfterTheStartIsAHitInTheProcess() throws SQLException {
        StalelessDataSource cached = start(wrap(MemoryStore.create()).cacheEverything(MINUTE));
        assertThat(query(cached, "SELECT name FROM product WHERE id = ?", 7)).isEqualTo("Product 7");
        assertThat(query(cached, "SELECT name FROM product WHERE id = ?", 7)).isEqualTo("Product 7");
        assertThat(cached.statistics().hits()).isEqualTo(1);
    }

    @Test
    void theSecondCallAfterTheStartIsAHitOnRedis() throws SQLException {
        StalelessDataSource cached =
                start(wrap(RedisStore.connect(RedisServer.shared().uri())).cacheEverything(MINUTE));
        assertThat(query(cached, "SELECT name FROM product WHERE id = ?", 7)).isEqualTo("Product 7");
        assertThat(query(cached, "SELECT name FROM product WHERE id = ?", 7)).isEqualTo("Product 7");
        assertThat(cached.statistics().hits()).isEqualTo(1);
    }

    @Test
    void aWriteDropsWhatItChangesAndNothingElse() throws SQLException {
        StalelessDataSource cached = start(wrap(MemoryStore.create()).cacheEverything(MINUTE));
        query(cached, "SELECT name FROM product WHERE id = 1");
        query(cached, "SELECT name FROM product WHERE id = 2");
        write(cached, "UPDATE product SET name = 'Other' WHERE id = 1");
        long before = cached.statistics().hits();
        assertThat(query(cached, "SELECT name FROM product WHERE id = 2")).isEqualTo("Product 2");
        assertThat(cached.statistics().hits()).isEqualTo(before + 1);
        assertThat(query(cached, "SELECT name FROM product WHERE id = 1")).isEqualTo("Other");
        assertThat(cached.statistics().hits()).isEqualTo(before + 1);
    }

    @Test
    void whatOneNodeCachesAnotherServesAndWhatOneWritesTheOtherHears() throws SQLException {
        StoreProvider redis = RedisStore.connect(RedisServer.shared().uri());
        StalelessDataSource one = start(wrap(redis).cacheEverything(MINUTE));
        StalelessDataSource other = start(wrap(redis).cacheEverything(MINUTE));
        assertThat(query(one, "SELECT count(*) FROM product WHERE price > 10")).isEqualTo("10");
        assertThat(query(other, "SELECT count(*) FROM product WHERE price > 10"))
                .isEqualTo("10");
        assertThat(other.statistics().hits()).isEqualTo(1);
        write(other, "UPDATE product SET price = 0 WHERE id = 20");
        assertThat(query(one, "SELECT count(*) FROM product WHERE price > 10")).isEqualTo("9");
    }

    @Test
    void nothingIsCachedThatWasNotAskedFor() throws SQLException {
        StalelessDataSource cached = start(wrap(MemoryStore.create()));
        assertThat(isCached(cached, "SELECT name FROM product WHERE id = 1")).isFalse();
    }

    @Test
    void profilesSayWhichKindsOfQueriesAreCached() throws SQLException {
        StalelessDataSource cached = start(wrap(MemoryStore.create())
                .profile("public.pro*", ops(GET, COUNT), MINUTE)
                .profile("public.session", Ops.none(), MINUTE));
        assertThat(isCached(cached, "SELECT name FROM product WHERE id = 1")).isTrue();
        assertThat(isCached(cached, "SELECT count(*) FROM product")).isTrue();
        assertThat(isCached(cached, "SELECT name FROM product WHERE price = 3")).isFalse();
        assertThat(isCached(cached, "SELECT id FROM session WHERE id = 1")).isFalse();
        assertThat(isCached(cached, "SELECT count(*) FROM product p JOIN session s ON s.product_id = p.id"))
                .isFalse();
    }

    @Test
    void profilesComeFromPropertiesToo() throws SQLException {
        StalelessDataSource cached = start(wrap(MemoryStore.create())
                .properties(Map.of("staleless.profiles.public.product", "get, fetch ttl=1m")));
        assertThat(isCached(cached, "SELECT name FROM product WHERE price = 3")).isTrue();
        assertThat(isCached(cached, "SELECT count(*) FROM product")).isFalse();
    }

    @Test
    void aScopeAsksForCachingOrForbidsIt() throws SQLException {
        StalelessDataSource cached =
                start(wrap(MemoryStore.create()).profile("public.product", ops(FETCH, GET), MINUTE));
        String other = "SELECT id FROM session WHERE product_id = 1";
        assertThat(isCached(cached, other)).isFalse();
        Staleless.cached(MINUTE, () -> query(cached, other));
        awaitHit(cached, other);
        assertThat(Staleless.uncached(() -> isCached(cached, "SELECT name FROM product WHERE id = 1")))
                .isFalse();
    }

    /** A table that nobody named before is made cacheable in the background. */
    private static void awaitHit(StalelessDataSource dataSource, String sql) throws SQLException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!Staleless.cached(MINUTE, () -> isCached(dataSource, sql))) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
        }
    }

    @Test
    void aCommentInTheStatementAsksForCachingOrForbidsIt() throws SQLException {
        StalelessDataSource cached = start(wrap(MemoryStore.create()).profile("public.product", ops(GET), MINUTE));
        assertThat(isCached(cached, "/* staleless: ttl=60 */ SELECT name FROM product WHERE price = 3"))
                .isTrue();
        assertThat(isCached(cached, "/* staleless: off */ SELECT name FROM product WHERE id = 1"))
                .isFalse();
    }

    @Test
    void aNodeThatOnlyReportsServesNothingAndIsHeard() throws SQLException {
        StoreProvider redis = RedisStore.connect(RedisServer.shared().uri());
        StalelessDataSource serving = start(wrap(redis).cacheEverything(MINUTE));
        StalelessDataSource reporting =
                start(wrap(redis).cacheEverything(MINUTE).mode(Mode.REPORT));
        query(serving, "SELECT name FROM product WHERE id = 1");
        assertThat(isCached(reporting, "SELECT name FROM product WHERE id = 1")).isFalse();
        write(reporting, "UPDATE product SET name = 'Reported' WHERE id = 1");
        assertThat(query(serving, "SELECT name FROM product WHERE id = 1")).isEqualTo("Reported");
    }

    @Test
    void aChangeMadeElsewhereIsSeenOnceItIsTold() throws SQLException {
        StalelessDataSource cached = start(wrap(MemoryStore.create()).cacheEverything(MINUTE));
        query(cached, "SELECT name FROM product WHERE id = 1");
        execute(PostgresServer.shared().jdbcUrl(database), "UPDATE product SET name = 'Elsewhere' WHERE id = 1");
        cached.invalidate("public", "product");
        assertThat(query(cached, "SELECT name FROM product WHERE id = 1")).isEqualTo("Elsewhere");
        execute(PostgresServer.shared().jdbcUrl(database), "UPDATE product SET name = 'Again' WHERE id = 1");
        assertThat(cached.invalidateAll(Duration.ofSeconds(10))).isTrue();
        assertThat(query(cached, "SELECT name FROM product WHERE id = 1")).isEqualTo("Again");
    }

    @Test
    void aTableThatIsNotThereIsNotInvalidatedInSilence() throws SQLException {
        StalelessDataSource cached = start(wrap(MemoryStore.create()).cacheEverything(MINUTE));
        query(cached, "SELECT name FROM product WHERE id = 1");
        execute(PostgresServer.shared().jdbcUrl(database), "UPDATE product SET name = 'Elsewhere' WHERE id = 1");
        cached.invalidate("Public", "PRODUCT", "id = 1");
        assertThat(query(cached, "SELECT name FROM product WHERE id = 1")).isEqualTo("Elsewhere");
        assertThatThrownBy(() -> cached.invalidate("public", "products"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("public.products");
        execute(PostgresServer.shared().jdbcUrl(database), "CREATE VIEW shown AS SELECT * FROM product");
        assertThatThrownBy(() -> cached.invalidate("public", "shown"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("public.shown is a view");
    }

    @Test
    void aHitTakesNoConnectionFromThePool() throws SQLException {
        HikariDataSource pool = pool();
        StalelessDataSource cached =
                start(Staleless.wrap(pool).store(MemoryStore.create()).cacheEverything(MINUTE));
        query(cached, "SELECT name FROM product WHERE id = 1");
        try (Connection one = pool.getConnection();
                Connection two = pool.getConnection()) {
            assertThat(query(cached, "SELECT name FROM product WHERE id = 1")).isEqualTo("Product 1");
            assertThat(one.isValid(1) && two.isValid(1)).isTrue();
        }
        assertThat(cached.statistics().hits()).isEqualTo(1);
    }

    @Test
    void whatIsClosedGivesNoConnections() {
        StalelessDataSource cached = wrap(MemoryStore.create()).build();
        cached.close();
        cached.close();
        assertThatThrownBy(cached::getConnection).isInstanceOf(SQLException.class);
    }

    @Test
    void whatSeemsToStandInALiteralIsNotMissedWhereBackslashesEscape() throws SQLException {
        StalelessDataSource cached = start(wrap(MemoryStore.create()).cacheEverything(MINUTE));
        assertThat(isCached(cached, "SELECT price FROM product WHERE id = 2")).isTrue();
        try (Connection connection = cached.getConnection()) {
            execute(connection, "SET standard_conforming_strings = off");
            execute(connection, "SELECT 1, '\\', '; UPDATE product SET price = 99 WHERE id = 2; --'");
        }
        assertThat(query(cached, "SELECT price FROM product WHERE id = 2")).isEqualTo("99.00");
    }
}
