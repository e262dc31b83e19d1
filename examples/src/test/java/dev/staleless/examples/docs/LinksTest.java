package dev.staleless.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documentation links to is there, and every function of cacheops has its row and its test. */
class LinksTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    /** In the words of the left column. */
    private static final List<String> FUNCTIONS = List.of(
            "`CACHEOPS = ",
            "ops `get fetch count aggregate exists`",
            "`qs.cache()`",
            "`qs.nocache()`",
            "`qs.cache(timeout=..)`",
            "`qs.cache(ops=..)`",
            "`@cached_as(samples, timeout, extra)`",
            "`@cached_view_as`",
            "in templates",
            "`@cached(timeout)`",
            "`func.key(..).get() set() delete()`",
            "`file_cache`",
            "`invalidate_obj(obj)`",
            "`invalidate_model(Model)`",
            "`invalidate_all()`",
            "`./manage.py invalidate",
            "`no_invalidation`",
            "`qs.invalidated_update(..)`",
            "`cache_on_save`",
            "`local_get`",
            "transactions",
            "`lock=True` (dog-pile)",
            "several databases",
            "`CACHEOPS_PREFIX`",
            "`CACHEOPS_SERIALIZER`",
            "memory limit",
            "`reapconjs`",
            "signals",
            "`CACHEOPS_DEGRADE_ON_FAILURE`",
            "`CACHEOPS_ENABLED = False` in tests");

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(
                List.of(ROOT.resolve("README.md"), ROOT.resolve("CHANGELOG.md"), ROOT.resolve("CONTRIBUTING.md")));
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    @Test
    void leadToFilesAndHeadingsThatAreThere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                if (!link.group(1).contains("://") && !exists(page, link.group(1))) {
                    broken.add(ROOT.relativize(page) + ": " + link.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static boolean exists(Path page, String link) throws IOException {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return hash < 0 || anchors(target).contains(link.substring(hash + 1));
    }

    private static List<String> anchors(Path page) throws IOException {
        List<String> anchors = new ArrayList<>();
        Matcher heading = HEADING.matcher(Files.readString(page));
        while (heading.find()) {
            anchors.add(heading.group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\w\\- ]", "")
                    .replace(' ', '-'));
        }
        return anchors;
    }

    @Test
    void everyFunctionOfCacheopsHasARowAndATestOrABench() throws IOException {
        List<String> rows = Files.readAllLines(ROOT.resolve("docs/guide/coming-from-cacheops.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| cacheops |"))
                .toList();
        for (String function : FUNCTIONS) {
            assertThat(rows).as(function).anyMatch(row -> row.split(" \\| ")[0].contains(function));
        }
        for (String row : rows) {
            String last = row.substring(row.replaceAll("\\s*\\|\\s*$", "").lastIndexOf(" | "));
            assertThat(last).as(row).containsPattern("\\]\\(\\.\\./\\.\\./\\S+Test\\.java\\)|bench|Contract\\.java\\)");
        }
    }
}
