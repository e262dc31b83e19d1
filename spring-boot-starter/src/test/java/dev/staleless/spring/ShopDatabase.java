package dev.staleless.spring;

import dev.staleless.spring.shop.ShopApplication;
import dev.staleless.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A database for the application of the tests. */
final class ShopDatabase implements AutoCloseable {

    private final String name = "spring" + UUID.randomUUID().toString().replace("-", "");

    ShopDatabase() throws SQLException {
        execute(PostgresServer.shared().jdbcUrl(), "CREATE DATABASE " + name);
        execute(PostgresServer.shared().jdbcUrl(name), """
        CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL, price int NOT NULL, owner int NOT NULL);
        INSERT INTO item SELECT i, 'item ' || i, i * 10, i % 3 FROM generate_series(1, 12) i""");
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String url() {
        return PostgresServer.shared().jdbcUrl(name);
    }

    /** Starts the application. */
    ConfigurableApplicationContext start(String... properties) {
        return start(ShopApplication.class, properties);
    }

    /** Starts another application. */
    ConfigurableApplicationContext start(Class<?> application, String... properties) {
        return start(application, WebApplicationType.NONE, properties);
    }

    /** Starts the application with HTTP, at a free port. */
    ConfigurableApplicationContext serve(String... properties) {
        return start(ShopApplication.class, WebApplicationType.SERVLET, properties);
    }

    private ConfigurableApplicationContext start(Class<?> application, WebApplicationType web, String... properties) {
        SpringApplicationBuilder builder = new SpringApplicationBuilder(application)
                .web(web)
                .properties(
                        "spring.datasource.url=" + url(),
                        "spring.datasource.hikari.maximum-pool-size=6",
                        "spring.jpa.hibernate.ddl-auto=none",
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "management.endpoints.web.exposure.include=*")
                .properties(properties);
        return builder.run();
    }

    @Override
    public void close() throws SQLException {
        execute(PostgresServer.shared().jdbcUrl(), "DROP DATABASE " + name + " WITH (FORCE)");
    }
}
