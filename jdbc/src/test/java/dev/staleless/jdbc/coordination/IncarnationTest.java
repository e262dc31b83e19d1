package dev.staleless.jdbc.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.coordination.CoordinationException;
import dev.staleless.core.coordination.CoordinationTables.Stage;
import dev.staleless.core.coordination.CoordinationTables.State;
import dev.staleless.core.coordination.Environment;
import dev.staleless.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a crash, a restart or a copy of a real PostgreSQL does to the incarnation. */
class IncarnationTest {

    private static PostgresServer server;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.stop();
    }

    private static JdbcCoordinationTables open(Database database) {
        return JdbcCoordinationTables.open(
                ServiceConnections.of(database.dataSource()), CoordinationSettings.of("test"));
    }

    /** The connections that a crash cut fail once each; the next reading is of the server that runs now. */
    private static State readAgain(JdbcCoordinationTables tables) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            try {
                return tables.read();
            } catch (CoordinationException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    private static String[] parts(String incarnation) {
        return incarnation.split("/", -1);
    }

    private static boolean record(JdbcCoordinationTables tables, State state, UUID epoch) {
        try {
            return tables.recordIncarnation(state.recordedIncarnation(), state.liveIncarnation(), epoch);
        } catch (CoordinationException cutByTheCrash) {
            return tables.recordIncarnation(state.recordedIncarnation(), state.liveIncarnation(), epoch);
        }
    }

    @Test
    void eachCrashIsAnotherIncarnationUntilItIsRecorded() throws Exception {
        Database database = Database.create(server);
        try (JdbcCoordinationTables tables = open(database)) {
            State before = tables.read();
            for (int crash = 1; crash <= 2; crash++) {
                server.crashAndRestart();
                State after = readAgain(tables);
                assertThat(after.liveIncarnation())
                        .isNotEqualTo(before.recordedIncarnation())
                        .endsWith("/-");
                assertThat(after.recordedIncarnation()).isEqualTo(before.recordedIncarnation());
                UUID epoch = UUID.randomUUID();
                assertThat(record(tables, after, epoch)).isTrue();
                State recorded = tables.read();
                assertThat(recorded.liveIncarnation())
                        .isEqualTo(recorded.recordedIncarnation())
                        .doesNotEndWith("/-");
                assertThat(recorded.epoch()).isEqualTo(epoch);
                assertThat(recorded.version()).isEqualTo(before.version() + (1L << 32));
                assertThat(recorded.database()).isEqualTo(before.database());
                assertThat(recorded.incarnationAgeMillis()).isBetween(0L, 60_000L);
                before = recorded;
            }
        }
    }

    @Test
    void nothingIsRaisedNorInForceBeforeTheIncarnationIsRecorded() throws Exception {
        Database database = Database.create(server);
        try (JdbcCoordinationTables tables = open(database)) {
            String recorded = tables.read().recordedIncarnation();
            server.crashAndRestart();
            State after = readAgain(tables);
            try {
                tables.raise(recorded, null, null, null);
            } catch (CoordinationException cutByTheCrash) {
                assertThat(cutByTheCrash).hasMessageContaining("raising");
            }
            assertThat(tables.raise(recorded, null, null, null)).isNull();
            assertThat(tables.raise(after.liveIncarnation(), null, null, null)).isNull();
            assertThat(tables.behind(Stage.STOPPED, 0)).isPositive();
            assertThat(record(tables, after, UUID.randomUUID())).isTrue();
            assertThat(tables.behind(Stage.STOPPED, 0)).isZero();
        }
    }

    @Test
    void ofSeveralNodesThatSeeTheCrashOneRecordsIt() throws Exception {
        Database database = Database.create(server);
        try (JdbcCoordinationTables one = open(database);
                JdbcCoordinationTables other = open(database)) {
            server.crashAndRestart();
            State seenByOne = readAgain(one);
            State seenByOther = readAgain(other);
            assertThat(seenByOther.liveIncarnation()).isEqualTo(seenByOne.liveIncarnation());
            assertThat(record(one, seenByOne, UUID.randomUUID())).isTrue();
            assertThat(record(other, seenByOther, UUID.randomUUID())).isFalse();
            assertThat(other.read().recordedIncarnation()).isEqualTo(one.read().liveIncarnation());
        }
    }

    @Test
    void aSecondNamespaceRecordsTheIncarnationThatTheFirstMarked() throws Exception {
        Database database = Database.create(server);
        try (JdbcCoordinationTables one = open(database);
                JdbcCoordinationTables other = JdbcCoordinationTables.open(
                        ServiceConnections.of(database.dataSource()), CoordinationSettings.of("other"))) {
            server.crashAndRestart();
            State before = readAgain(other);
            assertThat(record(one, readAgain(one), UUID.randomUUID())).isTrue();
            assertThat(record(other, before, UUID.randomUUID())).isFalse();
            State now = other.read();
            assertThat(now.liveIncarnation()).isNotEqualTo(now.recordedIncarnation());
            assertThat(record(other, now, UUID.randomUUID())).isTrue();
            assertThat(other.read().recordedIncarnation()).isEqualTo(one.read().recordedIncarnation());
        }
    }

    @Test
    void crashRecoveryAfterTheEndOfOneBackendIsAnotherIncarnationAlthoughTheServerStartedOnce() throws Exception {
        Database database = Database.create(server);
        try (JdbcCoordinationTables tables = open(database)) {
            String before = tables.read().liveIncarnation();
            killABackend(database);
            String after = readAgain(tables).liveIncarnation();
            assertThat(parts(after)[3]).isEqualTo(parts(before)[3]);
            assertThat(after).isNotEqualTo(before).endsWith("/-");
        }
    }

    private static void killABackend(Database database) throws SQLException {
        try (Connection victim = database.dataSource().getConnection();
                Statement statement = victim.createStatement();
                var row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            ProcessHandle backend = ProcessHandle.of(row.getLong(1)).orElseThrow();
            backend.destroyForcibly();
            backend.onExit().join();
        }
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            try (Connection again = database.dataSource().getConnection()) {
                if (again.isValid(5)) {
                    return;
                }
            } catch (SQLException recovering) {
                if (System.nanoTime() > deadline) {
                    throw recovering;
                }
            }
        }
    }

    @Test
    void withoutTablesTheEndOfTheSessionTellsOfACrash() throws Exception {
        Database database = Database.create(server);
        AtomicInteger renewals = new AtomicInteger();
        try (ServiceConnections source = ServiceConnections.of(database.dataSource());
                IncarnationWatch watch = IncarnationWatch.start(
                        source,
                        CoordinationSettings.of("test"),
                        Environment.system(),
                        () -> renewals.incrementAndGet() > 1)) {
            assertThat(watch).isNotNull();
            killABackend(database);
            // The first try was said to have failed, so it is made again.
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (renewals.get() < 2) {
                assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aRestartInOrderIsAnotherIncarnationThatKeepsItsMark() throws Exception {
        Database database = Database.create(server);
        try (JdbcCoordinationTables tables = open(database)) {
            String before = tables.read().liveIncarnation();
            server.restart();
            State after = readAgain(tables);
            assertThat(after.liveIncarnation()).isNotEqualTo(before);
            assertThat(parts(after.liveIncarnation())[5]).isEqualTo(parts(before)[5]);
            assertThat(record(tables, after, UUID.randomUUID())).isTrue();
            assertThat(tables.read().recordedIncarnation()).isEqualTo(after.liveIncarnation());
        }
    }

    @Test
    void aCopyOfTheDatabaseIsAnotherDatabase() throws Exception {
        Database original = Database.create(server);
        UUID id;
        try (JdbcCoordinationTables tables = open(original)) {
            id = tables.database();
        }
        Database copy = new Database(server, original.name() + "copy");
        try (Connection admin = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = admin.createStatement()) {
            statement.execute("CREATE DATABASE " + copy.name() + " TEMPLATE " + original.name());
        }
        try (JdbcCoordinationTables tables = open(copy)) {
            State state = tables.read();
            assertThat(tables.database()).isNotEqualTo(id);
            assertThat(state.liveIncarnation()).isEqualTo(state.recordedIncarnation());
            assertThat(state.version()).isGreaterThan(1L << 32);
        }
        try (JdbcCoordinationTables tables = open(original)) {
            assertThat(tables.database()).isEqualTo(id);
        }
    }

    @Test
    void tablesRestoredOverThemselvesAreAnotherIncarnation() throws Exception {
        Database database = Database.create(server);
        try (JdbcCoordinationTables tables = open(database)) {
            String before = tables.read().liveIncarnation();
            database.execute("""
          CREATE TABLE kept AS SELECT * FROM staleless.staleless_state;
          TRUNCATE staleless.staleless_state;
          INSERT INTO staleless.staleless_state SELECT * FROM kept""");
            assertThat(tables.read().liveIncarnation()).isNotEqualTo(before);
        }
    }
}
