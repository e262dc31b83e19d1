package dev.staleless.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.staleless.jdbc.Mode;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.jdbc.computed.ComputedKey;
import dev.staleless.jdbc.computed.ComputedSettings;
import dev.staleless.spring.shop.Catalogue;
import dev.staleless.spring.shop.Catalogue.View;
import dev.staleless.spring.shop.Item;
import dev.staleless.spring.shop.Items;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.request.ServletWebRequest;

/** An application with a pool, JPA and JDBC, whose cacheable methods nothing evicts. */
class ShopApplicationTest {

    private static ShopDatabase database;
    private static ConfigurableApplicationContext application;
    private static Catalogue catalogue;
    private static Items items;
    private static JdbcClient jdbc;
    private static TransactionTemplate transactions;
    private int before;

    @BeforeAll
    static void start() throws Exception {
        database = new ShopDatabase();
        application = database.start(
                "staleless.profiles[public.item]=all ttl=10m", "staleless.maxTtl=1h", "staleless.cache.ttl=10m");
        catalogue = application.getBean(Catalogue.class);
        items = application.getBean(Items.class);
        jdbc = application.getBean(JdbcClient.class);
        transactions = application.getBean(TransactionTemplate.class);
    }

    @AfterAll
    static void stop() throws Exception {
        application.close();
        database.close();
    }

    @BeforeEach
    void fill() {
        jdbc.sql("DELETE FROM item").update();
        jdbc.sql("INSERT INTO item SELECT i, 'item ' || i, i * 10, i % 3 FROM generate_series(1, 12) i")
                .update();
        before = catalogue.computed();
    }

    private void assertComputed(int times) {
        assertThat(catalogue.computed() - before)
                .as("%s", dataSource().computed().statistics())
                .isEqualTo(times);
    }

    private static StalelessDataSource dataSource() {
        return (StalelessDataSource) application.getBean(DataSource.class);
    }

    @Test
    void theDataSourceIsWrapped() {
        assertThat(application.getBean(DataSource.class)).isInstanceOf(StalelessDataSource.class);
        assertThat(application.getBean(StalelessDataSources.class).all()).containsOnlyKeys("dataSource");
    }

    @Test
    void aCacheableMethodIsRunAgainWhenWhatItReadWasChanged() {
        assertThat(catalogue.view(4)).isEqualTo(new View(4, "item 4", 40));
        assertThat(catalogue.view(4)).isEqualTo(new View(4, "item 4", 40));
        assertComputed(1);
        catalogue.price(5, 1);
        catalogue.view(4);
        assertComputed(1);
        catalogue.price(4, 7);
        assertThat(catalogue.view(4)).isEqualTo(new View(4, "item 4", 7));
        assertComputed(2);
        items.deleteById(4);
        assertThat(catalogue.view(4)).isNull();
        assertThat(catalogue.view(4)).isNull();
        assertComputed(3);
        items.save(new Item(4, "again", 1, 1));
        assertThat(catalogue.view(4)).isEqualTo(new View(4, "again", 1));
    }

    @Test
    void listsOptionalsAndKeysInWordsWork() {
        for (int i = 0; i < 2; i++) {
            assertThat(catalogue.owned(1)).extracting(View::id).containsExactly(1, 4, 7, 10);
            assertThat(catalogue.optional(1)).contains(new View(1, "item 1", 10));
            assertThat(catalogue.optional(99)).isEmpty();
            assertThat(catalogue.total(1)).isEqualTo(220);
            assertThat(catalogue.cheap(1, 50)).containsExactly("item 1", "item 4");
        }
        assertComputed(5);
        jdbc.sql("UPDATE item SET price = 100 WHERE id = 4").update();
        assertThat(catalogue.owned(1)).contains(new View(4, "item 4", 100));
        assertThat(catalogue.total(1)).isEqualTo(280);
        assertThat(catalogue.cheap(1, 50)).containsExactly("item 1");
        assertComputed(8);
    }

    @Test
    void conditionsAreObeyed() {
        catalogue.cheap(0, 50);
        catalogue.cheap(0, 50);
        assertComputed(2);
        catalogue.cheap(1, 0);
        catalogue.cheap(1, 0);
        assertComputed(4);
    }

    @Test
    void evictionByHandStillWorks() {
        catalogue.view(4);
        catalogue.view(5);
        catalogue.evict(4);
        catalogue.view(4);
        catalogue.view(5);
        assertComputed(3);
        catalogue.evictAll();
        catalogue.view(4);
        catalogue.view(5);
        assertComputed(5);
    }

    @Test
    void whatIsPutByHandIsComputedByTheNextCall() {
        catalogue.view(4);
        catalogue.rename(4, "renamed");
        assertThat(catalogue.view(4)).isEqualTo(new View(4, "renamed", 40));
    }

    @Test
    void whatAMethodPutsThatOnlyReadsIsKeptUntilItChanges() {
        assertThat(catalogue.view(4)).isEqualTo(new View(4, "item 4", 40));
        assertThat(catalogue.refresh(4)).isEqualTo(new View(4, "item 4", 40));
        assertThat(catalogue.refresh(4)).isEqualTo(new View(4, "item 4", 40));
        assertComputed(3);
        assertThat(catalogue.view(4)).isEqualTo(new View(4, "item 4", 40));
        assertComputed(3);
        catalogue.price(4, 7);
        assertThat(catalogue.view(4)).isEqualTo(new View(4, "item 4", 7));
        assertComputed(4);
        for (int i = 0; i < 3; i++) {
            catalogue.rename(4, "renamed " + i);
            assertThat(catalogue.view(4)).isEqualTo(new View(4, "renamed " + i, 7));
        }
    }

    @Test
    void whatATransactionHasChangedItSeesAndNobodyElse() {
        catalogue.view(4);
        transactions.executeWithoutResult(status -> {
            jdbc.sql("UPDATE item SET name = 'mine' WHERE id = 4").update();
            assertThat(catalogue.view(4)).isEqualTo(new View(4, "mine", 40));
            status.setRollbackOnly();
        });
        assertThat(catalogue.view(4)).isEqualTo(new View(4, "item 4", 40));
        assertComputed(2);
    }

    @Test
    void whatIsChangedInAPersistenceContextAndNotFlushedIsSeen() {
        catalogue.view(4);
        transactions.executeWithoutResult(status -> {
            items.findById(4).orElseThrow().setPrice(1);
            assertThat(catalogue.view(4)).isEqualTo(new View(4, "item 4", 1));
            status.setRollbackOnly();
        });
        assertThat(catalogue.view(4)).isEqualTo(new View(4, "item 4", 40));
    }

    @Test
    void whatAPersistenceContextHeldBeforeIsNotKept() {
        transactions.executeWithoutResult(status -> {
            items.findById(4).orElseThrow();
            catalogue.view(4);
        });
        catalogue.view(4);
        assertComputed(2);
    }

    @Test
    void whatChangesByItselfOrLaterIsNotKept() throws Exception {
        catalogue.clock();
        catalogue.clock();
        assertComputed(2);
        assertThat(catalogue.future(3).get()).isEqualTo(3);
        assertThat(catalogue.future(3).get()).isEqualTo(3);
        assertComputed(4);
    }

    @Test
    @SuppressWarnings("unchecked")
    void theEndpointShowsAndSwitches() {
        StalelessEndpoint endpoint = application.getBean(StalelessEndpoint.class);
        assertThat((Map<String, Object>) endpoint.all().get("dataSource")).containsEntry("mode", "serve");
        assertThat(endpoint.one("nothing", null)).isNull();
        catalogue.view(4);
        endpoint.change("dataSource", "report", null);
        assertThat(dataSource().mode()).isEqualTo(Mode.REPORT);
        catalogue.view(4);
        assertComputed(2);
        endpoint.change("dataSource", "serve", null);
        catalogue.view(4);
        assertComputed(2);
        assertThatThrownBy(() -> endpoint.change("dataSource", "sevre", null))
                .isInstanceOf(InvalidEndpointRequestException.class)
                .hasMessageContaining("serve");
    }

    @Test
    void healthAndMetersAreThere() {
        assertThat(application
                        .getBean("stalelessHealthIndicator", HealthIndicator.class)
                        .health()
                        .getStatus())
                .isEqualTo(Status.UP);
        catalogue.view(4);
        MeterRegistry registry = application.getBean(MeterRegistry.class);
        assertThat(registry.get("staleless.misses").functionCounters()).isNotEmpty();
        assertThat(registry.get("staleless.store.up").gauge().value()).isEqualTo(1);
        assertThat(List.of(registry.get("staleless.hits").functionCounter().count()))
                .isNotEmpty();
    }

    @Test
    void aPageIsAnsweredByItsTagUntilItChanges() {
        ComputedPages pages = application.getBean(ComputedPages.class);
        ResponseEntity<byte[]> first = page(pages, null);
        assertThat(first.getStatusCode()).isEqualTo(HttpStatus.OK);
        String tag = first.getHeaders().getETag();
        assertThat(tag).isNotNull();
        assertThat(page(pages, null).getHeaders().getETag()).isEqualTo(tag);
        assertThat(page(pages, tag).getStatusCode()).isEqualTo(HttpStatus.NOT_MODIFIED);
        assertComputed(1);

        jdbc.sql("UPDATE item SET name = 'other' WHERE id = 4").update();
        ResponseEntity<byte[]> changed = page(pages, tag);
        assertThat(changed.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(new String(changed.getBody(), StandardCharsets.UTF_8)).contains("other");
        assertThat(changed.getHeaders().getETag()).isNotEqualTo(tag);
    }

    private static ResponseEntity<byte[]> page(ComputedPages pages, String ifNoneMatch) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/items");
        if (ifNoneMatch != null) {
            request.addHeader("If-None-Match", ifNoneMatch);
        }
        return pages.page(
                new ServletWebRequest(request, new MockHttpServletResponse()),
                ComputedKey.of("items", 1),
                ComputedSettings.of(Duration.ofHours(1)),
                MediaType.TEXT_HTML,
                () -> catalogue.owned(1).toString());
    }

    @Test
    void whatTheCacheDoesIsSeenInATrace() {
        List<String> spans = new ArrayList<>();
        ObservationRegistry registry = application.getBean(ObservationRegistry.class);
        registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
            @Override
            public void onStop(Observation.Context context) {
                spans.add(context.getName() + " " + context.getLowCardinalityKeyValue("outcome"));
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return "staleless.query".equals(context.getName());
            }
        });
        Observation.createNotStarted("request", registry).observe(() -> {
            items.findById(4);
            items.findById(4);
        });
        assertThat(spans).hasSize(2);
        assertThat(spans.get(1)).contains("hit");
    }
}
