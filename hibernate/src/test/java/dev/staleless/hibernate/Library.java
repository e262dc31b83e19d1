package dev.staleless.hibernate;

import dev.staleless.core.protocol.MissReason;
import dev.staleless.core.store.memory.MemoryStore;
import dev.staleless.jdbc.Ops;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessBuilder;
import dev.staleless.jdbc.StalelessDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

/**
 * A model with three books on an H2 database of its own, behind a wrapped data source by which only EXISTS queries are cached: all else
 * has to be asked for.
 */
final class Library implements AutoCloseable {

    private final JdbcConnectionPool pool;
    private final Connection keeper;
    private final StalelessDataSource source;
    private final SessionFactory factory;

    private Library(Map<String, String> ofDataSource, Map<String, Object> ofUnit) throws SQLException {
        pool = JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "");
        keeper = pool.getConnection();
        try (SessionFactory direct = factory(pool, Map.of("hibernate.hbm2ddl.auto", "create"))) {
            direct.inTransaction(session -> {
                Author ada = new Author(1, "Ada");
                session.persist(ada);
                session.persist(new Book(1, "Engines", 10, ada));
                session.persist(new Book(2, "Notes", 20, ada));
                session.persist(new Book(3, "Letters", 30, null));
            });
        }
        StalelessBuilder builder = Staleless.wrap(pool)
                .store(MemoryStore.create())
                .profile("*.*", Ops.ops(Ops.EXISTS), Duration.ofMinutes(1));
        source = builder.properties(ofDataSource).build();
        factory = factory(source, ofUnit);
    }

    static Library open() throws SQLException {
        return new Library(Map.of(), Map.of());
    }

    static Library with(Map<String, String> ofDataSource, Map<String, Object> ofUnit) throws SQLException {
        return new Library(ofDataSource, ofUnit);
    }

    static SessionFactory factory(DataSource source, Map<String, Object> settings) {
        Configuration configuration = new Configuration();
        configuration.addAnnotatedClass(Book.class);
        configuration.addAnnotatedClass(Author.class);
        configuration.addAnnotatedClass(Author.Laureate.class);
        configuration.getProperties().put("hibernate.connection.datasource", source);
        configuration.getProperties().putAll(settings);
        return configuration.buildSessionFactory();
    }

    DataSource pool() {
        return pool;
    }

    StalelessDataSource source() {
        return source;
    }

    SessionFactory factory() {
        return factory;
    }

    long hits() {
        return source.statistics().hits();
    }

    long misses() {
        return source.statistics().allMisses();
    }

    long refreshed() {
        return source.statistics().misses().get(MissReason.REFRESHED);
    }

    @Override
    public void close() throws SQLException {
        factory.close();
        source.close();
        keeper.close();
        pool.dispose();
    }
}
