package dev.staleless.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.spring.shop.Item;
import dev.staleless.spring.shop.Items;
import dev.staleless.spring.shop.Prices;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Methods of a repository whose queries ask to be cached, by annotation or by hint; no profile caches anything but EXISTS. */
class CacheResultsTest {

    private static ShopDatabase database;
    private static ConfigurableApplicationContext application;
    private static Prices prices;
    private static StalelessDataSource source;

    @BeforeAll
    static void start() throws Exception {
        database = new ShopDatabase();
        application = database.start("staleless.profiles[public.item]=exists ttl=10m");
        prices = application.getBean(Prices.class);
        source = application.getBean(StalelessDataSource.class);
    }

    @AfterAll
    static void stop() throws Exception {
        application.close();
        database.close();
    }

    private static long hitsOf(IntFunction<List<Integer>> query) {
        long before = source.statistics().hits();
        List<Integer> first = query.apply(77);
        assertThat(query.apply(77)).isEqualTo(first);
        return source.statistics().hits() - before;
    }

    @Test
    void whatAsksForItIsCached() {
        assertThat(hitsOf(prices::annotated)).isEqualTo(1);
        assertThat(hitsOf(prices::hinted)).isEqualTo(1);
        assertThat(hitsOf(prices::neither)).isZero();
    }

    @Test
    void andDroppedWhenItChanges() {
        int before = prices.annotated(78).size();
        application.getBean(Items.class).save(new Item(7801, "new", 5, 78));
        assertThat(prices.annotated(78)).hasSize(before + 1);
    }
}
