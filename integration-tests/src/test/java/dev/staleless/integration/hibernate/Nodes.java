package dev.staleless.integration.hibernate;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.core.store.StoreProvider;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

/** Session factories over wrapped data sources of one database, one for each node, and one that asks the database itself. */
final class Nodes implements AutoCloseable {

    private final String url;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final SessionFactory direct;
    private final List<SessionFactory> factories = new ArrayList<>();
    private final List<StalelessDataSource> sources = new ArrayList<>();

    private Nodes(String url, AutoCloseable drop) {
        this.url = url;
        opened.push(drop);
        direct = factory(pool(), "create");
    }

    private static String freshName() {
        return "hibernate" + UUID.randomUUID().toString().replace("-", "");
    }

    /** Starts nodes that share the stores of one provider, on a database with the schema and no rows. */
    static Nodes start(int count, StoreProvider store) throws Exception {
        String database = freshName();
        execute("CREATE DATABASE " + database);
        return started(
                new Nodes(
                        PostgresServer.shared().jdbcUrl(database),
                        () -> execute("DROP DATABASE " + database + " WITH (FORCE)")),
                count,
                store);
    }

    /** As {@link #start}, on an H2 database in memory. */
    static Nodes startOnH2(int count, StoreProvider store) throws Exception {
        String url = "jdbc:h2:mem:" + freshName();
        Connection keeper = DriverManager.getConnection(url);
        return started(new Nodes(url, keeper), count, store);
    }

    private static Nodes started(Nodes nodes, int count, StoreProvider store) throws Exception {
        try {
            for (int i = 0; i < count; i++) {
                nodes.addNode(store);
            }
            return nodes;
        } catch (RuntimeException e) {
            nodes.close();
            throw e;
        }
    }

    private void addNode(StoreProvider store) {
        StalelessDataSource cached = Staleless.wrap(pool())
                .store(store)
                .cacheEverything(Duration.ofMinutes(10))
                .build();
        opened.push(cached);
        sources.add(cached);
        factories.add(factory(cached, "none"));
    }

    private HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(3);
        config.setMinimumIdle(0);
        HikariDataSource pool = new HikariDataSource(config);
        opened.push(pool);
        return pool;
    }

    private SessionFactory factory(DataSource dataSource, String schema) {
        Configuration configuration = new Configuration();
        for (Class<?> entity : List.of(Customer.class, Purchase.class, Line.class, Product.class, Tag.class)) {
            configuration.addAnnotatedClass(entity);
        }
        configuration.getProperties().put("hibernate.connection.datasource", dataSource);
        configuration.setProperty("hibernate.hbm2ddl.auto", schema);
        configuration.setProperty("hibernate.jdbc.batch_size", "10");
        configuration.setProperty("hibernate.order_inserts", "true");
        configuration.setProperty("hibernate.order_updates", "true");
        SessionFactory factory = configuration.buildSessionFactory();
        opened.push(factory);
        return factory;
    }

    /** The factory of a node, by a number that counts on round and round. */
    SessionFactory node(int number) {
        return factories.get(number % factories.size());
    }

    int count() {
        return factories.size();
    }

    /** A factory whose sessions do not go through the cache, for reading. */
    SessionFactory direct() {
        return direct;
    }

    long hits() {
        return sources.stream().mapToLong(source -> source.statistics().hits()).sum();
    }

    String statistics() {
        return sources.stream()
                .map(source -> source.statistics().toString())
                .toList()
                .toString();
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(PostgresServer.shared().jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
