package dev.staleless.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.jdbc.policy.Images;
import dev.staleless.jdbc.policy.Revalidate;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cached results that a change leaves in doubt, about which the database is asked. */
class RevalidationTest {
    private static final String OF_A_KIND =
            "SELECT p.id, p.name FROM part p JOIN item i ON i.id = p.item_id WHERE i.kind = ? ORDER BY p.id";
    private static final String LATEST = "SELECT id, name FROM part WHERE state = ? ORDER BY made DESC, id LIMIT 2";
    private static final String WITHOUT_PARTS =
            "SELECT i.id, i.name FROM item i WHERE i.kind = ? AND NOT EXISTS (SELECT 1 FROM part p WHERE p.item_id = i.id)";

    private CachedDatabase database;
    private DataSource cached;

    @BeforeEach
    void open() throws SQLException {
        database = CachedDatabase.of("CREATE TABLE item (id int PRIMARY KEY, kind text, name text);"
                + "CREATE TABLE part (id int PRIMARY KEY, item_id int REFERENCES item ON DELETE CASCADE, name text,"
                + " state text DEFAULT 'new', made int DEFAULT 0);"
                + "INSERT INTO item VALUES (1, 'a', 'one'), (2, 'a', 'two'), (3, 'b', 'three'), (4, 'b', 'four');"
                + "INSERT INTO part VALUES (1, 1, 'p', 'new', 10), (2, 2, 'q', 'new', 20), (3, 3, 'r', 'new', 5)");
        cached = database.caching(database.pool, Images.AUTO, Revalidate.ALWAYS);
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private List<String> rows(String sql, String parameter) throws SQLException {
        try (Connection connection = cached.getConnection()) {
            return rows(connection, sql, parameter);
        }
    }

    private static List<String> rows(Connection connection, String sql, String parameter) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(result.getString(1) + " " + result.getString(2));
                }
            }
        }
        return rows;
    }

    private void write(String sql) throws SQLException {
        try (Connection connection = cached.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private void isRevalidated(String query, String parameter, String... writes) throws SQLException {
        List<String> before = rows(query, parameter);
        for (String write : writes) {
            write(write);
        }
        var counted = database.statistics.snapshot();
        assertThat(rows(query, parameter)).isEqualTo(before);
        var now = database.statistics.snapshot();
        assertThat(now.revalidated()).as("revalidated").isEqualTo(counted.revalidated() + 1);
        assertThat(now.hits()).as("hits").isEqualTo(counted.hits() + 1);
        assertThat(now.allMisses()).as("misses").isEqualTo(counted.allMisses());
        assertThat(now.dropped()).as("dropped").isEqualTo(counted.dropped());
        assertThat(rows(query, parameter)).isEqualTo(before);
        assertThat(database.statistics.snapshot().revalidated())
                .as("asked once only")
                .isEqualTo(now.revalidated());
    }

    private void isDropped(String query, String parameter, String write) throws SQLException {
        List<String> before = rows(query, parameter);
        write(write);
        var counted = database.statistics.snapshot();
        assertThat(rows(query, parameter)).isNotEqualTo(before);
        var now = database.statistics.snapshot();
        assertThat(now.hits()).as("hits").isEqualTo(counted.hits());
        assertThat(now.allMisses()).as("misses").isEqualTo(counted.allMisses() + 1);
        assertThat(now.dropped()).as("dropped").isEqualTo(counted.dropped() + 1);
        assertThat(rows(query, parameter)).isNotEqualTo(before);
        assertThat(database.hits()).as("published").isEqualTo(now.hits() + 1);
    }

    @Test
    void aRowThatComesWithoutItsPartner() throws SQLException {
        isRevalidated(OF_A_KIND, "a", "INSERT INTO part VALUES (4, 3, 's')", "INSERT INTO part VALUES (5, 4, 't')");
        isRevalidated(OF_A_KIND, "a", "UPDATE part SET item_id = 4 WHERE id = 3");
        isDropped(OF_A_KIND, "a", "INSERT INTO part VALUES (6, 2, 's')");
    }

    @Test
    void aRowThatComesAfterThePageByAColumnThatIsNotShown() throws SQLException {
        isRevalidated(LATEST, "new", "INSERT INTO part VALUES (4, 1, 's', 'new', 9)");
        isRevalidated(LATEST, "new", "INSERT INTO part VALUES (5, 1, 't', 'new', 10)");
        isDropped(LATEST, "new", "INSERT INTO part VALUES (6, 1, 'u', 'new', 11)");
    }

    @Test
    void aRowThatLeavesFromWhereAnotherKeepsTheSameOut() throws SQLException {
        write("INSERT INTO part VALUES (4, 3, 's')");
        isRevalidated(WITHOUT_PARTS, "b", "DELETE FROM part WHERE id = 4");
        isRevalidated(WITHOUT_PARTS, "b", "DELETE FROM part WHERE id = 1");
        isDropped(WITHOUT_PARTS, "b", "DELETE FROM part WHERE id = 3");
    }

    @Test
    void withinATransaction() throws SQLException {
        rows(OF_A_KIND, "a");
        write("INSERT INTO part VALUES (4, 3, 's')");
        long before = database.statistics.snapshot().revalidated();
        try (Connection connection = cached.getConnection()) {
            connection.setAutoCommit(false);
            assertThat(rows(connection, OF_A_KIND, "a")).containsExactly("1 p", "2 q");
            connection.commit();
        }
        assertThat(database.statistics.snapshot().revalidated()).isEqualTo(before + 1);
    }

    @Test
    void notInATransactionWithASnapshotOfItsOwn() throws SQLException {
        rows(OF_A_KIND, "a");
        write("INSERT INTO part VALUES (4, 3, 's')");
        try (Connection connection = cached.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            assertThat(rows(connection, OF_A_KIND, "a")).containsExactly("1 p", "2 q");
            connection.commit();
        }
        assertThat(database.statistics.snapshot().revalidated()).isZero();
    }

    @Test
    void whatATransactionHasChangedItselfIsNotForgotten() throws SQLException {
        rows(OF_A_KIND, "a");
        write("INSERT INTO part VALUES (4, 3, 's')");
        try (Connection connection = cached.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("UPDATE item SET kind = 'a' WHERE id = 3");
            }
            assertThat(rows(connection, OF_A_KIND, "a")).containsExactly("1 p", "2 q", "3 r", "4 s");
            connection.rollback();
        }
        assertThat(rows(OF_A_KIND, "a")).containsExactly("1 p", "2 q");
    }

    @Test
    void whatIsCommittedBeforeTheDatabaseIsAskedIsNotOverlooked() throws SQLException {
        rows(OF_A_KIND, "a");
        write("INSERT INTO part VALUES (4, 2, 's')");
        DataSource writing = cached;
        cached = database.caching(
                before("SELECT 1 FROM", () -> {
                    try (Connection connection = writing.getConnection();
                            Statement statement = connection.createStatement()) {
                        statement.executeUpdate("UPDATE item SET kind = 'b' WHERE id = 2");
                    }
                }),
                Images.AUTO,
                Revalidate.ALWAYS);
        assertThat(rows(OF_A_KIND, "a")).containsExactly("1 p");
        assertThat(database.statistics.snapshot().revalidated()).isZero();
    }

    /** Does something before the first statement that begins like this is prepared. */
    private interface Step {
        void run() throws SQLException;
    }

    private DataSource before(String text, Step step) {
        boolean[] done = {false};
        return proxy(DataSource.class, database.pool, (method, arguments, result) -> {
            if (!(result instanceof Connection connection)) {
                return result;
            }
            return proxy(Connection.class, connection, (called, with, returned) -> {
                boolean first = !done[0]
                        && called.equals("prepareStatement")
                        && with[0].toString().startsWith(text);
                if (first) {
                    done[0] = true;
                    step.run();
                }
                return returned;
            });
        });
    }

    private interface After {
        Object call(String method, Object[] arguments, Object result) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, T delegate, After after) {
        return type.cast(Proxy.newProxyInstance(
                RevalidationTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return after.call(method.getName(), arguments, method.invoke(delegate, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @Test
    void notWhereItIsSwitchedOff() throws SQLException {
        cached = database.caching(database.pool, Images.AUTO, Revalidate.NEVER);
        rows(OF_A_KIND, "a");
        write("INSERT INTO part VALUES (4, 3, 's')");
        rows(OF_A_KIND, "a");
        assertThat(database.statistics.snapshot().revalidated()).isZero();
        assertThat(database.hits()).isZero();
    }
}
