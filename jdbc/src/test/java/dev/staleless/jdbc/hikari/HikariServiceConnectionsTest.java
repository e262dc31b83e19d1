package dev.staleless.jdbc.hikari;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.jdbc.coordination.ServiceConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a HikariCP pool tells of itself, and what is made of it. */
class HikariServiceConnectionsTest {

    private static final String URL = "jdbc:h2:mem:pool";

    private final HikariDataSource pool = new HikariDataSource(config());

    private static HikariConfig config() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(URL);
        config.setPoolName("shop");
        config.setMaximumPoolSize(7);
        config.setMinimumIdle(1);
        config.setAutoCommit(false);
        config.setReadOnly(true);
        config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
        return config;
    }

    @AfterEach
    void close() {
        pool.close();
    }

    /** A pool of another class: it may answer with other settings than those it was given. */
    private static final class OwnPool extends HikariDataSource {
        OwnPool() {
            super(config());
        }
    }

    @Test
    void poolTellsHowManyConnectionsItHasAtMost() throws SQLException {
        assertThat(HikariServiceConnections.size(pool)).hasValue(7);
    }

    @Test
    void otherDataSourcesTellNothing() throws SQLException {
        JdbcDataSource plain = new JdbcDataSource();
        plain.setURL(URL);
        assertThat(HikariServiceConnections.size(plain)).isEmpty();
        assertThat(HikariServiceConnections.from(plain)).isNull();
        try (OwnPool own = new OwnPool()) {
            assertThat(HikariServiceConnections.size(own)).isEmpty();
            assertThat(HikariServiceConnections.from(own)).isNull();
        }
    }

    @Test
    void serviceConnectionsAreBesideThePoolAndAsTheServiceNeedsThem() throws SQLException {
        try (ServiceConnections service = Objects.requireNonNull(HikariServiceConnections.from(pool));
                Connection connection = service.open()) {
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(connection.isReadOnly()).isFalse();
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
            assertThat(service.lent()).isFalse();
            assertThat(service.description()).contains("shop");
        }
    }
}
