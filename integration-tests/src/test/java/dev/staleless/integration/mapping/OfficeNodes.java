package dev.staleless.integration.mapping;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.core.store.StoreProvider;
import dev.staleless.jdbc.Snapshot;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessBuilder;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.testkit.server.MariaDbServer;
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

/** The model on a database of its own: session factories of nodes, and one that asks the database itself. */
final class OfficeNodes implements AutoCloseable {

    private static final List<Class<?>> ENTITIES = List.of(
            Person.class,
            Person.Employee.class,
            Person.Contractor.class,
            Vehicle.class,
            Vehicle.Car.class,
            Vehicle.Truck.class,
            Document.class,
            Document.Invoice.class,
            Document.Report.class,
            Team.class,
            Team.Job.class,
            Note.class);

    private final String url;
    private final String isolation;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final List<SessionFactory> factories = new ArrayList<>();
    private final List<StalelessDataSource> sources = new ArrayList<>();
    private final SessionFactory direct;

    private OfficeNodes(String url, String isolation, AutoCloseable drop) {
        this.url = url;
        this.isolation = isolation;
        opened.push(drop);
        direct = factory(pool(), "create");
    }

    private static String freshName() {
        return "office" + UUID.randomUUID().toString().replace("-", "");
    }

    static OfficeNodes onPostgres() throws SQLException {
        String database = freshName();
        String server = PostgresServer.shared().jdbcUrl();
        execute(server, "CREATE DATABASE " + database);
        return new OfficeNodes(
                PostgresServer.shared().jdbcUrl(database),
                "TRANSACTION_READ_COMMITTED",
                () -> execute(server, "DROP DATABASE " + database + " WITH (FORCE)"));
    }

    static OfficeNodes onMariaDb(String isolation) throws SQLException {
        String database = freshName();
        String server = MariaDbServer.shared().jdbcUrl();
        execute(server, "CREATE DATABASE " + database);
        return new OfficeNodes(
                MariaDbServer.shared().jdbcUrl(database) + "&sessionVariables=optimizer_switch='loosescan=off'",
                isolation,
                () -> execute(server, "DROP DATABASE " + database, "DROP DATABASE IF EXISTS staleless"));
    }

    static OfficeNodes onH2() throws SQLException {
        String url = "jdbc:h2:mem:" + freshName();
        return new OfficeNodes(url, "TRANSACTION_READ_COMMITTED", DriverManager.getConnection(url));
    }

    private static void execute(String url, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Adds nodes that share the stores of one provider. */
    OfficeNodes with(int count, StoreProvider store, Snapshot snapshot) {
        for (int i = 0; i < count; i++) {
            StalelessBuilder builder =
                    Staleless.wrap(pool()).store(store).snapshot(snapshot).cacheEverything(Duration.ofMinutes(10));
            StalelessDataSource source = builder.build();
            opened.push(source);
            sources.add(source);
            factories.add(factory(source, "none"));
        }
        return this;
    }

    private HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setTransactionIsolation(isolation);
        config.setMaximumPoolSize(3);
        config.setMinimumIdle(0);
        HikariDataSource pool = new HikariDataSource(config);
        opened.push(pool);
        return pool;
    }

    private SessionFactory factory(DataSource source, String schema) {
        Configuration configuration = new Configuration();
        ENTITIES.forEach(configuration::addAnnotatedClass);
        configuration.getProperties().put("hibernate.connection.datasource", source);
        configuration.setProperty("hibernate.hbm2ddl.auto", schema);
        configuration.setProperty("hibernate.jdbc.batch_size", "10");
        configuration.setProperty("hibernate.default_batch_fetch_size", "4");
        SessionFactory factory = configuration.buildSessionFactory();
        opened.push(factory);
        return factory;
    }

    List<SessionFactory> nodes() {
        return factories;
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

    @Override
    public void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
