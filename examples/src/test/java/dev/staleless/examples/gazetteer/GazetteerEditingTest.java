package dev.staleless.examples.gazetteer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GazetteerEditingTest {

    private static DataSource database;
    private static ScriptedFeed feed;
    private static GazetteerApplication application;
    private static GazetteerClient client;

    @BeforeAll
    static void start() throws Exception {
        database = GazetteerDatabase.filled();
        feed = new ScriptedFeed();
        application = GazetteerApplication.start(database, 0, feed);
        client = new GazetteerClient(application.port());
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void detail_holds_what_belongs_to_the_territory() throws Exception {
        var india = client.get("territories/" + id("IN")).body();
        assertThat(india.path("regionPath").toString()).isEqualTo("[\"Asia\",\"Southern Asia\"]");
        assertThat(india.at("/languages/0/code").asText()).isEqualTo("hi");
        assertThat(india.path("currencies").findValuesAsText("code")).contains("INR");
        assertThat(india.path("groups").findValuesAsText("code")).containsExactly("UN");
        assertThat(india.path("names").findValuesAsText("name")).contains("भारत", "Indien", "印度");
        assertThat(india.path("subdivisions").findValuesAsText("name")).contains("Kerala");
        assertThat(india.path("timeZones").toString()).contains("Asia/");
        assertThat(india.path("updatedAt").isNull()).isTrue();
    }

    @Test
    void change_is_stored_and_counts_the_version_up() throws Exception {
        var form = form("NL")
                .put("name", "The Netherlands")
                .put("population", 18_000_001L)
                .putNull("gdp");
        form.putArray("groups").add("UN").add("EU");
        var answer = client.call("PUT", "territories/" + id("NL"), form.toString());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("version").asInt())
                .isEqualTo(form.path("version").asInt() + 1);
        assertThat(stored("NL", "name, population, gdp")).isEqualTo("(\"The Netherlands\",18000001,)");
        assertThat(GazetteerDatabase.column(
                        database, "SELECT group_code FROM territory_group_member WHERE territory_id = " + id("NL")))
                .containsExactlyInAnyOrder("UN", "EU");
    }

    @Test
    void change_of_an_older_version_is_a_conflict() throws Exception {
        var mine = form("PT").put("population", 1);
        var theirs = form("PT").put("population", 2);
        assertThat(client.call("PUT", "territories/" + id("PT"), theirs.toString())
                        .status())
                .isEqualTo(200);
        var answer = client.call("PUT", "territories/" + id("PT"), mine.toString());
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body().path("message").asText()).contains("Portugal", "version 0, it is at 1");
        assertThat(stored("PT", "population")).isEqualTo("2");
    }

    @Test
    void of_changes_at_the_same_time_one_is_made() throws Exception {
        var form = form("SE").toString();
        var statuses = together(
                () -> client.call("PUT", "territories/" + id("SE"), form).status());
        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 409);
        assertThat(stored("SE", "version")).isEqualTo("1");
    }

    @Test
    void of_territories_created_with_one_code_at_the_same_time_one_stays() throws Exception {
        var form = "{\"code\": \"QS\", \"name\": \"Same\"}";
        var statuses = together(() -> client.call("POST", "territories", form).status());
        assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
    }

    @Test
    void created_territory_can_be_found_and_deleted() throws Exception {
        var created = client.call("POST", "territories", """
                {"code": "qx", "name": "Utopía", "region": "005", "population": 12, "literacyPercent": 99.5,
                 "groups": ["UN"]}""");
        assertThat(created.status()).isEqualTo(201);
        assertThat(client.get("territories?name=UTOP").texts("items", "code")).containsExactly("QX");
        var path = "territories/" + created.body().path("id").asInt();
        assertThat(client.call("DELETE", path + "?version=7", "").status()).isEqualTo(409);
        assertThat(client.call("DELETE", path + "?version=0", "").status()).isEqualTo(204);
        assertThat(client.get(path).status()).isEqualTo(404);
        assertThat(client.get("territories?name=UTOP").texts("items", "code")).isEmpty();
    }

    @Test
    void territory_is_deleted_with_all_that_belongs_to_it() throws Exception {
        int id = id("MC");
        assertThat(client.call("DELETE", "territories/" + id + "?version=0", "").status())
                .isEqualTo(204);
        for (String table : new String[] {
            "territory_name", "territory_language", "territory_currency", "territory_group_member", "subdivision"
        }) {
            assertThat(GazetteerDatabase.column(database, "SELECT 1 FROM " + table + " WHERE territory_id = " + id))
                    .as(table)
                    .isEmpty();
        }
    }

    @Test
    void name_in_another_language_is_changed_under_its_own_version() throws Exception {
        var path = "territories/" + id("JP") + "/names/de";
        var answer = client.call("PUT", path, "{\"name\": \"Nippon\", \"version\": 0}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("version").asInt()).isZero();
        assertThat(client.call("PUT", path, "{\"name\": \"Nihon\", \"version\": 0}")
                        .status())
                .isEqualTo(409);
        assertThat(client.get("territories?name=nippon&anyLanguage=true").texts("items", "code"))
                .contains("JP");
    }

    @Test
    void territory_gets_a_name_where_it_had_none() throws Exception {
        var created = client.call("POST", "territories", "{\"code\": \"QY\", \"name\": \"Atlantis\"}");
        var path = "territories/" + created.body().path("id").asInt() + "/names/";
        assertThat(client.call("PUT", path + "el", "{\"name\": \"Ατλαντίδα\"}").status())
                .isEqualTo(200);
        assertThat(client.call("PUT", path + "xx", "{\"name\": \"X\"}").status())
                .isEqualTo(404);
        assertThat(client.get("territories?anyLanguage=true&name=%CE%B1%CF%84%CE%BB")
                        .texts("items", "code"))
                .containsExactly("QY");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"code": "Q1", "name": "x"}                            | code            | two or three letters
            {"name": "x"}                                          | code            | a text of 1 to 3
            {"code": "QZ", "name": " "}                            | name            | a text of 1 to 100
            {"code": "QZ", "name": "x", "population": -1}          | population      | a whole number from 0
            {"code": "QZ", "name": "x", "population": "many"}      | population      | a whole number from 0
            {"code": "QZ", "name": "x", "population": 1.5}         | population      | a whole number from 0
            {"code": "QZ", "name": "x", "literacyPercent": 100.01} | literacyPercent | from 0 to 100
            {"code": "QZ", "name": "x", "gdp": 0.001}              | gdp             | at most two decimals
            {"code": "QZ", "name": "x", "region": "zz"}            | region          | the code of a region
            {"code": "QZ", "name": "x", "groups": ["zz"]}          | groups          | codes of groups
            {"code": "QZ", "name": "x", "groups": "UN"}            | groups          | a list of codes
            {"code": "QZ", "name": "x", "colour": "red"}           | colour          | only code, gdp
            [1]                                                    | body            | a JSON object
            {"code":                                               | body            | a JSON object
            """)
    void form_that_is_not_understood_is_refused_by_name(String body, String field, String allowed) throws Exception {
        var answer = client.call("POST", "territories", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("field").asText()).isEqualTo(field);
        assertThat(answer.body().path("allowed").asText()).contains(allowed);
    }

    @Test
    void code_that_another_territory_has_is_a_conflict() throws Exception {
        assertThat(client.call("POST", "territories", "{\"code\": \"DE\", \"name\": \"x\"}")
                        .status())
                .isEqualTo(409);
        assertThat(client.call(
                                "PUT",
                                "territories/" + id("ES"),
                                form("ES").put("code", "DE").toString())
                        .status())
                .isEqualTo(409);
    }

    @Test
    void update_without_the_version_that_was_read_is_refused() throws Exception {
        var answer = client.call("PUT", "territories/" + id("ES"), "{\"code\": \"ES\", \"name\": \"Spain\"}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("field").asText()).isEqualTo("version");
    }

    @Test
    void choices_are_sorted_by_name() throws Exception {
        var choices = client.get("choices");
        for (String list : new String[] {"regions", "groups", "currencies", "languages", "locales"}) {
            assertThat(choices.texts(list, "name"))
                    .as(list)
                    .isNotEmpty()
                    .isSortedAccordingTo(Comparator.naturalOrder());
        }
    }

    @Test
    void activity_and_the_switch_are_those_of_the_feed() throws Exception {
        feed.query("select 1", ActivityFeed.Outcome.HIT, "nothing written since", "7");
        var activity = client.get("activity?after=0").body();
        assertThat(activity.at("/node/name").asText()).isEqualTo("node A");
        assertThat(activity.at("/activities/0/type").asText()).isEqualTo("query");
        assertThat(activity.at("/activities/0/outcome").asText()).isEqualTo("HIT");
        assertThat(client.get("activity?after=" + activity.path("last").asLong())
                        .body()
                        .path("activities"))
                .isEmpty();
        assertThat(client.call("PUT", "cache", "{\"on\": false}").status()).isEqualTo(204);
        assertThat(feed.cacheInUse()).isFalse();
        assertThat(client.call("PUT", "cache", "{\"on\": 1}").status()).isEqualTo(400);
        assertThat(client.call("PUT", "cache", "{\"on\": true}").status()).isEqualTo(204);
        assertThat(feed.cacheInUse()).isTrue();
    }

    /** What four calls made at the same time return. */
    private static List<Integer> together(Callable<Integer> call) throws Exception {
        var threads = Executors.newFixedThreadPool(4);
        try {
            var returned = new ArrayList<Integer>();
            for (var status : threads.invokeAll(Collections.nCopies(4, call))) {
                returned.add(status.get());
            }
            return returned;
        } finally {
            threads.shutdown();
        }
    }

    private static int id(String code) throws Exception {
        return Integer.parseInt(stored(code, "id"));
    }

    private static String stored(String code, String columns) throws Exception {
        var value = columns.contains(",") ? "(" + columns + ")" : columns;
        return GazetteerDatabase.column(database, "SELECT " + value + " FROM territory WHERE code = '" + code + "'")
                .get(0);
    }

    /** The territory as a form that changes nothing. */
    private static ObjectNode form(String code) throws Exception {
        JsonNode detail = client.get("territories/" + id(code)).body();
        ObjectNode form = detail.deepCopy();
        form.retain("code", "name", "region", "population", "gdp", "literacyPercent", "version");
        return form;
    }
}
