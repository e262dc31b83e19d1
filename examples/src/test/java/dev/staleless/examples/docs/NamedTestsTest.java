package dev.staleless.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The tests that the documentation names are there. */
class NamedTestsTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|Contract))(?:\\.(\\w+))?`");

    /** Text of the test sources, by the name of the class. */
    private static final Map<String, String> SOURCES = new HashMap<>();

    @BeforeAll
    static void read() throws IOException {
        try (Stream<Path> files =
                Files.find(ROOT, 20, (path, attributes) -> path.toString().endsWith(".java"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                if (name.endsWith("Test.java") || name.endsWith("Contract.java")) {
                    SOURCES.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
                }
            }
        }
    }

    @Test
    void ofTheGuideForThoseWhoComeFromCacheops() throws IOException {
        assertNamed(ROOT.resolve("docs/guide/coming-from-cacheops.md"), 30);
    }

    @Test
    void ofTheArgument() throws IOException {
        assertNamed(ROOT.resolve("docs/consistency.md"), 30);
    }

    private static void assertNamed(Path page, int atLeast) throws IOException {
        Matcher named = NAMED.matcher(Files.readString(page));
        int count = 0;
        while (named.find()) {
            count++;
            assertThat(SOURCES).as(page.getFileName().toString()).containsKey(named.group(1));
            if (named.group(2) != null) {
                assertThat(SOURCES.get(named.group(1))).as(named.group()).contains("void " + named.group(2) + "(");
            }
        }
        assertThat(count).isGreaterThanOrEqualTo(atLeast);
    }
}
