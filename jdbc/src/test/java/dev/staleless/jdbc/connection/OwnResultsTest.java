package dev.staleless.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ChangeEvent.Kind;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.jdbc.policy.Images;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that a statement returns by itself tell what it has changed, and are still there for whoever asked for them. */
class OwnResultsTest {
    private static final String DDL = """
            CREATE TABLE item (id serial PRIMARY KEY, name text, price numeric(6, 2) DEFAULT 1.5, note text);
            CREATE TABLE noted (id serial PRIMARY KEY, name text);
            CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS
              'BEGIN UPDATE noted SET name = upper(name) WHERE id = NEW.id AND name <> upper(name); RETURN NULL; END';
            CREATE TRIGGER shout AFTER INSERT ON noted FOR EACH ROW EXECUTE FUNCTION shout()""";

    private static EventRecorder recorder;
    private static CachedDatabase database;
    private static DataSource watched;

    @BeforeAll
    static void create() throws SQLException {
        recorder = new EventRecorder();
        database = CachedDatabase.over(recorder, DDL);
        watched = database.caching(database.pool, Images.ALWAYS);
    }

    @AfterAll
    static void close() throws SQLException {
        database.close();
    }

    @BeforeEach
    void fill() throws SQLException {
        database.execute(
                "TRUNCATE item RESTART IDENTITY; INSERT INTO item (name, price) VALUES ('one', 1), ('two', 2), ('two', 3)");
        recorder.take();
        recorder.takeEverything();
    }

    private static AbstractValue exact(Object value) {
        return new AbstractValue.Exact(value);
    }

    /** What is told of a query, of whose result the first column is still there. */
    private static List<ChangeEvent> returned(String sql, String... expected) throws SQLException {
        try (Connection connection = watched.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            recorder.take();
            try (ResultSet row = statement.executeQuery(sql)) {
                for (String value : expected) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getString(1)).isEqualTo(value);
                }
                assertThat(row.next()).isFalse();
            }
            List<ChangeEvent> events = recorder.take();
            connection.rollback();
            return events;
        }
    }

    @Test
    void aGeneratedKeyIsKnownWithWhatTheStatementTells() throws SQLException {
        try (Connection connection = watched.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "INSERT INTO item (name, price) VALUES (?, ?)", new String[] {"id"})) {
            statement.setString(1, "four");
            statement.setBigDecimal(2, new BigDecimal("4.00"));
            assertThat(statement.executeUpdate()).isEqualTo(1);
            try (ResultSet keys = statement.getGeneratedKeys()) {
                assertThat(keys.next()).isTrue();
                assertThat(keys.getInt("id")).isEqualTo(4);
                assertThat(keys.next()).isFalse();
            }
            assertThat(recorder.take()).singleElement().satisfies(event -> {
                assertThat(event.kind()).isEqualTo(Kind.INSERT);
                assertThat(event.after().get("id")).isEqualTo(exact(4L));
                assertThat(event.after().get("name")).isEqualTo(exact("four"));
                assertThat(event.after().get("price")).isEqualTo(exact(new BigDecimal("4")));
                assertThat(event.after().get("note")).isEqualTo(AbstractValue.NULL);
            });
        }
    }

    @Test
    void allColumnsAreKnownWhereTheDriverIsAskedForAnyKeys() throws SQLException {
        try (Connection connection = watched.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO item (name) VALUES ('a'), ('b')", Statement.RETURN_GENERATED_KEYS);
            assertThat(recorder.take())
                    .hasSize(2)
                    .allSatisfy(
                            event -> assertThat(event.after().get("price")).isEqualTo(exact(new BigDecimal("1.5"))));
            statement.executeUpdate(
                    "UPDATE item SET price = price + 1 WHERE name = 'two'", new String[] {"id", "price"});
            assertThat(recorder.take())
                    .extracting(event -> event.before().get("id"))
                    .containsExactlyInAnyOrder(exact(2L), exact(3L));
        }
    }

    @Test
    void aResultIsReadByWhatItsColumnsAreAndNotByTheirNames() throws SQLException {
        assertThat(returned("UPDATE item SET note = 'x' WHERE name = 'one' RETURNING price AS id, name", "1.00"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.before().get("id")).isEqualTo(AbstractValue.UNKNOWN);
                    assertThat(event.before().get("price")).isEqualTo(exact(new BigDecimal("1")));
                    assertThat(event.after().get("note")).isEqualTo(exact("x"));
                });
        assertThat(returned("DELETE FROM item i WHERE name = 'two' RETURNING id + 1, i.*", "3", "4"))
                .extracting(event -> event.before().get("id"))
                .containsExactly(exact(2L), exact(3L));
        assertThat(returned("DELETE FROM item WHERE name = 'nobody' RETURNING *"))
                .isEmpty();
    }

    @Test
    void aWrittenColumnIsNotKnownBefore() throws SQLException {
        assertThat(returned("UPDATE item SET price = 9, id = 9 WHERE name = 'one' RETURNING id, price", "9"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.before().get("id")).isEqualTo(AbstractValue.UNKNOWN);
                    assertThat(event.before().get("price")).isEqualTo(AbstractValue.UNKNOWN);
                    assertThat(event.after().get("id")).isEqualTo(exact(9L));
                });
    }

    @Test
    void anInsertThatMayUpdateTellsBoth() throws SQLException {
        assertThat(returned(
                        "INSERT INTO item (id, name) VALUES (1, 'new') ON CONFLICT (id) DO UPDATE SET name = excluded.name"
                                + " RETURNING id, price",
                        "1"))
                .extracting(ChangeEvent::kind)
                .containsExactlyInAnyOrder(Kind.INSERT, Kind.UPDATE);
    }

    @Test
    void theResultOfAJoinIsNotTheRow() throws SQLException {
        assertThat(returned("UPDATE item i SET note = 'x' FROM (VALUES (7)) v(n) WHERE i.id = 1 RETURNING *", "1"))
                .singleElement()
                .satisfies(event -> assertThat(event.before().get("name")).isEqualTo(AbstractValue.UNKNOWN));
    }

    @Test
    void aResultThatIsCutShortTellsNothing() throws SQLException {
        try (Connection connection = watched.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setMaxRows(1);
            statement
                    .executeQuery("DELETE FROM item WHERE name = 'two' RETURNING *")
                    .close();
            assertThat(recorder.take())
                    .singleElement()
                    .satisfies(event -> assertThat(event.before().values()).containsOnlyKeys("name"));
            statement.setMaxRows(0);
            statement.setFetchSize(1);
            statement.executeQuery("UPDATE item SET note = 'x' RETURNING id").close();
            assertThat(recorder.take())
                    .singleElement()
                    .satisfies(event -> assertThat(event.before().values()).isEmpty());
            connection.rollback();
        }
    }

    @Test
    void moreRowsThanTheLimitAreToldByTheirCondition() throws SQLException {
        database.execute("INSERT INTO item (name) SELECT 'bulk' FROM generate_series(1, 100)");
        try (Connection connection = watched.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM item WHERE name = 'bulk'", Statement.RETURN_GENERATED_KEYS);
            assertThat(recorder.take())
                    .singleElement()
                    .satisfies(event -> assertThat(event.before().values()).containsOnlyKeys("name"));
        }
    }

    @Test
    void theKeysOfABatchBelongToItsStatementsInTheirOrder() throws SQLException {
        try (Connection connection = watched.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "INSERT INTO item (id, name) SELECT id + ?, note FROM item WHERE id = ?",
                        new String[] {"id", "note"})) {
            connection.setAutoCommit(false);
            int[][] rows = {{10, 1}, {20, 99}, {30, 2}};
            for (int[] row : rows) {
                statement.setInt(1, row[0]);
                statement.setInt(2, row[1]);
                statement.addBatch();
            }
            assertThat(statement.executeBatch()).containsExactly(1, 0, 1);
            assertThat(recorder.take())
                    .extracting(event -> event.after().get("id"))
                    .containsExactly(exact(11L), exact(32L));
            try (ResultSet keys = statement.getGeneratedKeys()) {
                assertThat(keys.next()).isTrue();
                assertThat(keys.getInt(1)).isEqualTo(11);
                assertThat(keys.next()).isTrue();
                assertThat(keys.getInt(1)).isEqualTo(32);
                assertThat(keys.next()).isFalse();
            }
            connection.rollback();
        }
    }

    @Test
    void ofABatchOfInsertsEachKeyIsKnownWithItsValues() throws SQLException {
        try (Connection connection = watched.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "INSERT INTO item (name) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
            connection.setAutoCommit(false);
            for (String name : List.of("a", "b")) {
                statement.setString(1, name);
                statement.addBatch();
            }
            statement.executeBatch();
            assertThat(recorder.take())
                    .extracting(event ->
                            List.of(event.after().get("id"), event.after().get("name")))
                    .containsExactly(List.of(exact(4L), exact("a")), List.of(exact(5L), exact("b")));
            statement.setString(1, "c");
            statement.addBatch();
            statement.clearBatch();
            assertThat(statement.executeBatch()).isEmpty();
            assertThat(recorder.take()).isEmpty();
            connection.rollback();
        }
    }

    /** The trigger writes the row after it was returned. */
    @Test
    void undeclaredTriggersMakeItAChangeOfEverything() throws SQLException {
        try (Connection connection = watched.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO noted (name) VALUES ('a')", Statement.RETURN_GENERATED_KEYS);
            assertThat(recorder.takeEverything()).isNotNull();
        }
    }
}
