package dev.staleless.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.jdbc.catalog.CatalogSource;
import dev.staleless.jdbc.policy.FrontListener;
import dev.staleless.jdbc.policy.Images;
import dev.staleless.jdbc.policy.Limits;
import dev.staleless.jdbc.result.h2.H2Profile;
import dev.staleless.sql.SqlAnalyser;
import dev.staleless.sql.SqlDialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a statement tells on H2, it tells the same when it was sent as the query of a delta table; and its rows are known. */
class ImagedOnH2Test {
    private static final String DDL = """
            CREATE TABLE OWNER (RID INT GENERATED ALWAYS AS IDENTITY, ID INT PRIMARY KEY, NAME VARCHAR(5));
            CREATE TABLE ITEM (RID INT GENERATED ALWAYS AS IDENTITY, ID INT DEFAULT 77 PRIMARY KEY, NAME VARCHAR(5) NOT NULL,
              PRICE NUMERIC(6, 2) CHECK (PRICE > 0), OWNER INT REFERENCES OWNER ON DELETE CASCADE, C CHAR(3), AT TIMESTAMP(0),
              F DOUBLE PRECISION, TWICE INT GENERATED ALWAYS AS (ID * 2));
            CREATE UNIQUE INDEX ITEM_NAME ON ITEM (NAME, OWNER);
            INSERT INTO OWNER (ID, NAME) VALUES (1, 'o'), (2, 'p');
            INSERT INTO ITEM (ID, NAME, PRICE, OWNER, C, AT, F) VALUES (1, 'one', 1.5, 1, 'a', TIMESTAMP '2020-01-01 10:00:00', 0.5),
              (2, 'two', NULL, 1, NULL, NULL, NULL), (3, 'three', 3, 2, 'abc', TIMESTAMP '2021-01-01 10:00:00', 1)""";

    private final List<Connection> open = new ArrayList<>();
    private final EventRecorder recorder = new EventRecorder();
    private Connection watched;
    private Connection plain;

    @BeforeEach
    void create() throws SQLException, ReflectiveOperationException {
        watched = connection(wrapped(database("imaged")));
        plain = connection(database("plain"));
    }

    private Connection connection(DataSource source) throws SQLException {
        Connection connection = source.getConnection();
        open.add(connection);
        connection.setAutoCommit(false);
        return connection;
    }

    @AfterEach
    void close() throws SQLException {
        for (Connection connection : open) {
            connection.close();
        }
    }

    private JdbcDataSource database(String name) throws SQLException {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + name);
        source.setUser("sa");
        Connection kept = source.getConnection();
        open.add(kept);
        try (Statement statement = kept.createStatement()) {
            statement.execute(DDL);
        }
        return source;
    }

    private DataSource wrapped(JdbcDataSource source) throws SQLException, ReflectiveOperationException {
        CatalogSource catalogs = CatalogSource.h2(source::getConnection, "staleless");
        assertThat(catalogs.current().tables()).isNotEmpty();
        return CachingDataSource.create(
                source,
                new Wiring(
                        recorder,
                        SqlAnalyser.create(SqlDialect.H2),
                        catalogs,
                        "h2",
                        (template, hint) -> Duration.ofMinutes(5),
                        Limits.DEFAULT,
                        H2Profile.create(),
                        FrontListener.NONE,
                        BarrierLocks.NONE,
                        Images.ALWAYS));
    }

    // ---- all that can be seen

    /** What is done on a connection. */
    private interface Action {
        String run(Connection connection) throws SQLException;
    }

    /** Does it on both, compares everything that can be seen, and checks that each changed row is told; rolls back. */
    private List<ChangeEvent> compare(Action action) throws SQLException {
        List<String> tables = List.of("OWNER", "ITEM");
        ChangedRows before = ChangedRows.read(watched, tables);
        recorder.take();
        recorder.takeEverything();
        String expected = observe(plain, action);
        assertThat(observe(watched, action)).isEqualTo(expected);
        List<ChangeEvent> events = recorder.take();
        ChangedRows after = ChangedRows.read(watched, tables);
        if (recorder.takeEverything() == null) {
            assertThat(before.untold(after, events)).isEmpty();
        }
        assertThat(after.contents()).isEqualTo(ChangedRows.read(plain, tables).contents());
        watched.rollback();
        plain.rollback();
        return events;
    }

    private static String observe(Connection connection, Action action) throws SQLException {
        try {
            return action.run(connection);
        } catch (SQLException e) {
            return e.getClass() + e.getSQLState() + e.getErrorCode() + e.getMessage() + e.getNextException();
        }
    }

    private static String state(Statement statement) throws SQLException {
        String told = statement.getUpdateCount() + " " + statement.getLargeUpdateCount() + statement.getResultSet()
                + statement.getWarnings();
        return told + statement.getMoreResults() + statement.getUpdateCount() + statement.isClosed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE ITEM SET PRICE = PRICE + 1 WHERE ID > 1",
                "UPDATE ITEM SET PRICE = PRICE + 1 WHERE ID > 100",
                "UPDATE ITEM I SET NAME = 'x', AT = TIMESTAMP '2022-01-01 00:00:00.6' WHERE I.OWNER = 2",
                "  /* head */ UPDATE ITEM SET NAME = NAME -- tail",
                "UPDATE ITEM SET NAME = 'x' WHERE ID = 2;",
                "UPDATE ITEM SET ID = ID + 10, C = 'b' WHERE ID = 3",
                "UPDATE ITEM SET (NAME, PRICE) = (SELECT 'y', 2.345) WHERE ID = 1",
                "UPDATE ITEM SET OWNER = DEFAULT, F = F / 3",
                "UPDATE OWNER SET NAME = 'q'",
                "INSERT INTO ITEM (ID, NAME, PRICE, OWNER) SELECT ID + 10, 'n' || ID, PRICE, OWNER FROM ITEM",
                "INSERT INTO ITEM (NAME, PRICE) VALUES ('n', 2.345)",
                "INSERT INTO ITEM (ID, NAME) VALUES (7, 'n'), (8, 'm')",
                "INSERT INTO ITEM SET ID = 9, NAME = 'z'",
                "DELETE FROM ITEM WHERE ID = 1",
                "DELETE FROM OWNER WHERE ID = 1",
                "DELETE FROM ITEM WHERE EXISTS (SELECT * FROM OWNER O WHERE O.ID = ITEM.OWNER AND O.NAME = 'p')",
                "MERGE INTO ITEM (ID, NAME) KEY (ID) VALUES (1, 'm'), (11, 'k')",
                "MERGE INTO ITEM I USING OWNER O ON I.ID = O.ID WHEN MATCHED THEN DELETE",
                "UPDATE ITEM SET PRICE = -1 WHERE ID = 1",
                "UPDATE ITEM SET NAME = 'much too long'",
                "UPDATE ITEM SET NAME = NULL WHERE ID = 2",
                "INSERT INTO ITEM (ID, NAME) VALUES (1, 'n')",
                "INSERT INTO ITEM (ID, NAME, OWNER) VALUES (4, 'n', 99)",
                "UPDATE ITEM SET PRICE = 1 / (ID - 2)",
                "UPDATE ITEM SET PRICE = (SELECT PRICE FROM ITEM) WHERE ID = 1",
                "UPDATE ITEM SET NOTHING = 1",
                "UPDATE ITEM SET PRICE = 'x' WHERE ID = 1",
                "DELETE FROM ITEM FETCH FIRST 1 ROWS ONLY",
                "INSERT INTO ITEM (ID, NAME) VALUES (5, 'a'), (6, 'b'), (1, 'c')",
                "INSERT INTO ITEM (ID, NAME, OWNER) VALUES (5, 'a', 1), (6, 'b', 99)",
                "UPDATE ITEM SET OWNER = 98 + ID"
            })
    void allThatAStatementTells(String sql) throws SQLException {
        compare(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql) + state(statement);
            }
        });
        compare(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql) + state(statement);
            }
        });
        compare(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                return statement.executeUpdate() + state(statement);
            }
        });
        compare(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                return statement.executeLargeUpdate() + state(statement);
            }
        });
        compare(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
                return statement.executeUpdate() + keys(statement);
            }
        });
        compare(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql, new String[] {"ID", "TWICE"}) + keys(statement);
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
        return told.toString().replaceAll("RID=\\d+", "") + " " + statement.getUpdateCount();
    }

    // ---- what is known

    private static AbstractValue exact(Object value) {
        return new AbstractValue.Exact(value);
    }

    @Test
    void theOldRowIsKnownAndWhatWasAssigned() throws SQLException {
        List<ChangeEvent> events = compare(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("UPDATE ITEM SET NAME = ?, PRICE = PRICE + 1 WHERE OWNER = ?")) {
                statement.setString(1, "x");
                statement.setInt(2, 2);
                return statement.executeUpdate() + state(statement);
            }
        });
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.before().get("ID")).isEqualTo(exact(3L));
            assertThat(event.before().get("NAME")).isEqualTo(exact("three"));
            assertThat(event.after().get("NAME")).isEqualTo(exact("x"));
            assertThat(event.after().get("PRICE")).isEqualTo(AbstractValue.UNKNOWN);
            assertThat(event.after().get("ID")).isEqualTo(exact(3L));
        });
    }

    @Test
    void theNewRowOfAnInsertIsKnown() throws SQLException {
        List<ChangeEvent> events = compare(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("INSERT INTO ITEM (NAME, PRICE) VALUES ('n', 2.345)") + state(statement);
            }
        });
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.after().get("ID")).isEqualTo(exact(77L));
            assertThat(event.after().get("TWICE")).isEqualTo(exact(154L));
        });
    }

    @Test
    void aBulkChangeIsToldByItsCondition() throws SQLException {
        List<ChangeEvent> events = compare(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("INSERT INTO OWNER (ID, NAME) SELECT X, 'bulk' FROM SYSTEM_RANGE(100, 299)");
                return statement.executeUpdate("DELETE FROM OWNER WHERE NAME = 'bulk'") + state(statement);
            }
        });
        assertThat(events)
                .filteredOn(event -> event.before() != null)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.before().values()).doesNotContainKey("ID"));
    }

    @Test
    void savepointsAreKept() throws SQLException {
        compare(connection -> {
            try (Statement statement = connection.createStatement()) {
                Savepoint savepoint = connection.setSavepoint();
                statement.executeUpdate("DELETE FROM ITEM WHERE ID = 1");
                connection.rollback(savepoint);
                return statement.executeUpdate("UPDATE ITEM SET PRICE = PRICE + 1 WHERE ID = 3") + state(statement);
            }
        });
    }
}
