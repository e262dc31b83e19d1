package dev.staleless.jdbc.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.staleless.core.coordination.CoordinationException;
import dev.staleless.core.coordination.CoordinationTables;
import dev.staleless.core.coordination.CoordinationTables.BarrierKind;
import dev.staleless.core.coordination.CoordinationTables.BarrierRow;
import dev.staleless.core.coordination.CoordinationTables.NodeRow;
import dev.staleless.core.coordination.CoordinationTables.Stage;
import dev.staleless.core.coordination.CoordinationTables.State;
import dev.staleless.core.coordination.Directory;
import dev.staleless.core.coordination.DirectoryCodec;
import dev.staleless.testkit.server.PostgresServer;
import java.sql.Connection;
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
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tables' contract against a real PostgreSQL. */
class JdbcCoordinationTablesTest {

    private static final CoordinationSettings SETTINGS = CoordinationSettings.of("test");

    private final List<AutoCloseable> open = new ArrayList<>();
    private Database database;

    @BeforeEach
    void createDatabase() throws SQLException {
        database = Database.create(PostgresServer.shared());
    }

    @AfterEach
    void dropDatabase() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
        database.close();
    }

    JdbcCoordinationTables open(CoordinationSettings settings) {
        JdbcCoordinationTables tables =
                JdbcCoordinationTables.open(ServiceConnections.of(database.dataSource()), settings);
        open.add(tables);
        return tables;
    }

    JdbcCoordinationTables open() {
        return open(settings());
    }

    /** Of the form of locks under test. */
    CoordinationSettings settings() {
        return SETTINGS;
    }

    Connection connect() throws SQLException {
        return database.dataSource().getConnection();
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
                atOnce(6, () -> JdbcCoordinationTables.open(ServiceConnections.of(database.dataSource()), SETTINGS));
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
    void theTablesAreTheSameWhateverTheSearchPath() throws SQLException {
        State before = open().read();
        database.execute("CREATE SCHEMA elsewhere");
        database.execute(
                "CREATE TABLE elsewhere.staleless_state AS SELECT * FROM staleless.staleless_state WHERE false");
        database.execute("ALTER ROLE postgres IN DATABASE " + database.name() + " SET search_path = elsewhere");
        assertThat(open().read().epoch()).isEqualTo(before.epoch());
    }

    @Test
    void namespacesShareNothingButTheIncarnation() {
        State one = open().read();
        State other = open(CoordinationSettings.of("other")).read();
        assertThat(other.epoch()).isNotEqualTo(one.epoch());
        assertThat(other.recordedIncarnation()).isEqualTo(one.recordedIncarnation());
    }

    @Test
    void aRoleThatMayNotCreateTheTablesIsToldTheSqlThatLetsItStart() throws SQLException {
        String role = database.role();
        ServiceConnections connections = ServiceConnections.of(database.dataSource(role));
        String message = messageOf(() -> JdbcCoordinationTables.open(connections, SETTINGS));
        assertThat(message).contains("may not create them").contains("coordinationSchema");
        database.execute(message.substring(message.indexOf("CREATE SCHEMA")));
        try (JdbcCoordinationTables tables = JdbcCoordinationTables.open(connections, SETTINGS)) {
            UUID node = UUID.randomUUID();
            tables.register(node);
            State state = tables.read();
            assertThat(tables.beat(node)).isTrue();
            tables.acknowledge(node, 2, 2);
            assertThat(tables.raise(state.recordedIncarnation(), null, UUID.randomUUID(), null))
                    .isEqualTo(2);
            assertThat(tables.behind(Stage.SEEN, 2)).isZero();
            tables.unregister(node);
        }
    }

    @Test
    void theDdlForTheCommandLineIsWhatTheErrorShows() throws SQLException {
        String role = database.role();
        database.execute(CoordinationSchema.ddl("postgresql", "staleless", role));
        try (JdbcCoordinationTables tables =
                JdbcCoordinationTables.open(ServiceConnections.of(database.dataSource(role)), SETTINGS)) {
            assertThat(tables.read().version()).isEqualTo(1);
        }
    }

    @Test
    void nothingIsCreatedWhenToldSo() throws SQLException {
        CoordinationSettings settings =
                new CoordinationSettings("staleless", "test", false, false, CoordinationSettings.DEFAULT_TIMEOUT);
        assertThat(messageOf(() -> open(settings))).contains("createTables").contains("CREATE TABLE IF NOT EXISTS");
        assertThat(database.query("SELECT count(*) FROM pg_namespace WHERE nspname = 'staleless'"))
                .isEqualTo("0");
    }

    @Test
    void missingRightsAreNamedWithTheGrants() throws SQLException {
        open();
        String role = database.role();
        ServiceConnections connections = ServiceConnections.of(database.dataSource(role));
        assertThat(messageOf(() -> JdbcCoordinationTables.open(connections, SETTINGS)))
                .contains("USAGE on schema staleless");
        database.execute("GRANT USAGE ON SCHEMA staleless TO " + role);
        database.execute("GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA staleless TO " + role);
        database.execute("REVOKE UPDATE ON staleless.staleless_barrier FROM " + role);
        String message = messageOf(() -> JdbcCoordinationTables.open(connections, SETTINGS));
        assertThat(message).contains("lacks DELETE on \"staleless\".staleless_node, UPDATE (closed) on");
        database.execute(message.substring(message.indexOf("GRANT")));
        JdbcCoordinationTables.open(connections, SETTINGS).close();
    }

    @Test
    void aRoleThatCannotSeeTheClustersNameIsRefusedBesideNodesThatCan() throws SQLException {
        open();
        String role = database.role();
        database.execute("GRANT USAGE ON SCHEMA staleless TO " + role);
        database.execute("GRANT ALL ON ALL TABLES IN SCHEMA staleless TO " + role);
        database.execute("REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");
        ServiceConnections connections = ServiceConnections.of(database.dataSource(role));
        assertThat(messageOf(() -> JdbcCoordinationTables.open(connections, SETTINGS)))
                .contains("EXECUTE");
        // Alone, it does without; and nodes that could see more then do without as well.
        try (JdbcCoordinationTables blind =
                JdbcCoordinationTables.open(connections, CoordinationSettings.of("blind"))) {
            String incarnation = blind.read().liveIncarnation();
            assertThat(incarnation)
                    .isEqualTo(blind.read().recordedIncarnation())
                    .contains("/-/-/");
            assertThat(open(CoordinationSettings.of("blind")).read().liveIncarnation())
                    .isEqualTo(incarnation);
        }
    }

    private static String messageOf(Runnable action) {
        try {
            action.run();
        } catch (CoordinationException e) {
            return e.getMessage();
        }
        throw new AssertionError("no exception");
    }

    @Test
    void aNodeRegistersWithTheCurrentVersion() {
        JdbcCoordinationTables tables = open();
        String incarnation = tables.read().recordedIncarnation();
        tables.raise(incarnation, null, null, null);
        UUID node = UUID.randomUUID();
        tables.register(node);
        assertThat(tables.nodes()).containsExactly(new NodeRow(node, 0, 2, 2));
    }

    @Test
    void aBeatTellsWhetherTheRowIsThere() {
        JdbcCoordinationTables tables = open();
        UUID node = UUID.randomUUID();
        assertThat(tables.beat(node)).isFalse();
        tables.register(node);
        assertThat(tables.beat(node)).isTrue();
        assertThat(tables.nodes().get(0).beat()).isEqualTo(1);
        tables.unregister(node);
        assertThat(tables.beat(node)).isFalse();
    }

    @Test
    void anAcknowledgementNeverLowersAVersion() {
        JdbcCoordinationTables tables = open();
        UUID node = UUID.randomUUID();
        tables.register(node);
        tables.acknowledge(node, 7, 5);
        tables.acknowledge(node, 6, 6);
        assertThat(tables.nodes()).containsExactly(new NodeRow(node, 0, 7, 6));
        assertThat(tables.behind(Stage.STOPPED, 7)).isZero();
        assertThat(tables.behind(Stage.SEEN, 7)).isEqualTo(1);
    }

    @Test
    void ofTwoThatExpectTheSameVersionOneRaisesIt() throws Exception {
        JdbcCoordinationTables one = open();
        JdbcCoordinationTables other = open();
        String incarnation = one.read().recordedIncarnation();
        for (long version = 1; version < 30; version++) {
            long expected = version;
            AtomicBoolean first = new AtomicBoolean(true);
            List<Boolean> raised = atOnce(2, () -> {
                CoordinationTables mine = first.getAndSet(false) ? one : other;
                return mine.raise(
                                incarnation,
                                expected,
                                null,
                                "directory of " + Thread.currentThread().getName())
                        != null;
            });
            assertThat(raised).containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void raisingWithoutAnExpectedVersionGivesEachItsOwn() throws Exception {
        JdbcCoordinationTables one = open();
        JdbcCoordinationTables other = open();
        String incarnation = one.read().recordedIncarnation();
        AtomicBoolean first = new AtomicBoolean(true);
        List<List<Long>> versions = atOnce(2, () -> {
            CoordinationTables mine = first.getAndSet(false) ? one : other;
            List<Long> mineRaised = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                mineRaised.add(mine.raise(incarnation, null, null, null));
            }
            return mineRaised;
        });
        Set<Long> all = new HashSet<>(versions.get(0));
        all.addAll(versions.get(1));
        assertThat(all).hasSize(100).doesNotContainNull();
        assertThat(one.read().version()).isEqualTo(101);
    }

    @Test
    void whatIsNotGivenStaysWhenTheVersionIsRaised() {
        JdbcCoordinationTables tables = open();
        State before = tables.read();
        UUID epoch = UUID.randomUUID();
        assertThat(tables.raise(before.recordedIncarnation(), 1L, epoch, null)).isEqualTo(2);
        assertThat(tables.raise(before.recordedIncarnation(), 2L, null, "text")).isEqualTo(3);
        State after = tables.read();
        assertThat(after.epoch()).isEqualTo(epoch);
        assertThat(after.directory()).isEqualTo("text");
        assertThat(tables.raise("another", null, null, null)).isNull();
        assertThat(tables.raise(before.recordedIncarnation(), 9L, null, null)).isNull();
    }

    @Test
    void aStateIsReadWholeWhileItChanges() throws Exception {
        JdbcCoordinationTables writer = open();
        JdbcCoordinationTables reader = open();
        String incarnation = writer.read().recordedIncarnation();
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Future<?> writing = executor.submit(() -> {
                for (long next = 2; next < 600; next++) {
                    writer.raise(incarnation, next - 1, new UUID(0, next), Long.toString(next));
                }
                done.set(true);
            });
            while (!done.get() && !writing.isDone()) {
                State state = reader.read();
                if (state.version() > 1) {
                    assertThat(state.epoch()).isEqualTo(new UUID(0, state.version()));
                    assertThat(state.directory()).isEqualTo(Long.toString(state.version()));
                }
            }
            writing.get();
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void aNodeIsNotRemovedOnceItHasBeatenAgain() throws Exception {
        JdbcCoordinationTables one = open();
        JdbcCoordinationTables other = open();
        for (int round = 0; round < 50; round++) {
            UUID node = UUID.randomUUID();
            one.register(node);
            AtomicBoolean first = new AtomicBoolean(true);
            List<Boolean> outcome =
                    atOnce(2, () -> first.getAndSet(false) ? one.beat(node) : other.deleteGone(node, 0));
            assertThat(outcome).containsExactlyInAnyOrder(true, false);
            one.unregister(node);
        }
    }

    @Test
    void aNodeWithAStoreOfItsOwnStandsBesideNoOther() {
        CoordinationSettings alone =
                new CoordinationSettings("staleless", "test", true, true, CoordinationSettings.DEFAULT_TIMEOUT);
        JdbcCoordinationTables sharing = open();
        JdbcCoordinationTables single = open(alone);
        UUID first = UUID.randomUUID();
        sharing.register(first);
        assertThat(messageOf(() -> single.register(UUID.randomUUID()))).contains(first.toString());
        sharing.unregister(first);
        UUID second = UUID.randomUUID();
        single.register(second);
        assertThat(messageOf(() -> sharing.register(UUID.randomUUID()))).contains(second.toString());
        assertThat(messageOf(() -> open(alone).register(UUID.randomUUID()))).contains(second.toString());
        single.unregister(second);
        sharing.register(first);
    }

    @Test
    void oneOfTwoThatMustBeAloneRegisters() throws Exception {
        CoordinationSettings alone =
                new CoordinationSettings("staleless", "test", true, true, CoordinationSettings.DEFAULT_TIMEOUT);
        JdbcCoordinationTables one = open(alone);
        JdbcCoordinationTables other = open(alone);
        for (int round = 0; round < 20; round++) {
            AtomicBoolean first = new AtomicBoolean(true);
            List<UUID> registered = atOnce(2, () -> {
                UUID node = UUID.randomUUID();
                try {
                    (first.getAndSet(false) ? one : other).register(node);
                    return node;
                } catch (CoordinationException refused) {
                    return new UUID(0, 0);
                }
            });
            assertThat(registered).containsOnlyOnce(new UUID(0, 0));
            registered.forEach(one::unregister);
        }
    }

    @Test
    void aLockThatIsNotGivenEndsTheChangeAndNotTheWatch() throws Exception {
        CoordinationSettings hasty = new CoordinationSettings("staleless", "test", true, false, Duration.ofSeconds(1));
        JdbcCoordinationTables tables = open(hasty);
        UUID node = UUID.randomUUID();
        tables.register(node);
        String incarnation = tables.read().recordedIncarnation();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (Connection blocker = database.dataSource().getConnection();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("SELECT * FROM staleless.staleless_state FOR UPDATE");
            Future<String> raise = executor.submit(() -> messageOf(() -> tables.raise(incarnation, null, null, null)));
            while (!raise.isDone()) {
                assertThat(tables.beat(node)).isTrue();
                assertThat(tables.read().version()).isEqualTo(1);
            }
            assertThat(raise.get()).contains("timeout");
            blocker.rollback();
            assertThat(tables.raise(incarnation, null, null, null)).isEqualTo(2);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void aConnectionThatWasCutIsOpenedAgain() throws SQLException {
        JdbcCoordinationTables tables = open();
        tables.read();
        database.query(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND pid <> pg_backend_pid()");
        assertThatThrownBy(tables::read).isInstanceOf(CoordinationException.class);
        assertThat(tables.read().version()).isEqualTo(1);
    }

    @Test
    void aSessionHasEndedWhenItsProcessIsGoneOrIsAnothers() throws SQLException {
        JdbcCoordinationTables tables = open();
        try (Connection session = database.dataSource().getConnection();
                Statement statement = session.createStatement();
                var row = statement.executeQuery("""
                        SELECT pid, extract(epoch FROM backend_start)::text FROM pg_stat_get_activity(pg_backend_pid())""")) {
            row.next();
            String name = row.getInt(1) + "@" + row.getString(2);
            assertThat(tables.sessionEnded(name)).isFalse();
            assertThat(tables.sessionEnded(row.getInt(1) + "@1.5")).isTrue();
            assertThat(tables.sessionEnded("999999999@" + row.getString(2))).isTrue();
            assertThat(tables.sessionEnded("what is this")).isFalse();
            String role = database.role();
            database.execute(CoordinationSchema.ddl("postgresql", "staleless", role));
            try (JdbcCoordinationTables others =
                    JdbcCoordinationTables.open(ServiceConnections.of(database.dataSource(role)), SETTINGS)) {
                assertThat(others.sessionEnded(row.getInt(1) + "@1.5"))
                        .as("the start of another role's session is hidden")
                        .isFalse();
            }
        }
    }

    @Test
    void aDatabaseThatHangsFailsTheWatchInTimeAndIsTriedAgain() throws Exception {
        CoordinationSettings hasty = new CoordinationSettings("staleless", "test", true, false, Duration.ofSeconds(1));
        JdbcCoordinationTables tables = open(hasty);
        tables.read();
        String hung = database.query("SELECT string_agg(pid::text, ' ') FROM pg_stat_activity"
                + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        signal("STOP", hung);
        try {
            long start = System.nanoTime();
            assertThatThrownBy(tables::read).isInstanceOf(CoordinationException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            assertThat(tables.read().version()).isEqualTo(1);
        } finally {
            signal("CONT", hung);
        }
    }

    private static void signal(String signal, String processes) throws Exception {
        assertThat(new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + processes)
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void aServerThatTakesConnectionsAndSaysNothingIsNotWaitedForForEver() throws Exception {
        try (java.net.ServerSocket silent = new java.net.ServerSocket(0)) {
            org.postgresql.ds.PGSimpleDataSource dataSource = new org.postgresql.ds.PGSimpleDataSource();
            dataSource.setUrl(
                    "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/none?user=nobody&sslmode=disable");
            CoordinationSettings hasty =
                    new CoordinationSettings("staleless", "test", true, false, Duration.ofSeconds(1));
            assertThat(messageOf(() -> JdbcCoordinationTables.open(ServiceConnections.of(dataSource), hasty)))
                    .contains("no connection within 1000 ms");
        }
    }

    @Test
    void aReadOnlyDatabaseIsNoPlaceToCoordinate() throws SQLException {
        open().read();
        database.execute("ALTER DATABASE " + database.name() + " SET default_transaction_read_only = on");
        assertThat(messageOf(this::open)).contains("read-only");
    }

    @Test
    void onlyBeatAndAcknowledgementDoNotWaitForTheLog() throws SQLException {
        database.execute("ALTER DATABASE " + database.name() + " SET synchronous_commit = on");
        JdbcCoordinationTables tables = open();
        UUID node = UUID.randomUUID();
        tables.register(node);
        database.execute("""
        CREATE FUNCTION staleless.note() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN INSERT INTO staleless.notes VALUES (TG_TABLE_NAME || ' ' || current_setting('synchronous_commit')); RETURN NEW; END $$;
        CREATE TABLE staleless.notes (note text);
        CREATE TRIGGER a AFTER UPDATE ON staleless.staleless_node FOR EACH ROW EXECUTE FUNCTION staleless.note();
        CREATE TRIGGER a AFTER UPDATE ON staleless.staleless_state FOR EACH ROW EXECUTE FUNCTION staleless.note()""");
        tables.beat(node);
        tables.raise(tables.read().recordedIncarnation(), null, null, null);
        tables.acknowledge(node, 2, 2);
        tables.raise(tables.read().recordedIncarnation(), null, null, null);
        assertThat(database.query("SELECT string_agg(DISTINCT note, ', ' ORDER BY note) FROM staleless.notes"))
                .isEqualTo("staleless_node off, staleless_state on");
    }

    @Test
    void aDatabasePutInThePlaceOfAnotherIsNotReadOn() throws SQLException {
        JdbcCoordinationTables tables = open();
        database.execute("UPDATE staleless.staleless_state SET database_id = gen_random_uuid()");
        assertThat(messageOf(tables::read)).contains("start this node again");
    }

    @Test
    void aBarrierIsSeenFromWhenItIsOpenedUntilItIsClosed() {
        JdbcCoordinationTables tables = open();
        State before = tables.read();
        UUID barrier = UUID.randomUUID();
        UUID node = UUID.randomUUID();
        Long version = tables.openBarrier(barrier, node, BarrierKind.CUT_OFF, before.liveIncarnation(), null, null);
        State during = tables.read();
        assertThat(during.barrier()).isEqualTo(BarrierKind.CUT_OFF);
        assertThat(during.version()).isEqualTo(version).isGreaterThan(before.version());
        assertThat(during.schemaVersion()).isEqualTo(before.schemaVersion());
        assertThat(tables.openBarriers())
                .containsExactly(new BarrierRow(barrier, node, BarrierKind.CUT_OFF, during.version(), null));
        UUID epoch = UUID.randomUUID();
        assertThat(tables.closeBarrier(barrier, BarrierKind.CUT_OFF, before.liveIncarnation(), epoch))
                .isTrue();
        State after = tables.read();
        assertThat(after.barrier()).isNull();
        assertThat(after.epoch()).isEqualTo(epoch);
        assertThat(after.version()).isGreaterThan(during.version());
        assertThat(tables.openBarriers()).isEmpty();
    }

    @Test
    void aBarrierOfDdlRaisesTheSchemaVersionWhenOpenedAndWhenClosed() {
        JdbcCoordinationTables tables = open();
        State before = tables.read();
        UUID barrier = UUID.randomUUID();
        tables.openBarrier(barrier, UUID.randomUUID(), BarrierKind.DDL, before.liveIncarnation(), "1@2", null);
        State during = tables.read();
        assertThat(during.schemaVersion()).isGreaterThan(before.schemaVersion());
        assertThat(tables.openBarriers()).extracting(BarrierRow::session).containsExactly("1@2");
        tables.closeBarrier(barrier, BarrierKind.DDL, before.liveIncarnation(), UUID.randomUUID());
        assertThat(tables.read().schemaVersion()).isGreaterThan(during.schemaVersion());
    }

    @Test
    void ofSeveralBarriersTheGreatestKindIsTold() {
        JdbcCoordinationTables tables = open();
        String incarnation = tables.read().liveIncarnation();
        UUID ddl = UUID.randomUUID();
        UUID node = UUID.randomUUID();
        tables.openBarrier(ddl, node, BarrierKind.DDL, incarnation, null, null);
        tables.openBarrier(UUID.randomUUID(), node, BarrierKind.CUT_OFF, incarnation, null, null);
        assertThat(tables.read().barrier()).isEqualTo(BarrierKind.DDL);
        tables.closeBarrier(ddl, BarrierKind.DDL, incarnation, UUID.randomUUID());
        assertThat(tables.read().barrier()).isEqualTo(BarrierKind.CUT_OFF);
    }

    @Test
    void aClosedBarrierIsClosedOnce() {
        JdbcCoordinationTables tables = open();
        String incarnation = tables.read().liveIncarnation();
        UUID barrier = UUID.randomUUID();
        tables.openBarrier(barrier, UUID.randomUUID(), BarrierKind.CUT_OFF, incarnation, null, null);
        tables.closeBarrier(barrier, BarrierKind.CUT_OFF, incarnation, UUID.randomUUID());
        State closed = tables.read();
        assertThat(tables.closeBarrier(barrier, BarrierKind.CUT_OFF, incarnation, UUID.randomUUID()))
                .isTrue();
        assertThat(tables.read())
                .extracting(State::version, State::epoch)
                .containsExactly(closed.version(), closed.epoch());
    }

    @Test
    void aBarrierOfAnotherIncarnationIsNeitherOpenedNorClosed() {
        JdbcCoordinationTables tables = open();
        State before = tables.read();
        UUID barrier = UUID.randomUUID();
        assertThat(tables.openBarrier(barrier, UUID.randomUUID(), BarrierKind.CUT_OFF, "another", null, null))
                .isNull();
        assertThat(tables.openBarriers()).isEmpty();
        tables.openBarrier(barrier, UUID.randomUUID(), BarrierKind.CUT_OFF, before.liveIncarnation(), null, null);
        assertThat(tables.closeBarrier(barrier, BarrierKind.CUT_OFF, "another", UUID.randomUUID()))
                .isFalse();
        assertThat(tables.openBarriers()).hasSize(1);
    }

    @Test
    void aBarrierIsOpenedBesideAnotherOnlyWhileThatIsOpen() {
        JdbcCoordinationTables tables = open();
        String incarnation = tables.read().liveIncarnation();
        UUID first = UUID.randomUUID();
        UUID node = UUID.randomUUID();
        tables.openBarrier(first, node, BarrierKind.DDL, incarnation, null, null);
        assertThat(tables.openBarrier(UUID.randomUUID(), node, BarrierKind.DDL, incarnation, "1@2", first))
                .isNotNull();
        tables.closeBarrier(first, BarrierKind.DDL, incarnation, UUID.randomUUID());
        assertThat(tables.openBarrier(UUID.randomUUID(), node, BarrierKind.DDL, incarnation, "1@2", first))
                .isNull();
    }

    @Test
    void aBarrierThatATransactionHasLockedIsNotClosedBeforeItsEnd() throws SQLException {
        JdbcCoordinationTables tables = open();
        String incarnation = tables.read().liveIncarnation();
        UUID barrier = UUID.randomUUID();
        tables.openBarrier(barrier, UUID.randomUUID(), BarrierKind.CUT_OFF, incarnation, null, null);
        try (Connection writer = database.dataSource().getConnection()) {
            writer.setAutoCommit(false);
            assertThat(tables.lockBarrier(writer, barrier)).isTrue();
            assertThatThrownBy(() -> tables.closeBarrier(barrier, BarrierKind.CUT_OFF, incarnation, UUID.randomUUID()))
                    .isInstanceOf(CoordinationException.class);
            assertThat(tables.read().barrier()).isEqualTo(BarrierKind.CUT_OFF);
            writer.commit();
            assertThat(tables.closeBarrier(barrier, BarrierKind.CUT_OFF, incarnation, UUID.randomUUID()))
                    .isTrue();
            assertThat(tables.lockBarrier(writer, barrier)).isFalse();
            writer.rollback();
        }
    }
}
