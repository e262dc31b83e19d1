package dev.staleless.integration.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.core.store.StoreProvider;
import dev.staleless.core.store.memory.MemoryStore;
import dev.staleless.jdbc.Snapshot;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessBuilder;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.redis.RedisStore;
import dev.staleless.testkit.server.MariaDbServer;
import dev.staleless.testkit.server.RedisServer;
import dev.staleless.testkit.staleness.CheckReport;
import dev.staleless.testkit.staleness.CheckSettings;
import dev.staleless.testkit.staleness.DecisionLog;
import dev.staleless.testkit.staleness.Staleness;
import dev.staleless.testkit.staleness.StalenessChecker;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Random queries and writes of several threads, over MariaDB; the database is the judge. */
class MariaDbStalenessTest {

    private static final long SEED = Long.getLong("tests.seed", 20261124L);
    private static final Duration DURATION = Duration.ofSeconds(Long.getLong("tests.seconds", 4));

    private static final int CHECKS_PER_TRANSACTION = Integer.getInteger("tests.checksPerTransaction", 20);

    private final String database = "check" + UUID.randomUUID().toString().replace("-", "");
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @BeforeAll
    static void binariesAreThereForThisSystem() {
        assumeTrue(MariaDbServer.isSupported(), "the binaries are for Linux on x86-64");
    }

    @BeforeEach
    void createDatabase() throws SQLException {
        execute("CREATE DATABASE " + database);
    }

    @AfterEach
    void dropDatabase() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
        execute("DROP DATABASE " + database);
        execute("DROP DATABASE IF EXISTS staleless");
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(MariaDbServer.shared().jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The default isolation, a session that cuts what does not fit, parameters as text. */
    @Test
    void nothingStaleIsReadFromTheProcessAtRepeatableRead() throws Exception {
        String options = "&sessionVariables=innodb_lock_wait_timeout=5,optimizer_switch='loosescan=off',sql_mode=''";
        check(1, options, "TRANSACTION_REPEATABLE_READ", MemoryStore::create);
    }

    @Test
    void nothingStaleIsReadFromEitherOfTwoNodesAtReadCommitted() throws Exception {
        String options =
                "&sessionVariables=innodb_lock_wait_timeout=5,optimizer_switch='loosescan=off'&useServerPrepStmts=true";
        check(
                2,
                options,
                "TRANSACTION_READ_COMMITTED",
                () -> RedisStore.connect(RedisServer.shared().uri()));
    }

    private static CheckSettings settings() {
        CheckSettings usual = CheckSettings.of(SEED, DURATION);
        return new CheckSettings(
                usual.seed(),
                usual.duration(),
                usual.checks(),
                usual.readers(),
                usual.writers(),
                usual.tables(),
                usual.rows(),
                usual.queries(),
                CHECKS_PER_TRANSACTION);
    }

    private HikariDataSource pool(String options, String isolation) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(MariaDbServer.shared().jdbcUrl(database) + options);
        config.setTransactionIsolation(isolation);
        config.setMaximumPoolSize(4);
        config.setMinimumIdle(0);
        HikariDataSource pool = new HikariDataSource(config);
        opened.push(pool);
        return pool;
    }

    private StalelessDataSource start(StoreProvider store, DataSource pool, DecisionLog log) {
        StalelessBuilder builder = Staleless.wrap(pool)
                .store(store)
                .namespace(database)
                .snapshot(Snapshot.RELAXED)
                .listener(log)
                .cacheEverything(Duration.ofMinutes(10));
        StalelessDataSource node = builder.build();
        opened.push(node);
        return node;
    }

    private void check(int count, String options, String isolation, Supplier<StoreProvider> store) throws Exception {
        List<DecisionLog> logs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            logs.add(new DecisionLog());
        }
        List<StalelessDataSource> nodes = new ArrayList<>();
        CheckReport report = new StalenessChecker(settings(), pool(options, isolation), logs).run(tables -> {
            logs.forEach(log -> nodes.add(start(store.get(), pool(options, isolation), log)));
            return List.<DataSource>copyOf(nodes);
        });
        long hits = nodes.stream().mapToLong(node -> node.statistics().hits()).sum();
        System.out.printf(
                "MariaDB, %d nodes, seed %d: %d checks, %d hits, %d stale, %d transactions, %d rolled back, %s%n",
                count,
                SEED,
                report.checks(),
                hits,
                report.staleCount(),
                report.transactions(),
                report.rollbacks(),
                report.errors());
        assertThat(report.stale().stream().map(Staleness::describe).collect(Collectors.joining("\n")))
                .isEmpty();
        assertThat(hits).as("seed %s, %s checks", SEED, report.checks()).isGreaterThan(report.checks() * 3 / 10);
    }
}
