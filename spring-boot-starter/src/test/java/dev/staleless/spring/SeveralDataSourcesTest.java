package dev.staleless.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.jdbc.Mode;
import dev.staleless.jdbc.StalelessDataSource;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.xa.PGXADataSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** Data sources that lead to others, are left alone, or refused. */
class SeveralDataSourcesTest {

    private static final ThreadLocal<String> TENANT = ThreadLocal.withInitial(() -> "one");

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(StalelessAutoConfiguration.class, StalelessCacheAutoConfiguration.class));

    private static HikariDataSource pool(ShopDatabase database) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(database.url());
        pool.setMaximumPoolSize(5);
        return pool;
    }

    /** Says how many items there are. */
    public static class Counting {
        private final JdbcClient jdbc;
        private int computed;

        Counting(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @Cacheable("items")
        public long items() {
            computed++;
            return jdbc.sql("SELECT count(*) FROM item").query(Long.class).single();
        }

        public int computed() {
            return computed;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Tenants {
        @Bean
        ShopDatabase one() throws Exception {
            return new ShopDatabase();
        }

        @Bean
        ShopDatabase two() throws Exception {
            return new ShopDatabase();
        }

        @Bean
        @Primary
        DataSource tenants(ShopDatabase one, ShopDatabase two) {
            AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {
                @Override
                protected Object determineCurrentLookupKey() {
                    return TENANT.get();
                }
            };
            routing.setTargetDataSources(Map.of("one", pool(one), "two", pool(two)));
            return routing;
        }

        @Bean
        Counting counting(DataSource tenants) {
            return new Counting(JdbcClient.create(tenants));
        }
    }

    @Test
    void eachTenantHasACacheOfItsOwn() {
        runner.withUserConfiguration(Tenants.class)
                .withPropertyValues(
                        "staleless.cache-everything=10m", "staleless.datasources.tenants.two.namespace=second")
                .run(context -> {
                    assertThat(context.getBean(StalelessDataSources.class).all())
                            .containsOnlyKeys("tenants.one", "tenants.two");
                    Counting counting = context.getBean(Counting.class);
                    JdbcClient jdbc = JdbcClient.create(context.getBean(DataSource.class));
                    assertThat(counting.items()).isEqualTo(12);
                    TENANT.set("two");
                    try {
                        jdbc.sql("DELETE FROM item WHERE id < 3").update();
                        assertThat(counting.items()).isEqualTo(10);
                        assertThat(counting.items()).isEqualTo(10);
                    } finally {
                        TENANT.remove();
                    }
                    assertThat(counting.items()).isEqualTo(12);
                    assertThat(counting.computed()).isEqualTo(2);
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class Proxied {
        @Bean
        ShopDatabase shop() throws Exception {
            return new ShopDatabase();
        }

        @Bean
        DataSource lazy(ShopDatabase shop) {
            return new LazyConnectionDataSourceProxy(pool(shop));
        }

        @Bean
        HikariDataSource alone(ShopDatabase shop) {
            return pool(shop);
        }
    }

    @Test
    void aProxyStaysBeforeTheWrapperAndWhatIsExcludedIsLeftAlone() {
        runner.withUserConfiguration(Proxied.class)
                .withPropertyValues("staleless.exclude=alone", "staleless.datasources.lazy.mode=report")
                .run(context -> {
                    DataSource lazy = context.getBean("lazy", DataSource.class);
                    assertThat(lazy).isInstanceOf(LazyConnectionDataSourceProxy.class);
                    assertThat(lazy.unwrap(StalelessDataSource.class).mode()).isEqualTo(Mode.REPORT);
                    assertThat(context.getBean("alone")).isInstanceOf(HikariDataSource.class);
                    assertThat(JdbcClient.create(lazy)
                                    .sql("SELECT count(*) FROM item")
                                    .query(Long.class)
                                    .single())
                            .isEqualTo(12);
                });
    }

    @Test
    void aDataSourceOfDistributedTransactionsIsRefused() {
        StalelessDataSources dataSources = new StalelessDataSources(
                StalelessSettings.of(new StandardEnvironment()), () -> new StalelessCustomizers(List.of()));
        Class<?>[] both = {DataSource.class, XADataSource.class};
        Object distributed =
                Proxy.newProxyInstance(getClass().getClassLoader(), both, (proxy, method, arguments) -> null);
        for (Object each : List.of(distributed, new PGXADataSource())) {
            assertThatThrownBy(() -> dataSources.postProcessAfterInitialization(each, "orders"))
                    .isInstanceOfSatisfying(StalelessSettingsException.class, e -> {
                        assertThat(e).hasMessageContaining("orders").hasMessageContaining("XA");
                        assertThat(e.action()).contains("staleless.exclude = orders");
                    });
        }
    }

    @Test
    void aWrongNameStopsTheStart() {
        runner.withPropertyValues("staleless.cash.ttl=1m")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(
                                StalelessSettingsException.class,
                                e -> assertThat(e.action()).contains("staleless.cache.ttl")));
    }
}
