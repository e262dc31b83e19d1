package dev.staleless.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.jdbc.policy.Images;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;

/** Whatever a statement tells, it tells the same when it was sent as the query that returns its rows. */
class ImagedStatementsTest {
    private static final String DDL = """
            CREATE TABLE item (id int PRIMARY KEY, name varchar(5) NOT NULL, price numeric(6, 2) CHECK (price > 0),
              owner int REFERENCES item ON DELETE CASCADE);
            CREATE FUNCTION talk(int) RETURNS int LANGUAGE plpgsql AS
              'BEGIN RAISE WARNING ''talking of %'', $1; RETURN $1; END';
            INSERT INTO item VALUES (1, 'one', 1.5, NULL), (2, 'two', NULL, 1), (3, 'three', 3, 1)""";

    private static EventRecorder recorder;
    private static CachedDatabase imaged;
    private static CachedDatabase plain;
    private static DataSource images;

    @BeforeAll
    static void create() throws SQLException {
        recorder = new EventRecorder();
        imaged = CachedDatabase.over(recorder, DDL);
        plain = CachedDatabase.over(new EventRecorder(), DDL);
        images = imaged.caching(imaged.pool, Images.ALWAYS);
    }

    @AfterAll
    static void close() throws SQLException {
        imaged.close();
        plain.close();
    }

    /** What is done on a connection. */
    private interface Action {
        @Nullable
        Object run(Connection connection) throws SQLException;
    }

    /** Does it on both, in a transaction that is rolled back, and compares everything that can be seen. */
    private static List<ChangeEvent> compare(Action action) throws SQLException {
        recorder.take();
        List<String> expected = observe(plain.pool, action);
        List<String> seen = observe(images, action);
        assertThat(seen).isEqualTo(expected);
        return recorder.take();
    }

    private static List<String> observe(DataSource source, Action action) throws SQLException {
        List<String> seen = new ArrayList<>();
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                seen.add(String.valueOf(action.run(connection)));
                seen.add(contents(connection));
            } catch (SQLException e) {
                seen.add(told(e));
            }
            connection.rollback();
        }
        return seen;
    }

    private static String contents(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT string_agg(i::text, ';' ORDER BY id) FROM item i WHERE random() >= 0")) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    private static String told(SQLException e) {
        String server = e instanceof PSQLException own && own.getServerErrorMessage() != null
                ? " at " + own.getServerErrorMessage().getPosition() + " of "
                        + own.getServerErrorMessage().getConstraint()
                        + own.getServerErrorMessage().getDetail()
                : "";
        return e.getClass() + " " + e.getSQLState() + " " + e.getMessage().replaceAll("cached_\\d+", "schema") + server
                + " next " + e.getNextException();
    }

    /** Everything that a statement tells of its last execution. */
    private static String state(Statement statement) throws SQLException {
        StringBuilder told = new StringBuilder();
        told.append(statement.getUpdateCount()).append(' ').append(statement.getLargeUpdateCount());
        told.append(" rows ").append(statement.getResultSet());
        try (ResultSet keys = statement.getGeneratedKeys()) {
            told.append(" keys ").append(keys.getMetaData().getColumnCount()).append(keys.next());
        }
        for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            told.append(' ').append(warning.getSQLState()).append(warning.getMessage());
        }
        told.append(statement.getMoreResults()).append(statement.getUpdateCount());
        told.append(statement.getMoreResults(Statement.CLOSE_ALL_RESULTS)).append(statement.getLargeUpdateCount());
        statement.clearWarnings();
        return told.append(statement.getWarnings()).append(statement.isClosed()).toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE item SET price = price + 1 WHERE id > 1",
                "UPDATE item SET price = price + 1 WHERE id > 100",
                "update item i set name = 'x' from item o where o.id = i.owner returning i.id",
                "  /* head */ UPDATE item SET name = name -- tail",
                "UPDATE item SET name = 'x' WHERE id = 2;",
                "INSERT INTO item SELECT id + 10, name, price, owner FROM item",
                "INSERT INTO item (id, name) VALUES (7, 'n'), (8, 'm')",
                "INSERT INTO item (id, name) VALUES (1, 'n'), (9, 'm') ON CONFLICT (id) DO UPDATE SET name = excluded.name",
                "INSERT INTO item (id, name) VALUES (1, 'n') ON CONFLICT DO NOTHING",
                "DELETE FROM item WHERE id = 1",
                "DELETE FROM item USING item o WHERE o.id = item.owner",
                "WITH w AS (SELECT 2 AS n) UPDATE item SET owner = n FROM w WHERE id = 3",
                "MERGE INTO item i USING (VALUES (1), (9)) v(k) ON i.id = v.k WHEN MATCHED THEN DELETE"
                        + " WHEN NOT MATCHED THEN INSERT (id, name) VALUES (v.k, 'new')",
                "UPDATE item SET price = -1 WHERE id = 1",
                "UPDATE item SET name = 'much too long'",
                "UPDATE item SET name = NULL WHERE id = 2",
                "INSERT INTO item (id, name) VALUES (1, 'n')",
                "INSERT INTO item (id, name, owner) VALUES (4, 'n', 99)",
                "UPDATE item SET id = 'three' WHERE id = 3",
                "UPDATE item SET price = 1 / (id - 2)",
                "UPDATE item SET price = (SELECT price FROM item) WHERE id = 1",
                "UPDATE item SET price = 'x' || name",
                "UPDATE item SET nothing = 1",
                "UPDATE item SET id = talk(id) WHERE id = 2",
                "TRUNCATE item",
                "DELETE FROM item WHERE id = 1; DELETE FROM item"
            })
    void allThatAStatementTells(String sql) throws SQLException {
        compare(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql) + state(statement);
            }
        });
        compare(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeLargeUpdate(sql) + state(statement);
            }
        });
        compare(connection -> {
            try (Statement statement = connection.createStatement()) {
                boolean rows = statement.execute(sql);
                return rows ? "rows" : "count " + state(statement);
            }
        });
        compare(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                return statement.executeUpdate() + state(statement) + statement.executeLargeUpdate() + state(statement);
            }
        });
        compare(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                boolean rows = statement.execute();
                return rows ? "rows" : "count " + state(statement);
            }
        });
        compare(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                return statement.executeQuery().next();
            }
        });
        compare(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
                return statement.executeUpdate() + keys(statement);
            }
        });
        compare(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql, new String[] {"id"}) + keys(statement);
            }
        });
    }

    private static String keys(Statement statement) throws SQLException {
        StringBuilder told = new StringBuilder();
        try (ResultSet keys = statement.getGeneratedKeys()) {
            while (keys.next()) {
                for (int i = 1; i <= keys.getMetaData().getColumnCount(); i++) {
                    told.append(keys.getMetaData().getColumnName(i)).append('=').append(keys.getString(i));
                }
            }
        }
        return told + " " + statement.getUpdateCount();
    }

    @Test
    void parametersAndSettingsAreThoseOfTheStatement() throws SQLException {
        List<ChangeEvent> events = compare(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("UPDATE item SET name = ?, price = price + ? WHERE id = ?")) {
                statement.setString(1, "a");
                statement.setBigDecimal(2, new java.math.BigDecimal("0.50"));
                statement.setInt(3, 1);
                int first = statement.executeUpdate();
                statement.setQueryTimeout(50);
                statement.setInt(3, 3);
                int second = statement.executeUpdate();
                return first + " " + second + " " + statement.getQueryTimeout() + state(statement);
            }
        });
        assertThat(events).hasSize(2);
        assertThat(events.get(1).before().get("name")).isEqualTo(new AbstractValue.Exact("three"));
        assertThat(events.get(1).before().get("owner")).isEqualTo(new AbstractValue.Exact(1L));
        compare(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("UPDATE item SET name = ? WHERE id = ?")) {
                statement.setString(1, "a");
                return statement.executeUpdate();
            }
        });
        compare(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("UPDATE item SET name = ? WHERE id = 1")) {
                statement.setMaxRows(1);
                statement.setCharacterStream(1, new java.io.StringReader("abc"));
                return statement.executeUpdate() + state(statement);
            }
        });
    }

    @Test
    void resultsOfEarlierExecutionsEnd() throws SQLException {
        compare(connection -> {
            try (Statement statement = connection.createStatement()) {
                ResultSet rows = statement.executeQuery("SELECT * FROM item ORDER BY id");
                statement.executeUpdate("UPDATE item SET price = price + 1");
                boolean closed = rows.isClosed();
                statement.executeUpdate("INSERT INTO item VALUES (5, 'x')", Statement.RETURN_GENERATED_KEYS);
                String keys = keys(statement);
                statement.executeUpdate("UPDATE item SET price = price + 1 WHERE id = 1");
                String after = keys(statement);
                statement.execute("SELECT 1");
                return closed
                        + keys
                        + after
                        + statement.getUpdateCount()
                        + statement.getResultSet().next();
            }
        });
    }

    @Test
    void aReadOnlyTransactionRefusesTheCommandByItsName() throws SQLException {
        compare(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION READ ONLY");
                return statement.executeUpdate("UPDATE item SET price = price + 1");
            }
        });
        compare(connection -> {
            connection.setReadOnly(true);
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("DELETE FROM item");
            } finally {
                connection.rollback();
                connection.setReadOnly(false);
            }
        });
    }

    @Test
    void theImagesAreThereToo() throws SQLException {
        List<ChangeEvent> events = compare(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("UPDATE item SET price = 2 * price");
            }
        });
        assertThat(events).hasSize(2);
        assertThat(events.get(0).after().get("price"))
                .isEqualTo(new AbstractValue.Exact(new java.math.BigDecimal("3")));
        assertThat(events.get(0).before().get("id")).isEqualTo(new AbstractValue.Exact(1L));
    }

    @Test
    void aStatementThatChangesNoRowReportsNothing() throws SQLException {
        for (Images setting : Images.values()) {
            DataSource source = imaged.caching(imaged.pool, setting);
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.executeUpdate("UPDATE item SET price = 1 WHERE id = 99");
                statement.execute("DELETE FROM item WHERE id = 99");
                statement.executeUpdate("INSERT INTO item VALUES (1, 'x', 1, 1) ON CONFLICT DO NOTHING");
                connection.setAutoCommit(true);
                statement.executeUpdate("UPDATE item SET price = 1 WHERE id = 99");
            }
            assertThat(recorder.take()).as(setting.name()).isEmpty();
        }
    }

    @Test
    void aRoleThatMayNotReadTheRowsStillMayWriteThem() throws SQLException {
        imaged.execute("DROP ROLE IF EXISTS blind; CREATE ROLE blind; GRANT USAGE ON SCHEMA " + imaged.schema
                + " TO blind; GRANT INSERT, UPDATE (price) ON item TO blind");
        try (Connection connection = images.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL ROLE blind");
            assertThat(statement.executeUpdate("INSERT INTO item (id, name) VALUES (50, 'x')"))
                    .isEqualTo(1);
            assertThat(statement.executeUpdate("UPDATE item SET price = 7")).isEqualTo(4);
            connection.rollback();
        } finally {
            imaged.execute("DROP OWNED BY blind; DROP ROLE blind");
        }
    }

    @Test
    void aBulkChangeIsToldByItsCondition() throws SQLException {
        List<ChangeEvent> events = compare(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("INSERT INTO item SELECT g, 'bulk' FROM generate_series(100, 299) g");
                return statement.executeUpdate("UPDATE item SET name = 'x' WHERE name = 'bulk'") + state(statement);
            }
        });
        assertThat(events).hasSize(2);
        assertThat(events.get(1).before().values()).containsOnlyKeys("name");
    }
}
