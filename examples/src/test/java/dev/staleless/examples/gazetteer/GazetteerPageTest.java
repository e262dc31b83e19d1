package dev.staleless.examples.gazetteer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.examples.gazetteer.ActivityFeed.Outcome;
import dev.staleless.examples.gazetteer.ActivityFeed.Totals;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.htmlunit.WebClient;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page as a user drives it, in a browser without a window. */
class GazetteerPageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static DataSource database;
    private static ScriptedFeed feed;
    private static GazetteerApplication application;
    private static WebClient browser;

    private HtmlPage page;

    @BeforeAll
    static void start() throws Exception {
        database = GazetteerDatabase.filled();
        feed = new ScriptedFeed();
        application = GazetteerApplication.start(database, 0, feed);
        browser = new WebClient();
        browser.getOptions().setCssEnabled(false);
    }

    @AfterAll
    static void stop() {
        browser.close();
        application.close();
    }

    @BeforeEach
    void open() throws IOException {
        page = browser.getPage("http://localhost:" + application.port() + "/");
        await(() -> codes().size() == 15);
    }

    @Test
    void shows_the_first_page_of_all_territories() {
        assertThat(codes()).startsWith("AF", "AL", "DZ");
        assertThat(text("#count")).isEqualTo("1–15 of 257");
        assertThat(text("#pager")).contains("page 1 of 18");
        assertThat(page.querySelectorAll("#regions .bar")).hasSize(8);
        assertThat(page.querySelectorAll("#languages .bar")).hasSize(8);
    }

    @Test
    void filters_while_the_user_types() throws IOException {
        type("#filter [name=name]", "swit");
        await(() -> codes().equals(List.of("CH")));
        assertThat(text("#territories tbody .currencies")).isEqualTo("CHF");
        assertThat(page.getUrl().getRef()).isEqualTo("name=swit");
        type("#filter [name=name]", "");
        await(() -> codes().size() == 15);
    }

    @Test
    void filters_by_region_currency_and_language_together() throws IOException {
        select("#filter [name=region]", "150");
        select("#filter [name=currency]", "EUR");
        click("#filter [name=noEndDate]");
        select("#filter [name=language]", "de");
        type("#filter [name=languagePercent]", "90");
        await(() -> codes().equals(List.of("AT", "DE")));
    }

    @Test
    void sorts_and_turns_pages() throws IOException {
        click("[data-sort=population]");
        await(() -> codes().get(0).equals("CN"));
        click("#pager [data-page='2']");
        await(() -> text("#count").startsWith("16–30"));
        assertThat(page.getUrl().getRef()).isEqualTo("sort=-population&page=2");
    }

    @Test
    void restores_the_filter_from_the_address() throws IOException {
        HtmlPage other = browser.getPage("http://localhost:" + application.port() + "/?again#name=japan");
        page = other;
        await(() -> codes().equals(List.of("JP")));
        assertThat(((HtmlInput) page.querySelector("#filter [name=name]")).getValue())
                .isEqualTo("japan");
    }

    @Test
    void input_that_is_refused_is_marked_and_explained() throws IOException {
        type("#filter [name=populationMin]", "many");
        await(() -> text("#problem").startsWith("populationMin: 'many' is not accepted"));
        assertThat(element("#filter [name=populationMin]").getAttribute("class"))
                .contains("wrong");
    }

    @Test
    void row_is_edited_in_its_place() throws Exception {
        type("#filter [name=name]", "austria");
        await(() -> codes().equals(List.of("AT")));
        click("tr[data-code=AT] .edit");
        await(() -> exists("tr.editing [name=population]"));
        type("tr.editing [name=population]", "9000001");
        type("tr.editing [name=name]", "Austria Felix");
        click("tr.editing .save");
        await(() -> text("#territories tbody").contains("Austria Felix"));
        assertThat(text("tr[data-code=AT] .population")).isEqualTo("9\u202f000\u202f001");
        assertThat(GazetteerDatabase.column(database, "SELECT population FROM territory WHERE code = 'AT'"))
                .containsExactly("9000001");
    }

    @Test
    void conflict_is_shown_in_the_row_and_can_be_resolved() throws Exception {
        type("#filter [name=name]", "belgium");
        await(() -> codes().equals(List.of("BE")));
        click("tr[data-code=BE] .edit");
        await(() -> exists("tr.editing [name=population]"));
        GazetteerDatabase.execute(
                database, "UPDATE territory SET population = 77, version = version + 1 WHERE code = 'BE'");
        type("tr.editing [name=population]", "88");
        click("tr.editing .save");
        await(() -> text("tr.below .message").contains("changed by somebody else"));
        click("tr.below .again");
        await(() ->
                ((HtmlInput) element("tr.editing [name=population]")).getValue().equals("77"));
        type("tr.editing [name=population]", "88");
        click("tr.editing .save");
        await(() -> exists("tr[data-code=BE] .population")
                && text("tr[data-code=BE] .population").equals("88"));
    }

    @Test
    void territory_is_created_and_deleted() throws IOException {
        click("#create");
        type("tr.editing [name=code]", "1");
        type("tr.editing [name=name]", "Lilliput");
        click("tr.editing .save");
        await(() -> text("tr.below .message").contains("two or three letters"));
        type("tr.editing [name=code]", "QL");
        click("tr.editing .save");
        type("#filter [name=name]", "lilliput");
        await(() -> codes().equals(List.of("QL")));
        click("tr[data-code=QL] .delete");
        assertThat(text("tr[data-code=QL] .delete")).isEqualTo("Really?");
        click("tr[data-code=QL] .delete");
        await(() -> text("#count").equals("none"));
    }

    @Test
    void detail_opens_below_the_row_and_names_can_be_changed() throws IOException {
        type("#filter [name=name]", "iceland");
        await(() -> codes().equals(List.of("IS")));
        click("tr[data-code=IS] .name button");
        await(() -> exists("tr.detail [data-locale=ja]"));
        assertThat(text("tr.detail [data-locale=is]")).contains("Ísland");
        click("tr.detail [data-locale=ja]");
        type("tr.detail [name=localName]", "氷の国");
        click("tr.detail form .primary");
        await(() -> exists("tr.detail [data-locale=ja]")
                && text("tr.detail [data-locale=ja]").contains("氷の国"));
    }

    @Test
    void feed_shows_where_rows_came_from() {
        feed.query(
                "select count(t1_0.id) from territory t1_0 where t1_0.population>=?",
                Outcome.HIT,
                "nothing written since",
                "4711");
        feed.query("select random()", Outcome.BYPASS, "random() is not deterministic");
        feed.totals(new Totals(3, 1, 1, 0, 0, 0));
        await(() -> text("#queries").contains("random() is not deterministic"));
        assertThat(text("#queries .line.hit code")).isEqualTo("count of territory: population>=4711");
        assertThat(text("#queries .line.hit .reason")).isEqualTo("nothing written since");
        assertThat(text("#queries .line.hit .figures")).isEqualTo("1.25 ms · 3 rows");
        assertThat(text("#queries .line.bypass .badge")).isEqualTo("bypass");
        assertThat(text("#hits")).isEqualTo("3");
        assertThat(text("#ratio")).isEqualTo("60 %");
        assertThat(text("#node")).isEqualTo("node A");
        assertThat(element("#peers a").getAttribute("href")).startsWith("http://localhost:1/");
    }

    @Test
    void feed_shows_what_a_write_dropped_and_left_alone_and_why() {
        feed.write("w1", "update territory set population=5 where id=60", "territory", "id = 60, population 4 → 5");
        await(() -> exists("[data-write=w1]"));
        assertThat(text("[data-write=w1]"))
                .contains("id = 60, population 4 → 5", "judged when they are next asked for");
        feed.verdict("w1", true, "select t.id from territory t where t.population>?", "row 60 can come in", "3");
        feed.verdict("w1", false, "select c.code from currency c", "reads no column that changed");
        feed.verdict("w1", false, "select count(*) from region", "reads no column that changed");
        await(() -> text("[data-write=w1]").contains("Left alone 2 cached results"));
        assertThat(text("[data-write=w1] .dropped")).contains("Dropped 1 cached result", "row 60 can come in");
        assertThat(text("[data-write=w1] .dropped code")).contains("population>3");
    }

    @Test
    void verdict_on_a_write_of_another_node_has_a_card_of_its_own() {
        feed.verdict("elsewhere", true, "select 1 from territory", "anything can have changed");
        await(() -> exists("[data-write=elsewhere]"));
        assertThat(text("[data-write=elsewhere] .summary")).contains("on another node");
    }

    @Test
    void switch_turns_the_cache_off_and_on() throws IOException {
        click("#use-cache");
        await(() -> !feed.cacheInUse());
        click("#use-cache");
        await(() -> feed.cacheInUse());
    }

    private List<String> codes() {
        return page.querySelectorAll("#territories tbody tr[data-code] td.code").stream()
                .map(DomNode::getTextContent)
                .toList();
    }

    private boolean exists(String selector) {
        return page.querySelector(selector) != null;
    }

    private String text(String selector) {
        var node = page.querySelector(selector);
        return node == null ? "" : node.getTextContent();
    }

    private HtmlElement element(String selector) {
        DomNode node = page.querySelector(selector);
        assertThat(node).as(selector).isInstanceOf(HtmlElement.class);
        return (HtmlElement) node;
    }

    private void type(String selector, String text) throws IOException {
        var input = (HtmlInput) element(selector);
        input.setValue(text);
        input.fireEvent("input");
    }

    private void select(String selector, String value) {
        var select = (HtmlSelect) element(selector);
        select.setSelectedAttribute(value, true);
    }

    private void click(String selector) throws IOException {
        DomElement element = element(selector);
        element.click();
    }

    /** Lets the page's scripts run until it shows what is expected; they wait for a real server. */
    private void await(BooleanSupplier shown) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!shown.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as(
                            "the page does not come to show it; body: %s",
                            page.getBody().asNormalizedText())
                    .isLessThan(deadline);
            browser.waitForBackgroundJavaScript(50);
        }
    }
}
