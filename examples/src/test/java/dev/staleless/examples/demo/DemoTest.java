package dev.staleless.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.htmlunit.WebClient;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The demo as a user meets it: hits, misses, writes, and what they drop and why, on pages of instances that share a cache. */
class DemoTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static Demo demo(Demo.StoreKind kind) {
        return Demo.start(kind, 0, new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource(Demo.StoreKind.class)
    void page_shows_hits_misses_and_what_a_write_dropped_and_why(Demo.StoreKind kind) throws IOException {
        try (Demo demo = demo(kind);
                Page first = new Page(demo.addresses().get(0));
                Page other = new Page(demo.addresses().get(demo.addresses().size() - 1))) {
            first.await(() -> first.number("#misses") > 0);
            first.search("iceland");
            first.await(() -> first.shows("IS"));
            first.search("norway");
            first.await(() -> first.shows("NO"));
            int before = first.number("#hits");
            first.search("iceland");
            first.await(() -> first.number("#hits") > before);

            other.search("iceland");
            other.await(() -> other.shows("IS") && other.number("#hits") > 0);

            other.search("norway");
            other.await(() -> other.shows("NO"));
            // what only this page asks for: the other one fills what it asks for itself, before anybody here misses it
            other.search("icelan");
            other.await(() -> other.shows("IS"));
            other.search("norway");
            other.await(() -> other.shows("NO"));
            other.openDetail("NO");

            first.await(() -> first.shows("IS"));
            first.rename("IS", "Iceland of Fire");
            other.search("nor");
            other.await(() -> !other.shows("NO"));
            other.search("norway");
            other.await(() -> other.shows("NO"));
            other.openDetail("NO");
            other.search("icelan");
            other.await(() -> other.text("#territories tbody").contains("Iceland of Fire"));
            other.await(() -> other.text("#writes").contains("Dropped"));
            assertThat(other.text("#writes .dropped .reason")).isNotBlank();
            other.await(() -> other.text("#writes").contains("Left alone"));
            assertThat(other.text("#writes .kept .reason")).isNotBlank();
        }
    }

    @Test
    void port_in_use_is_named_before_anything_is_started() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            var progress = new ByteArrayOutputStream();
            assertThatThrownBy(() -> Demo.start(
                            Demo.StoreKind.MEMORY,
                            taken.getLocalPort(),
                            new PrintStream(progress, true, StandardCharsets.UTF_8)))
                    .isInstanceOf(DemoException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort())
                    .hasMessageContaining("--port");
            assertThat(progress.toString(StandardCharsets.UTF_8)).isEmpty();
        }
    }

    /** One instance's page in a browser of its own. */
    private static final class Page implements AutoCloseable {
        private final WebClient browser = new WebClient();
        private final HtmlPage page;

        Page(String address) throws IOException {
            browser.getOptions().setCssEnabled(false);
            page = browser.getPage(address);
        }

        @Override
        public void close() {
            browser.close();
        }

        String text(String selector) {
            var node = page.querySelector(selector);
            return node == null ? "" : node.getTextContent();
        }

        /** Whether this territory is the only one listed. */
        boolean shows(String code) {
            var codes = page.querySelectorAll("#territories tbody tr[data-code]");
            return codes.getLength() == 1 && code.equals(((DomElement) codes.get(0)).getAttribute("data-code"));
        }

        int number(String selector) {
            String digits = text(selector).replaceAll("\\D", "");
            return digits.isEmpty() ? 0 : Integer.parseInt(digits);
        }

        void search(String name) {
            HtmlInput input = (HtmlInput) page.querySelector("#filter [name=name]");
            input.setValue(name);
            input.fireEvent("input");
        }

        void openDetail(String code) throws IOException {
            click("tr[data-code=" + code + "] .name button");
            await(() -> page.querySelector("tr.detail [data-locale=ja]") != null);
        }

        void rename(String code, String name) throws IOException {
            click("tr[data-code=" + code + "] .edit");
            await(() -> page.querySelector("tr.editing [name=name]") != null);
            HtmlInput input = (HtmlInput) page.querySelector("tr.editing [name=name]");
            input.setValue(name);
            input.fireEvent("input");
            click("tr.editing .save");
            await(() -> text("#territories tbody").contains(name));
        }

        private void click(String selector) throws IOException {
            ((DomElement) page.querySelector(selector)).click();
        }

        /** Lets the page's scripts run until it shows what is expected; they wait for a real server. */
        void await(BooleanSupplier shown) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!shown.getAsBoolean()) {
                assertThat(System.nanoTime())
                        .as(
                                "the page does not come to show it: %s",
                                page.getBody().asNormalizedText())
                        .isLessThan(deadline);
                browser.waitForBackgroundJavaScript(50);
            }
        }
    }
}
