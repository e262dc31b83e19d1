package dev.staleless.integration.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** The table in docs/parsing.md: for each source how many statements, and what is made of them. */
final class ParsingTable {

    /** Tests run in their module's folder. */
    private static final Path PAGE = Path.of("../docs/parsing.md");

    private static final String HEAD = """
            | source | statements | cacheable | exactly | coarsely | passed through | not understood |
            |---|---|---|---|---|---|---|
            """;

    private final Map<String, Map<Understanding, Integer>> counts = new LinkedHashMap<>();

    void add(String source, Understanding understanding) {
        for (String row : List.of(source, "all")) {
            counts.computeIfAbsent(row, name -> new EnumMap<>(Understanding.class))
                    .merge(understanding, 1, Integer::sum);
        }
    }

    /** Of all statements. */
    double share(Predicate<Understanding> of) {
        return (double) count("all", of) / count("all", any -> true);
    }

    private int count(String source, Predicate<Understanding> of) {
        return counts.get(source).entrySet().stream()
                .filter(entry -> of.test(entry.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    @Override
    public String toString() {
        StringBuilder table = new StringBuilder(HEAD);
        counts.keySet().stream().filter(source -> !source.equals("all")).forEach(source -> row(source, table));
        row("all", table);
        return table.toString();
    }

    private void row(String source, StringBuilder into) {
        into.append(String.format(
                Locale.ROOT,
                "| %s | %,d | %s | %s | %s | %s | %s |\n",
                source,
                count(source, any -> true),
                percent(source, Understanding::isCacheable),
                percent(source, Understanding::isExact),
                percent(source, Understanding::isCoarse),
                percent(source, one -> one == Understanding.PASSED_THROUGH),
                percent(source, one -> one == Understanding.NOT_UNDERSTOOD)));
    }

    private String percent(String source, Predicate<Understanding> of) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * count(source, of) / count(source, any -> true));
    }

    /** The table as the page has it. */
    static String written() throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf(HEAD.lines().findFirst().orElseThrow());
        return page.substring(start, page.indexOf("\n\n", start) + 1);
    }

    void write() throws IOException {
        Files.writeString(PAGE, Files.readString(PAGE).replace(written(), toString()));
    }
}
