package dev.staleless.integration.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.core.store.memory.MemoryStore;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.jdbc.policy.FrontListener.Comparison;
import dev.staleless.testkit.server.MariaDbServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Hits that are compared with the database, on H2 and MariaDB: what is right is the same there too, what is stale is found. */
class VerifyElsewhereTest {

    private static final String ROWS = "INSERT INTO product VALUES (1, 'one', 1.50, 0.1, 1e10, DATE '2026-01-02',"
            + " TIMESTAMP '2026-01-02 03:04:05.678', x'00ff', TRUE, 'long'), (2, 'two', NULL, NULL, NULL, NULL, NULL, NULL, FALSE,"
            + " NULL)";

    @Test
    void onH2() throws SQLException {
        String url = "jdbc:h2:mem:verify" + UUID.randomUUID().toString().replace("-", "");
        try (Connection keeping = DriverManager.getConnection(url, "sa", "")) {
            execute(
                    keeping,
                    "CREATE TABLE product (id int PRIMARY KEY, name varchar(20), price numeric(8, 2), weight real, mass double"
                            + " precision, born date, since timestamp(3), photo varbinary(10), sold boolean, text varchar(50))");
            execute(keeping, ROWS);
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(url);
            config.setUsername("sa");
            config.setPassword("");
            check(config, keeping);
        }
    }

    @Test
    void onMariaDb() throws SQLException {
        assumeTrue(MariaDbServer.isSupported(), "the binaries are for Linux on x86-64");
        String database = "verify" + UUID.randomUUID().toString().replace("-", "");
        try (Connection keeping =
                DriverManager.getConnection(MariaDbServer.shared().jdbcUrl())) {
            execute(keeping, "CREATE DATABASE " + database);
            try {
                execute(keeping, "USE " + database);
                execute(
                        keeping,
                        "CREATE TABLE product (id int PRIMARY KEY, name varchar(20), price decimal(8, 2), weight float, mass"
                                + " double, born date, since datetime(3), photo varbinary(10), sold boolean, text longtext)");
                execute(keeping, ROWS);
                HikariConfig config = new HikariConfig();
                config.setJdbcUrl(MariaDbServer.shared().jdbcUrl(database));
                check(config, keeping);
            } finally {
                execute(keeping, "DROP DATABASE " + database);
                execute(keeping, "DROP DATABASE IF EXISTS staleless");
            }
        }
    }

    private static void check(HikariConfig config, Connection past) throws SQLException {
        config.setMinimumIdle(0);
        config.setMaximumPoolSize(4);
        try (HikariDataSource pool = new HikariDataSource(config);
                StalelessDataSource node = Staleless.wrap(pool)
                        .store(MemoryStore.create())
                        .properties(Map.of("staleless.admission", "always"))
                        .cacheEverything(Duration.ofMinutes(10))
                        .verify(1)
                        .build()) {
            for (int i = 0; i < 4; i++) {
                assertThat(names(node)).isEqualTo("one,two,");
            }
            assertThat(node.queries().compared())
                    .containsEntry(Comparison.SAME, 6L)
                    .containsEntry(Comparison.STALE, 0L)
                    .containsEntry(Comparison.UNDECIDED, 0L);
            execute(past, "UPDATE product SET name = 'unseen' WHERE id = 2");
            assertThat(names(node)).isEqualTo("one,unseen,");
            assertThat(node.queries().compared()).containsEntry(Comparison.STALE, 1L);
        }
    }

    /** Asks as a plain statement and as a prepared one. */
    private static String names(StalelessDataSource node) throws SQLException {
        StringBuilder names = new StringBuilder();
        try (Connection connection = node.getConnection();
                Statement plain = connection.createStatement();
                PreparedStatement prepared =
                        connection.prepareStatement("SELECT * FROM product WHERE id > ? ORDER BY id")) {
            try (ResultSet rows = plain.executeQuery("SELECT * FROM product ORDER BY id")) {
                while (rows.next()) {
                    names.append(rows.getString("name")).append(',');
                }
            }
            prepared.setInt(1, 0);
            try (ResultSet rows = prepared.executeQuery()) {
                assertThat(rows.next()).isTrue();
            }
        }
        return names.toString();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
