package dev.staleless.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.spring.shop.ItemPages;
import dev.staleless.spring.shop.Items;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an application says and obeys over HTTP. */
class ActuatorTest {

    private static ShopDatabase database;
    private static ConfigurableApplicationContext application;
    private static String root;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        database = new ShopDatabase();
        application = database.serve(
                "staleless.profiles[public.item]=get,fetch ttl=10m",
                "staleless.admission=always",
                "management.observations.annotations.enabled=true");
        root = "http://localhost:"
                + ((WebServerApplicationContext) application).getWebServer().getPort();
    }

    @AfterAll
    static void stop() throws Exception {
        application.close();
        database.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(root + path)).timeout(Duration.ofSeconds(60));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(root + "/actuator/staleless/dataSource"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode state() throws IOException, InterruptedException {
        HttpResponse<String> answer = get("/actuator/staleless");
        assertThat(answer.statusCode()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body()).get("dataSource");
    }

    private static void past(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void ask(int times) {
        for (int i = 0; i < times; i++) {
            application.getBean(Items.class).findByOwnerOrderById(1);
        }
    }

    @Test
    void showsWhatIsCountedAndWhy() throws Exception {
        ask(4);
        JsonNode state = state();
        assertThat(state.get("mode").asString()).isEqualTo("serve");
        assertThat(state.get("store").get("state").asString()).isEqualTo("available");
        assertThat(state.get("profiles").get("public.item").asString()).startsWith("get,fetch ttl=600s");
        assertThat(state.get("results").get("hits").asLong()).isPositive();
        assertThat(state.get("results").get("misses").get("absent").asLong()).isPositive();
        assertThat(state.get("results").get("dropped").has("update")).isTrue();
        JsonNode top = state.get("top").get("hits").get(0);
        assertThat(top.get("sql").asString()).contains("item");
        assertThat(top.get("hits").asLong()).isPositive();
        assertThat(top.has("savedMillis")).isTrue();
        assertThat(get("/actuator/staleless/dataSource?top=1").body()).contains("\"mode\":\"serve\"");
        assertThat(get("/actuator/staleless/other").statusCode()).isEqualTo(404);

        application.getBean(Items.class).count();
        assertThat(state().get("passedThrough")
                        .get("the policy does not cache it")
                        .asLong())
                .isPositive();
    }

    @Test
    void aModeAndAShareAreSetWhileItRuns() throws Exception {
        ask(2);
        assertThat(post("{\"mode\": \"report\"}").statusCode()).isEqualTo(200);
        try {
            ask(3);
            JsonNode reporting = state();
            assertThat(reporting.get("mode").asString()).isEqualTo("report");
            assertThat(reporting.get("top").toString()).contains("wouldBeCached");
        } finally {
            assertThat(post("{\"mode\": \"serve\"}").statusCode()).isEqualTo(200);
        }
        HttpResponse<String> wrong = post("{\"mode\": \"sevre\"}");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(post("{\"verify\": 2}").statusCode()).isEqualTo(400);
        assertThat(post("{}").statusCode()).isEqualTo(400);
        assertThat(state().get("mode").asString()).isEqualTo("serve");
    }

    @Test
    void aStaleResultIsFoundWhileItRuns() throws Exception {
        ask(3);
        past("UPDATE item SET name = 'unseen' WHERE id = 7");
        assertThat(post("{\"verify\": 1}").statusCode()).isEqualTo(200);
        try {
            ask(1);
            assertThat(state().get("compared").get("stale").asLong()).isEqualTo(1);
        } finally {
            post("{\"verify\": 0}");
        }
        assertThat(application.getBean(Items.class).findByOwnerOrderById(1))
                .anyMatch(item -> item.getName().equals("unseen"));
        MeterRegistry registry = application.getBean(MeterRegistry.class);
        assertThat(registry.get("staleless.compared")
                        .tag("outcome", "stale")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("staleless.answers").tag("by", "cache").timer().count())
                .isPositive();
        assertThat(registry.get("staleless.answers")
                        .tag("by", "database")
                        .timer()
                        .count())
                .isPositive();
        for (String name : new String[] {"staleless.needless", "staleless.delayed", "staleless.dropped"}) {
            assertThat(registry.get(name).functionCounters()).isNotEmpty();
        }
    }

    @Test
    void aPageIsNotSentAgainToWhomHasIt() throws Exception {
        HttpResponse<String> first = get("/items/2");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(first.body()).contains("item 2");
        assertThat(get("/items/2", "If-None-Match", tag).statusCode()).isEqualTo(304);
        application.getBean(Items.class).deleteById(2);
        HttpResponse<String> changed = get("/items/2", "If-None-Match", tag);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).doesNotContain("item 2,");
    }

    @Test
    void aControllerIsNotRunWhileItsAnswerIsKept() throws Exception {
        ItemPages controller = application.getBean(ItemPages.class);
        int before = controller.run();
        HttpResponse<String> first = get("/names/0");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = get("/names/0");
        assertThat(again.body()).isEqualTo(first.body()).contains("item 3");
        assertThat(again.headers().firstValue("Content-Type"))
                .isEqualTo(first.headers().firstValue("Content-Type"));
        assertThat(get("/names/0", "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(controller.run() - before).isEqualTo(1);
        get("/names/0", "Accept-Language", "de");
        get("/names/0?page=2");
        assertThat(controller.run() - before).isEqualTo(3);

        application.getBean(Items.class).deleteById(3);
        HttpResponse<String> changed = get("/names/0", "If-None-Match", tag);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).doesNotContain("item 3,");
        assertThat(get("/names/none").statusCode()).isEqualTo(400);
    }
}
