package dev.staleless.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.store.memory.MemoryStore;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessDataSource;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.TenantId;
import org.hibernate.cfg.Configuration;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Hibernate's multi-tenancy: a schema for each tenant, and a column that tells them apart. The same queries are asked for all tenants, by
 * the same SQL; each has to see the rows of its own.
 */
class TenantsTest {

    private static final long SEED = Long.getLong("tests.seed", 20_261_125L);
    private static final int STEPS = Integer.getInteger("tests.steps", 300);
    private static final List<String> TENANTS = List.of("ONE", "TWO", "THREE");
    private static final int ROWS = 4;

    /** What somebody has, in the schema of the tenant. */
    @Entity(name = "Stock")
    @Table(name = "stock")
    static class Stock {
        @Id
        int id;

        int amount;
    }

    /** What somebody has, in one table for all tenants. */
    @Entity(name = "Stock")
    @Table(name = "all_stock")
    static class SharedStock {
        @Id
        int id;

        @TenantId
        String tenant;

        int number;
        int amount;
    }

    /** Hands out connections in the schema of the tenant. */
    private record BySchema(DataSource source) implements MultiTenantConnectionProvider<String> {

        @Override
        public Connection getAnyConnection() throws SQLException {
            return source.getConnection();
        }

        @Override
        public void releaseAnyConnection(Connection connection) throws SQLException {
            connection.close();
        }

        @Override
        public Connection getConnection(String tenant) throws SQLException {
            Connection connection = source.getConnection();
            connection.setSchema(tenant);
            return connection;
        }

        @Override
        public void releaseConnection(String tenant, Connection connection) throws SQLException {
            connection.setSchema("PUBLIC");
            connection.close();
        }

        @Override
        public boolean supportsAggressiveRelease() {
            return false;
        }

        @Override
        public boolean isUnwrappableAs(Class<?> type) {
            return type.isAssignableFrom(DataSource.class);
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            return type.cast(source);
        }
    }

    private JdbcConnectionPool pool;
    private Connection keeper;
    private StalelessDataSource source;

    @BeforeEach
    void open() throws SQLException {
        pool = JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "");
        keeper = pool.getConnection();
        try (Statement statement = keeper.createStatement()) {
            statement.execute("CREATE TABLE all_stock (id int PRIMARY KEY, tenant varchar(9), number int, amount int)");
            for (String tenant : TENANTS) {
                int first = TENANTS.indexOf(tenant) * 10;
                statement.execute("CREATE SCHEMA " + tenant);
                statement.execute("CREATE TABLE " + tenant + ".stock (id int PRIMARY KEY, amount int)");
                for (int i = 0; i < ROWS; i++) {
                    statement.execute("INSERT INTO " + tenant + ".stock VALUES (" + i + ", 0)");
                    statement.execute(
                            "INSERT INTO all_stock VALUES (" + (first + i) + ", '" + tenant + "', " + i + ", 0)");
                }
            }
        }
        source = Staleless.wrap(pool)
                .store(MemoryStore.create())
                .cacheEverything(Duration.ofMinutes(10))
                .build();
    }

    @AfterEach
    void close() throws SQLException {
        source.close();
        keeper.close();
        pool.dispose();
    }

    @Test
    void aSchemaForEachTenant() {
        try (SessionFactory factory =
                factory(Stock.class, "hibernate.multi_tenant_connection_provider", new BySchema(source))) {
            play(factory, "id");
        }
    }

    @Test
    void aColumnTellsTenantsApart() {
        try (SessionFactory factory = factory(SharedStock.class, "hibernate.connection.datasource", source)) {
            play(factory, "number");
        }
    }

    private static SessionFactory factory(Class<?> entity, String name, Object value) {
        Configuration configuration = new Configuration().addAnnotatedClass(entity);
        configuration.setProperty("hibernate.dialect", "org.hibernate.dialect.H2Dialect");
        configuration.getProperties().put(name, value);
        return configuration.buildSessionFactory();
    }

    private void play(SessionFactory factory, String key) {
        Random random = new Random(SEED);
        Map<String, int[]> expected = new HashMap<>();
        TENANTS.forEach(tenant -> expected.put(tenant, new int[ROWS]));
        for (int step = 0; step < STEPS; step++) {
            String tenant = TENANTS.get(random.nextInt(TENANTS.size()));
            int[] amounts = expected.get(tenant);
            boolean writes = random.nextInt(5) == 0;
            int row = random.nextInt(ROWS);
            String at = "seed %d, step %d, tenant %s".formatted(SEED, step, tenant);
            try (Session session =
                    factory.withOptions().tenantIdentifier((Object) tenant).openSession()) {
                session.beginTransaction();
                if (writes) {
                    amounts[row]++;
                    add(session, key, row);
                }
                long sum = session.createSelectionQuery("select sum(s.amount) from Stock s", Long.class)
                        .getSingleResult();
                int one = session.createSelectionQuery(
                                "select s.amount from Stock s where s." + key + " = :row", Integer.class)
                        .setParameter("row", row)
                        .getSingleResult();
                session.getTransaction().commit();
                assertThat(sum).as(at).isEqualTo(Arrays.stream(amounts).sum());
                assertThat(one).as(at).isEqualTo(amounts[row]);
            }
        }
        assertThat(source.statistics().hits()).as("%s", source.statistics()).isGreaterThan(2L * STEPS * 3 / 10);
        assertThat(HibernateCacheStatistics.of(factory).byEntity()).hasSize(1);
    }

    private static void add(Session session, String key, int row) {
        session.createMutationQuery("update Stock s set s.amount = s.amount + 1 where s." + key + " = :row")
                .setParameter("row", row)
                .executeUpdate();
    }
}
