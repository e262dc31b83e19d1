package dev.staleless.jdbc.result.pgjdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.jdbc.PgConnection;

/** Which settings make a session another one. */
class SessionProbeTest {

    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = DriverManager.getConnection(PostgresServer.shared().jdbcUrl());
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private String after(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return SessionProbe.probe(connection.unwrap(PgConnection.class)).digest();
    }

    @Test
    void extensionThatIsLoadedIsNotAnotherSession() throws SQLException {
        String before = after("SELECT 1");
        assertThat(after("DO 'BEGIN END'")).isEqualTo(before);
    }

    @Test
    void settingOfAnExtensionThatIsChangedIsAnotherSession() throws SQLException {
        String before = after("DO 'BEGIN END'");
        assertThat(after("SET plpgsql.variable_conflict = 'use_column'")).isNotEqualTo(before);
        assertThat(after("RESET plpgsql.variable_conflict")).isEqualTo(before);
    }

    @Test
    void settingThatChangesResultsIsAnotherSession() throws SQLException {
        String before = after("SELECT 1");
        assertThat(after("SET extra_float_digits = 0")).isNotEqualTo(before);
        assertThat(after("SET statement_timeout = '1min'")).isEqualTo(after("RESET statement_timeout"));
    }
}
