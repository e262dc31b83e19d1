package dev.staleless.integration.computed;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.core.store.StoreProvider;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessBuilder;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A database of a small shop, and nodes before it. */
final class Shop implements AutoCloseable {

    private final String database = "shop" + UUID.randomUUID().toString().replace("-", "");
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    static Shop open() throws SQLException {
        Shop shop = new Shop();
        execute(PostgresServer.shared().jdbcUrl(), "CREATE DATABASE " + shop.database);
        execute(PostgresServer.shared().jdbcUrl(shop.database), """
        CREATE TABLE customer (id int PRIMARY KEY, name text NOT NULL);
        CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL, total int NOT NULL);
        CREATE INDEX ON orders (customer_id);
        CREATE TABLE label (name text PRIMARY KEY);
        CREATE TABLE tag (name text PRIMARY KEY);
        INSERT INTO tag VALUES ('new');
        CREATE SCHEMA tenant;
        CREATE TABLE tenant.customer (id int PRIMARY KEY, name text NOT NULL);
        INSERT INTO tenant.customer VALUES (1, 'theirs')""");
        return shop;
    }

    /** Empties the tables, and fills them as at first. */
    void fill(DataSource dataSource) throws SQLException {
        for (String sql : List.of(
                "DELETE FROM orders",
                "DELETE FROM customer",
                "DELETE FROM label",
                "INSERT INTO customer SELECT i, 'customer ' || i FROM generate_series(1, 9) i",
                "INSERT INTO orders SELECT i, 1 + i % 9, i * 10 FROM generate_series(1, 30) i",
                "INSERT INTO label VALUES ('new')")) {
            write(dataSource, sql);
        }
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A node that caches every query. */
    StalelessDataSource node(StoreProvider store) {
        return node(store, builder -> builder.cacheEverything(Duration.ofMinutes(10)));
    }

    StalelessDataSource node(StoreProvider store, UnaryOperator<StalelessBuilder> settings) {
        StalelessDataSource node =
                settings.apply(Staleless.wrap(pool()).store(store)).build();
        opened.push(node);
        return node;
    }

    private DataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(PostgresServer.shared().jdbcUrl(database));
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(0);
        config.setSchema("public");
        HikariDataSource pool = new HikariDataSource(config);
        opened.push(pool);
        return pool;
    }

    /** The rows, columns separated by commas, rows by semicolons. */
    static String query(DataSource dataSource, String sql, Object... parameters) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return query(connection, sql, parameters);
        }
    }

    static String query(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                StringBuilder text = new StringBuilder();
                while (rows.next()) {
                    text.append(text.isEmpty() ? "" : ";").append(rows.getString(1));
                    for (int i = 2; i <= rows.getMetaData().getColumnCount(); i++) {
                        text.append(',').append(rows.getString(i));
                    }
                }
                return text.toString();
            }
        }
    }

    static void write(DataSource dataSource, String sql, @Nullable Object... parameters) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            write(connection, sql, parameters);
        }
    }

    static void write(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        execute(PostgresServer.shared().jdbcUrl(), "DROP DATABASE " + database + " WITH (FORCE)");
    }
}
