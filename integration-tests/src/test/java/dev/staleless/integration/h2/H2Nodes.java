package dev.staleless.integration.h2;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.core.store.StoreProvider;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessBuilder;
import dev.staleless.jdbc.StalelessDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import javax.sql.DataSource;

/** An H2 database of its own, and nodes before it. */
final class H2Nodes implements AutoCloseable {

    private final String url;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private H2Nodes(String url) throws SQLException {
        this.url = url;
        // Keeps a database in memory alive.
        opened.push(DriverManager.getConnection(url, "sa", ""));
    }

    /** A database in memory, of this process. */
    static H2Nodes inMemory(String ddl) throws SQLException {
        return at("jdbc:h2:mem:nodes" + UUID.randomUUID().toString().replace("-", ""), ddl);
    }

    static H2Nodes at(String url, String ddl) throws SQLException {
        H2Nodes nodes = new H2Nodes(url);
        nodes.direct(ddl);
        return nodes;
    }

    /** Executes something behind the nodes' backs. */
    void direct(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
            write(connection, sql);
        }
    }

    HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername("sa");
        config.setPassword("");
        config.setMaximumPoolSize(4);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(2000);
        HikariDataSource pool = new HikariDataSource(config);
        opened.push(pool);
        return pool;
    }

    StalelessBuilder wrap(StoreProvider store) {
        return Staleless.wrap(pool()).store(store).cacheEverything(Duration.ofMinutes(10));
    }

    StalelessDataSource start(StalelessBuilder builder) {
        StalelessDataSource node = builder.build();
        opened.push(node);
        return node;
    }

    static void write(DataSource dataSource, String... statements) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            write(connection, statements);
        }
    }

    static void write(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of the first row, as text. */
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
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : "none";
            }
        }
    }

    /** Whether the query is served from the cache when it is done again. */
    static boolean isCached(StalelessDataSource node, String sql, Object... parameters) throws SQLException {
        String first = query(node, sql, parameters);
        long before = node.statistics().hits();
        if (!query(node, sql, parameters).equals(first)) {
            throw new AssertionError("another answer: " + sql);
        }
        return node.statistics().hits() > before;
    }

    @Override
    public void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
