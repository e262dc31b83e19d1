package dev.staleless.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MariaDbServerTest {
    @BeforeEach
    void binariesAreThereForThisSystem() {
        assumeTrue(MariaDbServer.isSupported(), "the binaries are for Linux on x86-64");
    }

    @Test
    void answersQueriesAndLeavesNeitherProcessNorFolder() throws SQLException {
        MariaDbServer server =
                MariaDbServer.builder().arguments("--sort-buffer-size=123456").start();
        long pid = server.pid();
        Path folder = server.folder();
        try (Connection open = DriverManager.getConnection(server.jdbcUrl())) {
            assertThat(query(server, "SELECT @@sort_buffer_size")).isEqualTo("123456");
            assertThat(query(server, "SELECT upper('żółć')")).isEqualTo("ŻÓŁĆ");
            assertThat(query(server, "SELECT @@collation_database")).isEqualTo("utf8mb4_general_ci");
            server.stop();
            server.stop();
        }

        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(folder).doesNotExist();
        assertThat(server.isRunning()).isFalse();
    }

    @Test
    void crashEmptiesTablesInMemoryAndKeepsCommittedRows() throws SQLException {
        try (MariaDbServer server = MariaDbServer.start()) {
            int port = server.port();
            execute(server, "CREATE TABLE volatile_rows (a int) ENGINE = MEMORY AS SELECT 1 AS a");
            execute(server, "CREATE TABLE kept (a int) AS SELECT 1 AS a");

            server.crashAndRestart();

            assertThat(server.port()).isEqualTo(port);
            assertThat(query(server, "SELECT count(*) FROM volatile_rows")).isEqualTo("0");
            assertThat(query(server, "SELECT count(*) FROM kept")).isEqualTo("1");

            server.restart();

            assertThat(query(server, "SELECT count(*) FROM kept")).isEqualTo("1");
        }
    }

    @Test
    void takenPortIsReportedInTheServersWords() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() ->
                            MariaDbServer.builder().port(taken.getLocalPort()).start())
                    .isInstanceOf(ServerException.class)
                    .hasMessageContaining("did not start on port " + taken.getLocalPort())
                    .hasMessageContaining("Bind on TCP/IP port");
        }
    }

    private static void execute(MariaDbServer server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(MariaDbServer server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
