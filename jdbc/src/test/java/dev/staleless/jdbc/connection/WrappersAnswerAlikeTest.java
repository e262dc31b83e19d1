package dev.staleless.jdbc.connection;

import dev.staleless.jdbc.result.pgjdbc.JdbcCalls;
import dev.staleless.jdbc.result.pgjdbc.Observation;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Calls every method of the wrappers that have not borrowed a connection, with arguments of each kind, and of the pool's own. Both
 * must answer alike.
 */
class WrappersAnswerAlikeTest {
    /** What they return is of the one or the other, or changes from call to call. */
    private static final Set<String> NOT_COMPARED =
            Set.of("getConnection", "toString", "hashCode", "equals", "getClass", "notify", "notifyAll", "wait");

    private static final List<Object> STRINGS = List.of("SELECT name FROM item WHERE id = 1", "no SQL");
    private static final List<Object> INTS = List.of(1, -1);

    private CachedDatabase database;

    @BeforeEach
    void open() throws SQLException {
        database = CachedDatabase.of(
                "CREATE TABLE item (id int PRIMARY KEY, name text); INSERT INTO item VALUES (1, 'one')");
        database.cached.getConnection().close();
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    /** Makes the object to call. */
    private interface Maker {
        Object on(Connection connection) throws SQLException;
    }

    private void compare(Class<?> type, Maker maker) throws Exception {
        SoftAssertions softly = new SoftAssertions();
        for (JdbcCalls.Call call : JdbcCalls.of(type, STRINGS, INTS)) {
            // What is inherited is compared where it is declared.
            if (!NOT_COMPARED.contains(call.method().getName()) && call.method().getDeclaringClass() == type) {
                Observation expected = observe(database.pool.getConnection(), maker, call);
                Observation actual = observe(database.cached.getConnection(), maker, call);
                softly.assertThat(actual).as(call.toString()).isEqualTo(expected);
            }
        }
        softly.assertAll();
    }

    private static Observation observe(Connection connection, Maker maker, JdbcCalls.Call call) throws Exception {
        try (connection) {
            return Observation.of(call.method(), maker.on(connection), call.arguments());
        }
    }

    @Test
    void connections() throws Exception {
        compare(Connection.class, connection -> connection);
    }

    @Test
    void connectionsWithoutAutocommit() throws Exception {
        compare(Connection.class, connection -> {
            connection.setAutoCommit(false);
            return connection;
        });
    }

    @Test
    void statements() throws Exception {
        compare(Statement.class, Connection::createStatement);
    }

    @Test
    void preparedStatements() throws Exception {
        compare(
                PreparedStatement.class,
                connection -> connection.prepareStatement("SELECT name FROM item WHERE id = ?"));
    }

    @Test
    void callableStatements() throws Exception {
        compare(CallableStatement.class, connection -> connection.prepareCall("{? = call abs(?)}"));
    }
}
