package dev.staleless.integration.facade;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.core.store.StoreProvider;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessBuilder;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import javax.sql.DataSource;

/** A database of its own, and nodes before it. */
final class TwoNodes implements AutoCloseable {

    private final String database = "nodes" + UUID.randomUUID().toString().replace("-", "");
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /** @param ddl makes its tables */
    static TwoNodes over(String ddl) throws SQLException {
        TwoNodes nodes = new TwoNodes();
        nodes.execute(PostgresServer.shared().jdbcUrl(), "CREATE DATABASE " + nodes.database);
        nodes.execute(PostgresServer.shared().jdbcUrl(nodes.database), ddl);
        return nodes;
    }

    private void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    StalelessBuilder wrap(StoreProvider store) {
        return Staleless.wrap(pool()).store(store).cacheEverything(Duration.ofMinutes(10));
    }

    /** Connections past the nodes. */
    HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(PostgresServer.shared().jdbcUrl(database));
        config.setMaximumPoolSize(4);
        config.setMinimumIdle(0);
        HikariDataSource pool = new HikariDataSource(config);
        opened.push(pool);
        return pool;
    }

    StalelessDataSource start(StalelessBuilder builder) {
        StalelessDataSource node = builder.build();
        opened.push(node);
        return node;
    }

    static void write(DataSource dataSource, String... statements) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The rows, columns separated by commas, rows by semicolons. */
    static String query(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
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

    /** Asks until the answer comes from the cache; it is the same each time. */
    static String awaitHit(StalelessDataSource node, String sql) throws SQLException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        String first = query(node, sql);
        while (true) {
            long hits = node.statistics().hits();
            assertThat(query(node, sql)).isEqualTo(first);
            if (node.statistics().hits() > hits) {
                return first;
            }
            assertThat(System.nanoTime()).as("no hit: %s", node.statistics()).isLessThan(deadline);
            Thread.onSpinWait();
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
