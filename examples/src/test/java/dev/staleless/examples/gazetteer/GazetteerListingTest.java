package dev.staleless.examples.gazetteer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The listing against SQL that says the same in other words. */
class GazetteerListingTest {

    private static DataSource database;
    private static GazetteerApplication application;
    private static GazetteerClient client;

    @BeforeAll
    static void start() throws Exception {
        database = GazetteerDatabase.filled();
        application = GazetteerApplication.start(database, 0, new ScriptedFeed());
        client = new GazetteerClient(application.port());
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            page=1                                | true
            name=LAND                             | lower(name) LIKE '%land%'
            name=%25                              | false
            name=_                                | false
            name=%C3%85land                       | code = 'AX'
            name=%C3%A5LAND                       | code = 'AX'
            name=%E6%97%A5%E6%9C%AC&anyLanguage=true | code = 'JP'
            name=deutschland&anyLanguage=true     | id IN (SELECT territory_id FROM territory_name WHERE name ILIKE '%deutschland%')
            region=155                            | region_code = '155'
            region=150                            | region_code IN ('154', '155', '151', '039')
            region=XXX                            | false
            group=EU                              | id IN (SELECT territory_id FROM territory_group_member WHERE group_code = 'EU')
            populationMin=100000000               | population >= 100000000
            populationMax=1000                    | population <= 1000
            populationMin=500&populationMax=1000  | population BETWEEN 500 AND 1000
            currency=EUR                          | id IN (SELECT territory_id FROM territory_currency WHERE currency_code = 'EUR')
            currency=DEM&noEndDate=true           | id IN (SELECT territory_id FROM territory_currency WHERE currency_code = 'DEM' AND valid_to IS NULL)
            introducedFrom=2010-01-01             | id IN (SELECT territory_id FROM territory_currency WHERE valid_from >= '2010-01-01')
            introducedTo=1850-12-31&noEndDate=true | id IN (SELECT territory_id FROM territory_currency WHERE valid_from <= '1850-12-31' AND valid_to IS NULL)
            language=es                           | id IN (SELECT territory_id FROM territory_language WHERE language_code = 'es')
            language=es&languagePercent=50.5      | id IN (SELECT territory_id FROM territory_language WHERE language_code = 'es' AND population_percent >= 50.5)
            languagePercent=99.5                  | id IN (SELECT territory_id FROM territory_language WHERE population_percent >= 99.5)
            region=155&currency=EUR&noEndDate=true&language=de&languagePercent=10 | code IN ('AT', 'BE', 'DE', 'FR', 'LU', 'NL') AND id IN (SELECT territory_id FROM territory_language WHERE language_code = 'de' AND population_percent >= 10)
            """)
    void filter_lets_through_what_the_condition_does(String parameters, String condition) throws Exception {
        var expected = GazetteerDatabase.column(
                database, "SELECT code FROM territory WHERE " + condition + " ORDER BY name, id");
        var answer = client.get("territories?size=200&" + parameters);
        assertThat(answer.body().path("total").asInt()).isEqualTo(expected.size());
        assertThat(answer.texts("items", "code")).isEqualTo(expected.subList(0, Math.min(200, expected.size())));
    }

    @ParameterizedTest
    @CsvSource({
        "name, name",
        "-name, name DESC",
        "code, code",
        "region, (SELECT r.name FROM region r WHERE r.code = region_code) NULLS LAST",
        "population, population NULLS LAST",
        "-population, population DESC NULLS LAST",
        "-gdp, gdp DESC NULLS LAST",
        "literacy, literacy_percent NULLS LAST",
        "-literacy, literacy_percent DESC NULLS LAST"
    })
    void sorts_by(String sort, String order) throws Exception {
        var expected =
                GazetteerDatabase.column(database, "SELECT code FROM territory ORDER BY " + order + ", id LIMIT 200");
        assertThat(client.get("territories?size=200&sort=" + sort).texts("items", "code"))
                .isEqualTo(expected);
    }

    @Test
    void pages_together_are_the_whole_listing() throws Exception {
        var first = client.get("territories?size=100&page=1");
        var second = client.get("territories?size=100&page=2");
        var third = client.get("territories?size=100&page=3");
        assertThat(first.body().path("pages").asInt()).isEqualTo(3);
        assertThat(List.of(first, second, third).stream().flatMap(page -> page.texts("items", "code").stream()))
                .containsExactlyElementsOf(
                        GazetteerDatabase.column(database, "SELECT code FROM territory ORDER BY name, id"));
        assertThat(client.get("territories?size=100&page=4").texts("items", "code"))
                .isEmpty();
    }

    @Test
    void row_shows_currencies_in_use_and_languages_by_share() throws Exception {
        var answer = client.get("territories?name=switzerland").body();
        var id = answer.at("/items/0/id").asText();
        assertThat(answer.at("/items/0/regionName").asText()).isEqualTo("Western Europe");
        assertThat(answer.at("/currencies/" + id).findValuesAsText("code")).containsExactly("CHF");
        assertThat(answer.at("/languages/" + id).findValuesAsText("code"))
                .startsWith("de")
                .contains("fr");
    }

    @Test
    void figures_are_of_all_that_the_filter_lets_through() throws Exception {
        var answer = client.get("territories?group=EU&size=1");
        var population = GazetteerDatabase.column(
                database,
                "SELECT sum(population) FROM territory t JOIN territory_group_member ON territory_id = id"
                        + " WHERE group_code = 'EU' GROUP BY region_code ORDER BY 1 DESC");
        assertThat(answer.texts("regions", "population")).isEqualTo(population);
        var speakers = GazetteerDatabase.column(
                database,
                "SELECT language_code FROM territory t JOIN territory_group_member m ON m.territory_id = id"
                        + " JOIN territory_language l ON l.territory_id = id WHERE group_code = 'EU'"
                        + " GROUP BY 1 ORDER BY sum(population * population_percent) DESC NULLS LAST, 1 LIMIT 8");
        assertThat(answer.texts("largestLanguages", "code")).isEqualTo(speakers);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            populationMin=many         | populationMin   | a whole number from 0
            populationMax=-1           | populationMax   | a whole number from 0
            populationMin=5&populationMax=4 | populationMax | at least populationMin, 5
            introducedFrom=1.1.1999    | introducedFrom  | a date like 1999-01-31
            introducedFrom=2001-01-01&introducedTo=2000-01-01 | introducedTo | 2001-01-01, or later
            languagePercent=101        | languagePercent | a number from 0 to 100
            languagePercent=1e1        | languagePercent | a number from 0 to 100
            noEndDate=yes              | noEndDate       | true or false
            region=a%20b               | region          | a code
            sort=size                  | sort            | name, code, region, population, gdp, literacy
            page=0                     | page            | a whole number from 1
            size=1000                  | size            | to 200
            colour=red                 | colour          | only anyLanguage, currency
            name=a&name=b              | name            | one value
            """)
    void input_that_is_not_understood_is_refused_by_name(String parameters, String field, String allowed)
            throws Exception {
        var answer = client.get("territories?" + parameters);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("status").asInt()).isEqualTo(400);
        assertThat(answer.body().path("field").asText()).isEqualTo(field);
        assertThat(answer.body().path("allowed").asText()).contains(allowed);
        assertThat(answer.body().path("message").asText()).startsWith(field + ": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"territories/99999999", "nothing", "territories/60/nothing"})
    void what_is_not_there_is_said_in_json(String path) throws Exception {
        var answer = client.get(path);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().path("status").asInt()).isEqualTo(404);
        assertThat(answer.body().path("message").asText()).isNotEmpty();
    }
}
