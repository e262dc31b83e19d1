package dev.staleless.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.spring.test.ExpectHits;
import dev.staleless.spring.test.WithoutStaleless;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** Tests as an application has them. */
class HitsTest {

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(StalelessAutoConfiguration.class)
    static class OneDatabase {
        @Bean
        ShopDatabase shop() throws Exception {
            return new ShopDatabase();
        }

        @Bean
        DataSource dataSource(ShopDatabase shop) {
            HikariDataSource pool = new HikariDataSource();
            pool.setJdbcUrl(shop.url());
            return pool;
        }
    }

    private static void askTwice(DataSource dataSource) {
        for (int i = 0; i < 2; i++) {
            assertThat(JdbcClient.create(dataSource)
                            .sql("SELECT count(*) FROM item")
                            .query(Long.class)
                            .single())
                    .isEqualTo(12);
        }
    }

    @Nested
    @SpringJUnitConfig(OneDatabase.class)
    @TestPropertySource(properties = "staleless.cache-everything=10m")
    class With {
        @Test
        @ExpectHits(atLeast = 1, atMost = 1)
        void theSecondIsServed(@Autowired DataSource dataSource) {
            askTwice(dataSource);
        }
    }

    @Nested
    @SpringJUnitConfig(OneDatabase.class)
    @WithoutStaleless
    class Without {
        @Test
        void nothingIsWrapped(@Autowired DataSource dataSource) {
            assertThat(dataSource).isInstanceOf(HikariDataSource.class);
            askTwice(dataSource);
        }
    }

    /** Not found by a run of all tests: run by one of them, in an application of its own. */
    @SpringJUnitConfig(OneDatabase.class)
    @TestPropertySource(properties = "staleless.cache-everything=20m")
    static class Mistaken {
        @Test
        @ExpectHits(atLeast = 3)
        void tooFew(@Autowired DataSource dataSource) {
            askTwice(dataSource);
        }

        @Test
        @ExpectHits(atMost = 0)
        void tooMany(@Autowired DataSource dataSource) {
            askTwice(dataSource);
            askTwice(dataSource);
        }
    }

    @Test
    void aTestWithOtherHitsFails() {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(Mistaken.class))
                                .build(),
                        summary);
        assertThat(summary.getSummary().getFailures())
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure.getException())
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining("hits = ")
                        .hasMessageContaining("were expected"));
        assertThat(summary.getSummary().getTestsSucceededCount()).isZero();
    }
}
