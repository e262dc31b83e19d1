package dev.staleless.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * The demo in a real browser. Runs when {@code -Dtests.chromium=/path/to/chromium} names one; its driver is {@code
 * chromedriver} in the same folder. The pictures it takes are kept in {@code target/demo-pages}.
 */
class ChromiumDemoIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path PICTURES = Path.of("target", "demo-pages");

    @TempDir
    Path profile;

    @Test
    void two_instances_share_what_they_cache_and_show_why_a_result_was_dropped() throws IOException {
        var silent = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        try (Demo demo = Demo.start(Demo.StoreKind.REDIS, 0, silent)) {
            WebDriver browser = browser();
            try {
                drive(demo, browser);
            } finally {
                browser.quit();
            }
        }
    }

    private void drive(Demo demo, WebDriver browser) throws IOException {
        browser.get(demo.addresses().get(0) + "/#name=iceland");
        await(browser, "#territories tbody", "Iceland");
        browser.get(demo.addresses().get(1) + "/#name=iceland");
        await(browser, "#territories tbody", "Iceland");
        new WebDriverWait(browser, PATIENCE).until(page -> number(page, "#hits") > 0);
        picture(browser, "hits.png");

        click(browser, "tr[data-code=IS] .edit");
        type(browser, "tr.editing [name=name]", "Iceland of Fire");
        click(browser, "tr.editing .save");
        await(browser, "#territories tbody", "Iceland of Fire");
        await(browser, "#writes", "Dropped");
        assertThat(content(browser, "#writes .dropped .reason")).isNotBlank();
        picture(browser, "dropped.png");

        browser.get(demo.addresses().get(0) + "/?again#name=iceland");
        await(browser, "#territories tbody", "Iceland of Fire");
    }

    private WebDriver browser() {
        Path chromium = Path.of(System.getProperty("tests.chromium", "/usr/bin/chromium"));
        var options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--window-size=1500,1000",
                "--user-data-dir=" + profile);
        File driver = chromium.resolveSibling("chromedriver").toFile();
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver)
                .usingAnyFreePort()
                .build();
        return new ChromeDriver(service, options);
    }

    private static void await(WebDriver browser, String selector, String text) {
        new WebDriverWait(browser, PATIENCE)
                .withMessage(() -> selector + " does not come to show '" + text + "'")
                .until(page -> content(page, selector).contains(text));
    }

    private static String content(WebDriver browser, String selector) {
        Object text = ((JavascriptExecutor) browser)
                .executeScript(
                        "const e = document.querySelector(arguments[0]); return e ? e.textContent : ''", selector);
        return String.valueOf(text);
    }

    private static int number(WebDriver browser, String selector) {
        String digits = content(browser, selector).replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    private static void click(WebDriver browser, String selector) {
        new WebDriverWait(browser, PATIENCE)
                .until(page -> !page.findElements(By.cssSelector(selector)).isEmpty());
        browser.findElement(By.cssSelector(selector)).click();
    }

    private static void type(WebDriver browser, String selector, String text) {
        new WebDriverWait(browser, PATIENCE)
                .until(page -> !page.findElements(By.cssSelector(selector)).isEmpty());
        var input = browser.findElement(By.cssSelector(selector));
        input.clear();
        input.sendKeys(text);
    }

    private static void picture(WebDriver browser, String name) throws IOException {
        Files.createDirectories(PICTURES);
        byte[] png = ((org.openqa.selenium.TakesScreenshot) browser).getScreenshotAs(OutputType.BYTES);
        Files.write(PICTURES.resolve(name), png);
    }
}
