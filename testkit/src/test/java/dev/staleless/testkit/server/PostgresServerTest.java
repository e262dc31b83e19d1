package dev.staleless.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class PostgresServerTest {
    @Test
    void answersQueriesWithTheGivenSettings() throws SQLException {
        try (PostgresServer server =
                PostgresServer.builder().set("work_mem", "1234kB").start()) {
            assertThat(query(server, "SELECT current_setting('work_mem')")).isEqualTo("1234kB");
            assertThat(query(server, "SELECT upper('żółć')")).isEqualTo("ŻÓŁĆ");
        }
    }

    @Test
    void serversRunSideBySide() throws SQLException {
        try (PostgresServer one = PostgresServer.start();
                PostgresServer other = PostgresServer.start()) {
            assertThat(one.port()).isNotEqualTo(other.port());
            assertThat(query(one, "SELECT system_identifier FROM pg_control_system()"))
                    .isNotEqualTo(query(other, "SELECT system_identifier FROM pg_control_system()"));
        }
    }

    @Test
    void stopLeavesNeitherProcessNorFolder() throws SQLException {
        PostgresServer server = PostgresServer.start();
        long pid = server.pid();
        Path folder = server.folder();
        try (Connection open = DriverManager.getConnection(server.jdbcUrl())) {
            server.stop();
            server.stop();
        }

        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(folder).doesNotExist();
        assertThat(server.isRunning()).isFalse();
    }

    @Test
    void restartKeepsPortAndRows() throws SQLException {
        try (PostgresServer server = PostgresServer.start()) {
            int port = server.port();
            execute(server, "CREATE UNLOGGED TABLE t AS SELECT 1 AS a");

            server.restart();

            assertThat(server.port()).isEqualTo(port);
            assertThat(query(server, "SELECT count(*) FROM t")).isEqualTo("1");
        }
    }

    @Test
    void crashEmptiesUnloggedTablesAndKeepsCommittedRows() throws SQLException {
        try (PostgresServer server = PostgresServer.start()) {
            execute(server, "CREATE UNLOGGED TABLE unlogged AS SELECT 1 AS a");
            execute(server, "CREATE TABLE logged AS SELECT 1 AS a");

            server.crashAndRestart();

            assertThat(query(server, "SELECT count(*) FROM unlogged")).isEqualTo("0");
            assertThat(query(server, "SELECT count(*) FROM logged")).isEqualTo("1");
        }
    }

    @Test
    void takenPortIsReportedInTheServersWords() {
        try (PostgresServer server = PostgresServer.start()) {
            assertThatThrownBy(
                            () -> PostgresServer.builder().port(server.port()).start())
                    .isInstanceOf(ServerException.class)
                    .hasMessageContaining("did not start on port " + server.port())
                    .hasMessageContaining("could not bind");
        }
    }

    @Test
    void wrongSettingIsReportedInTheServersWords() {
        assertThatThrownBy(() ->
                        PostgresServer.builder().set("no_such_setting", "1").start())
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("no_such_setting");
    }

    @Test
    void ownAccountIsUsedUnlessItIsRoot() throws Exception {
        Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        try (PostgresServer server = PostgresServer.start()) {
            Object serverUid = Files.getAttribute(Path.of("/proc/" + server.pid()), "unix:uid");

            assertThat(serverUid).isNotEqualTo(0);
            if (!uid.equals(0)) {
                assertThat(serverUid).isEqualTo(uid);
            }
        }
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
