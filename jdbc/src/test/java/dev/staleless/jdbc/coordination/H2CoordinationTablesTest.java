package dev.staleless.jdbc.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.staleless.core.coordination.CoordinationException;
import dev.staleless.core.coordination.CoordinationTables.BarrierKind;
import dev.staleless.core.coordination.CoordinationTables.NodeRow;
import dev.staleless.core.coordination.CoordinationTables.Stage;
import dev.staleless.core.coordination.CoordinationTables.State;
import dev.staleless.core.coordination.Directory;
import dev.staleless.core.coordination.DirectoryCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables' contract on H2. */
class H2CoordinationTablesTest {

    private static final CoordinationSettings SETTINGS =
            CoordinationSettings.of("test").in(CoordinationDialect.H2);

    private final List<AutoCloseable> open = new ArrayList<>();
    private final String url = "jdbc:h2:mem:c" + UUID.randomUUID().toString().replace("-", "");

    @TempDir
    private Path folder;

    /** Keeps the database in memory alive. */
    @BeforeEach
    void keep() throws SQLException {
        open.add(DriverManager.getConnection(url, "sa", ""));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    private static DataSource dataSource(String url, String user) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL(url);
        dataSource.setUser(user);
        dataSource.setPassword("");
        return dataSource;
    }

    private JdbcCoordinationTables open(String at, CoordinationSettings settings) {
        JdbcCoordinationTables tables =
                JdbcCoordinationTables.open(ServiceConnections.of(dataSource(at, "sa")), settings);
        open.add(tables);
        return tables;
    }

    private JdbcCoordinationTables open() {
        return open(url, SETTINGS);
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            if (!sql.startsWith("SHUTDOWN")) {
                throw e;
            }
        }
    }

    private static <T> List<T> atOnce(int threads, Callable<T> task) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(executor.submit(task));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void nodesThatStartAtOnceFindOneStateAndOneDatabase() throws Exception {
        List<JdbcCoordinationTables> nodes =
                atOnce(6, () -> JdbcCoordinationTables.open(ServiceConnections.of(dataSource(url, "sa")), SETTINGS));
        open.addAll(nodes);
        Set<UUID> databases = new HashSet<>();
        Set<UUID> epochs = new HashSet<>();
        for (JdbcCoordinationTables node : nodes) {
            databases.add(node.database());
            epochs.add(node.read().epoch());
        }
        assertThat(databases).hasSize(1);
        assertThat(epochs).hasSize(1);
    }

    @Test
    void theFirstStateIsOfTheLiveIncarnationWithAnEmptyDirectory() {
        State state = open().read();
        assertThat(state.recordedIncarnation()).isEqualTo(state.liveIncarnation());
        assertThat(state.liveIncarnation()).doesNotEndWith("/-");
        assertThat(state.version()).isEqualTo(1);
        assertThat(state.schemaVersion()).isEqualTo(1);
        assertThat(state.barrier()).isNull();
        assertThat(state.incarnationAgeMillis())
                .isGreaterThan(Duration.ofDays(365).toMillis());
        assertThat(DirectoryCodec.decode(state.directory())).isEqualTo(Directory.EMPTY);
    }

    @Test
    void namespacesShareNothingButTheIncarnation() {
        State one = open().read();
        State other = open(url, CoordinationSettings.of("other").in(CoordinationDialect.H2))
                .read();
        assertThat(other.epoch()).isNotEqualTo(one.epoch());
        assertThat(other.recordedIncarnation()).isEqualTo(one.recordedIncarnation());
    }

    @Test
    void aRoleThatMayNotCreateTheTablesIsToldTheSqlThatLetsItStart() throws SQLException {
        execute(url, "CREATE USER APP PASSWORD ''");
        String[] shown = new String[1];
        assertThatThrownBy(() -> JdbcCoordinationTables.open(ServiceConnections.of(dataSource(url, "APP")), SETTINGS))
                .isInstanceOfSatisfying(CoordinationException.class, e -> shown[0] = e.getMessage())
                .hasMessageContaining("CREATE SCHEMA")
                .hasMessageContaining("GRANT");
        execute(url, shown[0].substring(shown[0].lastIndexOf("CREATE SCHEMA")));
        JdbcCoordinationTables tables =
                JdbcCoordinationTables.open(ServiceConnections.of(dataSource(url, "APP")), SETTINGS);
        open.add(tables);
        UUID node = UUID.randomUUID();
        tables.register(node);
        assertThat(tables.beat(node)).isTrue();
        assertThat(tables.raise(tables.read().recordedIncarnation(), null, UUID.randomUUID(), null))
                .isEqualTo(2);
        assertThat(tables.sessionEnded("1@5")).as("hidden from this role").isFalse();
    }

    @Test
    void nodesRegisterBeatAndAcknowledge() {
        JdbcCoordinationTables tables = open();
        UUID node = UUID.randomUUID();
        assertThat(tables.beat(node)).isFalse();
        tables.register(node);
        assertThat(tables.nodes()).containsExactly(new NodeRow(node, 0, 1, 1));
        assertThat(tables.beat(node)).isTrue();
        tables.acknowledge(node, 5, 3);
        tables.acknowledge(node, 4, 2);
        assertThat(tables.nodes()).containsExactly(new NodeRow(node, 1, 5, 3));
        assertThat(tables.behind(Stage.STOPPED, 5)).isZero();
        assertThat(tables.behind(Stage.SEEN, 5)).isEqualTo(1);
        assertThat(tables.deleteGone(node, 0)).isFalse();
        assertThat(tables.deleteGone(node, 1)).isTrue();
        assertThat(tables.nodes()).isEmpty();
    }

    @Test
    void ofTwoThatExpectTheSameVersionOneRaisesIt() throws Exception {
        JdbcCoordinationTables first = open();
        String incarnation = first.read().recordedIncarnation();
        List<Long> raised = atOnce(4, () -> open(url, SETTINGS).raise(incarnation, 1L, null, "x"));
        assertThat(raised.stream().filter(java.util.Objects::nonNull)).containsExactly(2L);
        assertThat(first.read().directory()).isEqualTo("x");
        assertThat(first.raise("another", null, null, null)).isNull();
        List<Long> each = atOnce(4, () -> open(url, SETTINGS).raise(incarnation, null, null, null));
        assertThat(each).containsExactlyInAnyOrder(3L, 4L, 5L, 6L);
    }

    @Test
    void aBarrierIsLockedAgainstItsBeingClosed() throws SQLException {
        JdbcCoordinationTables tables = open();
        String incarnation = tables.read().recordedIncarnation();
        UUID barrier = UUID.randomUUID();
        UUID node = UUID.randomUUID();
        assertThat(tables.openBarrier(barrier, node, BarrierKind.CUT_OFF, incarnation, null, null))
                .isEqualTo(2);
        assertThat(tables.read().barrier()).isEqualTo(BarrierKind.CUT_OFF);
        assertThat(tables.openBarriers()).hasSize(1);
        try (Connection application = DriverManager.getConnection(url, "sa", "")) {
            application.setAutoCommit(false);
            assertThat(tables.lockBarrier(application, barrier)).isTrue();
            assertThatThrownBy(() -> tables.closeBarrier(barrier, BarrierKind.CUT_OFF, incarnation, UUID.randomUUID()))
                    .isInstanceOf(CoordinationException.class);
            application.commit();
            assertThat(tables.closeBarrier(barrier, BarrierKind.CUT_OFF, incarnation, UUID.randomUUID()))
                    .isTrue();
            assertThat(tables.lockBarrier(application, barrier)).isFalse();
        }
        assertThat(tables.openBarriers()).isEmpty();
        assertThat(tables.read().barrier()).isNull();
    }

    @Test
    void aNodeWithAStoreOfItsOwnStandsBesideNoOther() {
        JdbcCoordinationTables shared = open();
        shared.register(UUID.randomUUID());
        CoordinationSettings alone = new CoordinationSettings(
                CoordinationSettings.DEFAULT_SCHEMA, "test", true, true, CoordinationSettings.DEFAULT_TIMEOUT);
        JdbcCoordinationTables lonely = open(url, alone.in(CoordinationDialect.H2));
        assertThatThrownBy(() -> lonely.register(UUID.randomUUID())).isInstanceOf(CoordinationException.class);
    }

    @Test
    void aSessionHasEndedWhenItIsNotThereAnyMore() throws SQLException {
        JdbcCoordinationTables tables = open();
        String name;
        try (Connection session = DriverManager.getConnection(url, "sa", "");
                Statement statement = session.createStatement();
                java.sql.ResultSet row = statement.executeQuery(
                        "SELECT SESSION_ID || '@' || CAST(CAST(EXTRACT(EPOCH FROM SESSION_START) AS DECIMAL(30, 9)) AS VARCHAR)"
                                + " FROM INFORMATION_SCHEMA.SESSIONS WHERE SESSION_ID = SESSION_ID()")) {
            row.next();
            name = row.getString(1);
            assertThat(tables.sessionEnded(name)).isFalse();
        }
        assertThat(tables.sessionEnded(name)).isTrue();
        assertThat(tables.sessionEnded("nonsense")).isFalse();
    }

    // ---- incarnations of a database in a file

    private String file(String name) {
        return "jdbc:h2:file:" + folder.resolve(name) + ";DB_CLOSE_DELAY=-1";
    }

    private State reopened(String at) {
        return open(at, SETTINGS).read();
    }

    @Test
    void aCrashAndARestartAreOtherIncarnationsOfTheSameDatabase() throws SQLException {
        JdbcCoordinationTables before = open(file("a"), SETTINGS);
        State first = before.read();
        for (String end : List.of("SHUTDOWN IMMEDIATELY", "SHUTDOWN")) {
            execute(file("a"), "CHECKPOINT SYNC");
            execute(file("a"), end);
            State after = reopened(file("a"));
            assertThat(after.database()).isEqualTo(first.database());
            assertThat(after.liveIncarnation()).endsWith("/-").isNotEqualTo(after.recordedIncarnation());
            JdbcCoordinationTables tables = open(file("a"), SETTINGS);
            UUID epoch = UUID.randomUUID();
            assertThat(tables.recordIncarnation(after.recordedIncarnation(), after.liveIncarnation(), epoch))
                    .isTrue();
            State recorded = tables.read();
            assertThat(recorded.recordedIncarnation())
                    .isEqualTo(recorded.liveIncarnation())
                    .doesNotEndWith("/-");
            assertThat(recorded.epoch()).isEqualTo(epoch);
            assertThat(recorded.version()).isGreaterThanOrEqualTo(1L << 32);
            assertThat(recorded.incarnationAgeMillis()).isBetween(0L, 60_000L);
        }
        execute(file("a"), "SHUTDOWN");
    }

    @Test
    void aCopyOfTheFileIsAnotherDatabase() throws SQLException, IOException {
        UUID original = open(file("a"), SETTINGS).database();
        execute(file("a"), "SHUTDOWN");
        Files.copy(folder.resolve("a.mv.db"), folder.resolve("b.mv.db"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(open(file("b"), SETTINGS).database()).isNotEqualTo(original);
        assertThat(open(file("a"), SETTINGS).database()).isEqualTo(original);
        execute(file("a"), "SHUTDOWN");
        execute(file("b"), "SHUTDOWN");
    }

    @Test
    void aDatabaseInMemoryThatWasClosedIsGoneWithItsTables() throws SQLException {
        JdbcCoordinationTables tables = open();
        UUID before = tables.database();
        execute(url, "SHUTDOWN IMMEDIATELY");
        assertThatThrownBy(tables::read).isInstanceOf(CoordinationException.class);
        assertThat(open().database()).isNotEqualTo(before);
        assertThatThrownBy(tables::read).isInstanceOf(CoordinationException.class);
    }
}
