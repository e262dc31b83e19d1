package dev.staleless.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ChangeEvent.Kind;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.jdbc.policy.Images;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of rows that foreign keys change, when nobody is in the way, and when somebody changes them at the same time. */
class CascadedImagesTest {
    private static final String DDL = """
            CREATE TABLE client (id int PRIMARY KEY, name text);
            CREATE TABLE invoice (id int PRIMARY KEY, client int REFERENCES client ON DELETE CASCADE, state text,
              twice int GENERATED ALWAYS AS (id * 2) STORED);
            CREATE TABLE payment (id int PRIMARY KEY, invoice int REFERENCES invoice ON DELETE CASCADE,
              client int REFERENCES client ON DELETE CASCADE, amount numeric(6, 2));
            CREATE TABLE task (id int PRIMARY KEY, client int REFERENCES client ON DELETE SET NULL,
              invoice int REFERENCES invoice ON DELETE SET NULL, title varchar(10));
            CREATE TABLE remark (id int PRIMARY KEY, parent int REFERENCES remark ON DELETE CASCADE,
              client int REFERENCES client ON DELETE CASCADE, body text);
            CREATE TABLE store (id int PRIMARY KEY);
            CREATE TABLE shelf (id int, store int REFERENCES store ON DELETE CASCADE, place text, PRIMARY KEY (id))
              PARTITION BY HASH (id);
            CREATE TABLE shelf_even PARTITION OF shelf FOR VALUES WITH (MODULUS 2, REMAINDER 0);
            CREATE TABLE shelf_odd PARTITION OF shelf FOR VALUES WITH (MODULUS 2, REMAINDER 1);
            CREATE TABLE item (id int PRIMARY KEY, shelf int REFERENCES shelf ON DELETE CASCADE, title text)""";

    private static EventRecorder recorder;
    private static CachedDatabase database;
    private static DataSource images;
    private static ExecutorService threads;

    @BeforeAll
    static void create() throws SQLException {
        recorder = new EventRecorder();
        database = CachedDatabase.over(recorder, DDL);
        images = database.caching(database.pool, Images.ALWAYS);
        threads = Executors.newCachedThreadPool();
    }

    @AfterAll
    static void close() throws SQLException {
        threads.shutdownNow();
        database.close();
    }

    @BeforeEach
    void fill() throws SQLException {
        database.execute("""
                INSERT INTO client VALUES (1, 'one'), (2, 'two'), (3, 'three');
                INSERT INTO invoice VALUES (10, 1, 'open'), (20, 2, 'paid');
                INSERT INTO payment VALUES (100, 10, 1, 1.5), (101, 10, NULL, 2), (200, 20, 2, 3);
                INSERT INTO task VALUES (1000, 1, 10, 'call'), (1001, 1, 20, 'write'), (2000, 2, NULL, 'sing');
                INSERT INTO remark VALUES (7, NULL, 1, 'a'), (8, 7, NULL, 'b'), (9, 8, NULL, 'c'), (17, NULL, 2, 'd')""");
        recorder.take();
    }

    @AfterEach
    void empty() throws SQLException {
        database.execute("TRUNCATE client, invoice, payment, task, remark");
    }

    // ---- alone

    private static List<ChangeEvent> events(String sql) throws SQLException {
        try (Connection connection = images.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            recorder.take();
            statement.executeUpdate(sql);
            List<ChangeEvent> events = recorder.take();
            connection.rollback();
            return events;
        }
    }

    /** What is told of a row: its events, of which the key is known. */
    private static List<ChangeEvent> of(List<ChangeEvent> events, String table, long id) {
        return events.stream()
                .filter(event -> event.table().name().equals(table))
                .filter(event ->
                        event.before() != null && event.before().get("id").equals(exact(id)))
                .toList();
    }

    private static AbstractValue exact(Object value) {
        return new AbstractValue.Exact(value);
    }

    /** Which transactions have ended: nothing but the snapshot's own text. */
    private static String ended() throws SQLException {
        try (Connection connection = database.direct();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.txid_current_snapshot()::text")) {
            row.next();
            return row.getString(1);
        }
    }

    /** Something that must hold unless another transaction of the server has ended meanwhile, a cleaning one for example. */
    private static void undisturbed(Callable<List<ChangeEvent>> statement, Consumer<List<ChangeEvent>> check)
            throws Exception {
        String before = ended();
        List<ChangeEvent> events = statement.call();
        if (ended().equals(before)) {
            check.accept(events);
        }
    }

    @Test
    void rowsThatGoWithADeletedRowAreKnownWhole() throws Exception {
        undisturbed(() -> events("DELETE FROM client WHERE name = 'one'"), events -> {
            assertThat(events)
                    .allSatisfy(event -> assertThat(event.before().get("id")).isInstanceOf(AbstractValue.Exact.class));
            assertThat(of(events, "invoice", 10)).singleElement().satisfies(event -> {
                assertThat(event.kind()).isEqualTo(Kind.DELETE);
                assertThat(event.before().get("state")).isEqualTo(exact("open"));
                assertThat(event.before().get("twice")).isEqualTo(exact(20L));
            });
            assertThat(of(events, "payment", 100)).hasSize(1);
            assertThat(of(events, "payment", 101))
                    .singleElement()
                    .satisfies(event -> assertThat(event.before().get("client")).isEqualTo(AbstractValue.NULL));
            assertThat(of(events, "payment", 200)).isEmpty();
            assertThat(of(events, "remark", 7)).hasSize(1);
            assertThat(of(events, "remark", 8)).hasSize(1);
            assertThat(of(events, "remark", 9)).hasSize(1);
            assertThat(of(events, "remark", 17)).isEmpty();
        });
    }

    @Test
    void ofARowThatSeveralReferencesWriteNothingIsToldOfWhatTheyWrite() throws Exception {
        undisturbed(() -> events("DELETE FROM client WHERE id = 1"), events -> {
            assertThat(of(events, "task", 1000)).hasSize(2).allSatisfy(event -> {
                assertThat(event.before().get("title")).isEqualTo(exact("call"));
                assertThat(event.before().get("invoice")).isEqualTo(exact(10L));
                assertThat(event.after().get("title")).isEqualTo(exact("call"));
                assertThat(event.after().get("client")).isEqualTo(AbstractValue.UNKNOWN);
                assertThat(event.after().get("invoice")).isEqualTo(AbstractValue.UNKNOWN);
                assertThat(event.changed().names()).containsExactlyInAnyOrder("client", "invoice");
            });
            assertThat(of(events, "task", 2000)).isEmpty();
        });
    }

    @Test
    void aRowThatOneReferenceWritesIsKnownAfterwardsToo() throws Exception {
        undisturbed(() -> events("DELETE FROM invoice WHERE id = 20"), events -> {
            assertThat(of(events, "task", 1001)).singleElement().satisfies(event -> {
                assertThat(event.after().get("invoice")).isEqualTo(AbstractValue.NULL);
                assertThat(event.after().get("client")).isEqualTo(exact(1L));
            });
            assertThat(of(events, "payment", 200)).hasSize(1);
        });
    }

    @Test
    void rowsThatGoWithOthersOfTheirTableAreKnownWhole() throws Exception {
        undisturbed(
                () -> events("DELETE FROM remark WHERE id = 7"),
                events -> assertThat(events)
                        .extracting(event -> event.before().get("body"))
                        .containsExactlyInAnyOrder(exact("a"), exact("b"), exact("c")));
    }

    @Test
    void whatGoesWithARowThatNothingRefersToIsNothing() throws Exception {
        undisturbed(
                () -> events("DELETE FROM client WHERE id = 3"),
                events -> assertThat(events).hasSize(1));
    }

    @Test
    void moreRowsThanTheLimitAreToldByTheirReference() throws SQLException {
        database.execute("INSERT INTO invoice SELECT g, 1, 'bulk' FROM generate_series(1000, 1100) g");
        List<ChangeEvent> events = events("DELETE FROM client WHERE id = 1");
        assertThat(of(events, "client", 1)).hasSize(1);
        assertThat(events)
                .filteredOn(event -> event.table().name().equals("invoice"))
                .allSatisfy(event -> assertThat(event.before().values()).containsOnlyKeys("client"));
    }

    /** Whichever partition they are in, and what goes with them in turn. */
    @Test
    void rowsOfAPartitionedTableThatGoAreCoveredByTheirEvents() throws SQLException {
        database.execute("""
                INSERT INTO store VALUES (1), (2);
                INSERT INTO shelf VALUES (1, 1, 'a'), (2, 1, 'b'), (3, 1, 'c'), (4, 2, 'd');
                INSERT INTO item VALUES (1, 1, 'x'), (2, 2, 'y'), (3, 4, 'z')""");
        try {
            List<ChangeEvent> events = events("DELETE FROM store WHERE id = 1");
            assertThat(of(events, "store", 1)).hasSize(1);
            for (long id = 1; id <= 3; id++) {
                assertCovered(events, "shelf", Map.of("id", id, "store", 1L));
            }
            assertCovered(events, "item", Map.of("id", 1L, "shelf", 1L));
            assertCovered(events, "item", Map.of("id", 2L, "shelf", 2L));
        } finally {
            database.execute("TRUNCATE store, shelf, item");
        }
    }

    /** Some event that takes rows away says nothing of its row that this one is not. */
    private static void assertCovered(List<ChangeEvent> events, String table, Map<String, Long> row) {
        assertThat(events).as("an event of %s %s", table, row).anySatisfy(event -> {
            assertThat(event.table().name()).isEqualTo(table);
            assertThat(event.after()).isNull();
            row.forEach((column, value) -> {
                AbstractValue told = event.before() == null
                        ? AbstractValue.UNKNOWN
                        : event.before().get(column);
                assertThat(told instanceof AbstractValue.Exact && !told.equals(exact(value)))
                        .as("%s is told to be %s", column, told)
                        .isFalse();
            });
        });
    }

    @Test
    void aSerializableTransactionReadsNoOtherTable() throws SQLException {
        try (Connection connection = images.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setAutoCommit(false);
            statement.executeUpdate("DELETE FROM client WHERE name = 'one'");
            List<ChangeEvent> events = recorder.take();
            assertThat(of(events, "client", 1)).hasSize(1);
            assertThat(events)
                    .filteredOn(event -> event.table().name().equals("invoice"))
                    .allSatisfy(event -> assertThat(event.before().values()).containsOnlyKeys("client"));
            connection.rollback();
        }
    }

    @Test
    void aRoleThatMayNotReadTheOtherTablesDeletesAllTheSame() throws SQLException {
        database.execute("DROP ROLE IF EXISTS clerk; CREATE ROLE clerk; GRANT USAGE ON SCHEMA " + database.schema
                + " TO clerk; GRANT SELECT, DELETE ON client TO clerk");
        try (Connection connection = images.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL ROLE clerk");
            assertThat(statement.executeUpdate("DELETE FROM client WHERE name = 'one'"))
                    .isEqualTo(1);
            assertThat(of(recorder.take(), "client", 1)).hasSize(1);
            connection.rollback();
        } finally {
            database.execute("DROP OWNED BY clerk; DROP ROLE clerk");
        }
    }

    // ---- not alone

    /** Deletes client 1 while another transaction, which has done something already, is in the way, and then commits. */
    private static List<ChangeEvent> eventsBeside(String other)
            throws SQLException, InterruptedException, ExecutionException {
        try (Connection first = database.direct();
                Statement statement = first.createStatement()) {
            first.setAutoCommit(false);
            statement.executeUpdate(other);
            Future<List<ChangeEvent>> deleting = threads.submit(() -> events("DELETE FROM client WHERE name = 'one'"));
            awaitWaiting();
            first.commit();
            return deleting.get();
        }
    }

    /** Until a session waits for another. */
    private static void awaitWaiting() throws SQLException {
        try (Connection connection = database.direct();
                Statement statement = connection.createStatement()) {
            boolean waiting = false;
            while (!waiting) {
                try (ResultSet row = statement.executeQuery("SELECT 1 FROM pg_catalog.pg_stat_activity"
                        + " WHERE datname = pg_catalog.current_database() AND wait_event_type = 'Lock'")) {
                    waiting = row.next();
                }
            }
        }
    }

    /** Whether the deletion of a row that was this is told. */
    private static boolean isTold(List<ChangeEvent> events, String table, Map<String, Object> row) {
        return events.stream()
                .filter(event -> event.table().name().equals(table) && event.kind() == Kind.DELETE)
                .anyMatch(event -> event.before().values().entrySet().stream().allMatch(known -> {
                    Object value = row.get(known.getKey());
                    return !(known.getValue() instanceof AbstractValue.Exact only)
                            || only.value().equals(value);
                }));
    }

    @Test
    void aRowThatIsChangedMeanwhileIsToldAsItWent() throws Exception {
        List<ChangeEvent> events = eventsBeside("UPDATE invoice SET state = 'late' WHERE id = 10");
        assertThat(isTold(events, "invoice", Map.of("id", 10L, "client", 1L, "state", "late", "twice", 20L)))
                .isTrue();
    }

    @Test
    void aRowThatComesMeanwhileIsTold() throws Exception {
        List<ChangeEvent> events = eventsBeside("INSERT INTO invoice VALUES (11, 1, 'new')");
        assertThat(isTold(events, "invoice", Map.of("id", 11L, "client", 1L, "state", "new", "twice", 22L)))
                .isTrue();
    }

    @Test
    void aRowBelowThatComesMeanwhileIsTold() throws Exception {
        List<ChangeEvent> events = eventsBeside("INSERT INTO payment VALUES (102, 10, NULL, 9)");
        assertThat(isTold(events, "payment", Map.of("id", 102L, "invoice", 10L, "amount", new BigDecimal("9.00"))))
                .isTrue();
    }

    /** At this level the foreign key fails where it meets a row that the snapshot does not show; what it does not meet is no matter. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE invoice SET client = 2 WHERE id = 10",
                "UPDATE invoice SET state = 'late' WHERE id = 10",
                "DELETE FROM remark WHERE id = 9",
                "INSERT INTO invoice VALUES (11, 1, 'new')"
            })
    void atRepeatableReadItFailsOrNotAsWithoutImages(String other) throws SQLException {
        assertThat(repeatable(images, other)).isEqualTo(repeatable(database.pool, other));
    }

    private static String repeatable(DataSource source, String other) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                Connection second = database.direct();
                Statement changing = second.createStatement()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            statement.executeQuery("SELECT count(*) FROM client").close();
            changing.executeUpdate(other);
            String answer;
            try {
                answer = "" + statement.executeUpdate("DELETE FROM client WHERE name = 'one'");
            } catch (SQLException e) {
                answer = e.getSQLState() + e.getMessage().replaceAll("(?s)Where:.*", "");
            }
            connection.rollback();
            changing.executeUpdate("DELETE FROM invoice WHERE id = 11");
            changing.executeUpdate("UPDATE invoice SET client = 1, state = 'open' WHERE id = 10");
            changing.executeUpdate("INSERT INTO remark VALUES (9, 8, NULL, 'c') ON CONFLICT DO NOTHING");
            return answer;
        }
    }
}
