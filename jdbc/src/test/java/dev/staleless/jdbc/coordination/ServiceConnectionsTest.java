package dev.staleless.jdbc.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the service connections come from. */
class ServiceConnectionsTest {

    private Database database;

    @BeforeEach
    void createDatabase() throws SQLException {
        database = Database.create(PostgresServer.shared());
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        database.close();
    }

    private HikariDataSource pool(int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.server().jdbcUrl(database.name()));
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    @Test
    void aHikariPoolKeepsAllItsConnections() throws SQLException {
        try (HikariDataSource pool = pool(1);
                Connection only = pool.getConnection();
                JdbcCoordinationTables tables =
                        JdbcCoordinationTables.open(ServiceConnections.beside(pool), CoordinationSettings.of("test"))) {
            tables.register(UUID.randomUUID());
            assertThat(tables.raise(tables.read().recordedIncarnation(), null, null, null))
                    .isEqualTo(2);
            assertThat(only.isValid(1)).isTrue();
        }
    }

    @Test
    void aPoolBehindItsOwnDataSourceIsRecognisedToo() throws SQLException {
        try (HikariDataSource outer = new HikariDataSource()) {
            HikariConfig config = new HikariConfig();
            config.setDataSource(database.dataSource());
            config.copyStateTo(outer);
            try (ServiceConnections connections = ServiceConnections.beside(outer)) {
                assertThat(connections.lent()).isFalse();
                try (Connection connection = connections.open()) {
                    assertThat(connection.isValid(1)).isTrue();
                }
            }
        }
    }

    @Test
    void aLentConnectionGoesBackAsItWas() throws SQLException {
        try (HikariDataSource pool = pool(2)) {
            JdbcCoordinationTables tables =
                    JdbcCoordinationTables.open(ServiceConnections.lentBy(pool), CoordinationSettings.of("test"));
            tables.raise(tables.read().recordedIncarnation(), null, null, null);
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isEqualTo(2);
            tables.close();
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT current_setting('statement_timeout')")) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("0");
                assertThat(connection.getNetworkTimeout()).isZero();
            }
        }
    }

    @Test
    void aDataSourceThatIsNoKnownPoolLends() {
        assertThat(ServiceConnections.beside(database.dataSource()).lent()).isTrue();
    }
}
