package dev.staleless.integration.computed;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;

class ComputedOnH2Test extends ComputedContract {

    private final String url =
            "jdbc:h2:mem:computed" + UUID.randomUUID().toString().replace("-", "");
    private Connection keeping;

    @Override
    void open() throws SQLException {
        // keeps a database in memory alive
        keeping = DriverManager.getConnection(url, "sa", "");
    }

    @Override
    void drop() throws SQLException {
        keeping.close();
    }

    @Override
    HikariConfig config() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername("sa");
        config.setPassword("");
        return config;
    }
}
