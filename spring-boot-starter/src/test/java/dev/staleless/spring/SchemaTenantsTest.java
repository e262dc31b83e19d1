package dev.staleless.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.jdbc.StalelessDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A schema for each tenant behind one pool, asked by many threads at once: virtual ones where the JDK has them. */
class SchemaTenantsTest {

    private static final long SEED = Long.getLong("tests.seed", 20_261_125L);
    private static final List<String> TENANTS = List.of("one", "two", "three");
    private static final ThreadLocal<String> TENANT = ThreadLocal.withInitial(() -> "one");

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(StalelessAutoConfiguration.class, StalelessCacheAutoConfiguration.class))
            .withPropertyValues("staleless.cache-everything=10m", "staleless.admission=always");

    /** Hands out connections in the schema of the tenant. */
    private static final class ByTenant extends DelegatingDataSource {
        ByTenant(DataSource target) {
            super(target);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            connection.setSchema(TENANT.get());
            return connection;
        }
    }

    /** Asks how much a tenant has. */
    public static class Stock {
        private final JdbcClient jdbc;

        Stock(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @Cacheable(cacheNames = "total", key = "#tenant")
        public long total(String tenant) {
            return sum();
        }

        public long sum() {
            return jdbc.sql("SELECT coalesce(sum(amount), 0) FROM stock")
                    .query(Long.class)
                    .single();
        }

        public void add(int id) {
            jdbc.sql("UPDATE stock SET amount = amount + 1 WHERE id = ?")
                    .param(id)
                    .update();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching(proxyTargetClass = true)
    static class Tenants {
        @Bean
        ShopDatabase shop() throws Exception {
            ShopDatabase database = new ShopDatabase();
            try (Connection connection = DriverManager.getConnection(database.url());
                    Statement statement = connection.createStatement()) {
                for (String tenant : TENANTS) {
                    statement.execute("CREATE SCHEMA " + tenant + "; CREATE TABLE " + tenant
                            + ".stock (id int PRIMARY KEY, amount int NOT NULL); INSERT INTO " + tenant
                            + ".stock SELECT i, 0 FROM generate_series(1, 5) i");
                }
            }
            return database;
        }

        @Bean
        DataSource dataSource(ShopDatabase shop) {
            HikariDataSource pool = new HikariDataSource();
            pool.setJdbcUrl(shop.url());
            pool.setMaximumPoolSize(4);
            pool.setMinimumIdle(0);
            return new ByTenant(pool);
        }

        @Bean
        Stock stock(DataSource dataSource) {
            return new Stock(JdbcClient.create(dataSource));
        }
    }

    private static <T> T as(String tenant, Callable<T> work) throws Exception {
        TENANT.set(tenant);
        try {
            return work.call();
        } finally {
            TENANT.remove();
        }
    }

    @Test
    void tenantsSeeTheirOwnRowsAndNoOthers() {
        runner.withUserConfiguration(Tenants.class).run(context -> {
            Stock stock = context.getBean(Stock.class);
            for (int round = 1; round <= 3; round++) {
                for (String tenant : TENANTS) {
                    long expected = tenant.equals("two") ? round : 0;
                    if (tenant.equals("two")) {
                        as(tenant, () -> {
                            stock.add(1);
                            return null;
                        });
                    }
                    for (int i = 0; i < 3; i++) {
                        assertThat(as(tenant, stock::sum)).as(tenant).isEqualTo(expected);
                        assertThat(as(tenant, () -> stock.total(tenant)))
                                .as(tenant)
                                .isEqualTo(expected);
                    }
                }
            }
            StalelessDataSource wrapped = context.getBean(DataSource.class).unwrap(StalelessDataSource.class);
            assertThat(wrapped.statistics().hits())
                    .as("%s, %s", wrapped.queries(), wrapped.statistics())
                    .isPositive();
        });
    }

    /** Virtual threads from JDK 21 on. */
    private static ExecutorService threads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException older) {
            return Executors.newCachedThreadPool();
        }
    }

    /** No sum that somebody sees is ever less than one that he has seen, or has made, before. */
    @Test
    void manyThreadsAtOnceNeverSeeLessThanBefore() {
        runner.withUserConfiguration(Tenants.class).run(context -> {
            Stock stock = context.getBean(Stock.class);
            ExecutorService threads = threads();
            List<Future<Integer>> done = new ArrayList<>();
            try {
                for (int i = 0; i < 24; i++) {
                    Random random = new Random(SEED + i);
                    String tenant = TENANTS.get(i % 3);
                    done.add(threads.submit(() -> as(tenant, () -> play(stock, random))));
                }
                int[] added = new int[3];
                for (int i = 0; i < done.size(); i++) {
                    added[i % 3] += done.get(i).get();
                }
                for (int i = 0; i < 3; i++) {
                    assertThat(as(TENANTS.get(i), stock::sum)).isEqualTo(added[i]);
                }
            } finally {
                threads.shutdown();
            }
        });
    }

    private static int play(Stock stock, Random random) {
        long least = 0;
        int added = 0;
        for (int step = 0; step < 25; step++) {
            if (random.nextInt(5) == 0) {
                stock.add(1 + random.nextInt(5));
                added++;
                least++;
            }
            long seen = random.nextBoolean() ? stock.sum() : stock.total(TENANT.get());
            assertThat(seen).as("seed %d", SEED).isGreaterThanOrEqualTo(least);
            least = seen;
        }
        return added;
    }
}
