package dev.staleless.integration.computed;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariConfig;
import dev.staleless.testkit.server.MariaDbServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

class ComputedOnMariaDbTest extends ComputedContract {

    private final String database = "computed" + UUID.randomUUID().toString().replace("-", "");

    @Override
    void open() throws SQLException {
        assumeTrue(MariaDbServer.isSupported(), "the binaries are for Linux on x86-64");
        execute("CREATE DATABASE " + database);
    }

    @Override
    void drop() throws SQLException {
        execute("DROP DATABASE IF EXISTS " + database);
        execute("DROP DATABASE IF EXISTS staleless");
    }

    private static void execute(String sql) throws SQLException {
        if (MariaDbServer.isSupported()) {
            try (Connection connection =
                            DriverManager.getConnection(MariaDbServer.shared().jdbcUrl());
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }

    @Override
    HikariConfig config() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(MariaDbServer.shared().jdbcUrl(database));
        return config;
    }
}
