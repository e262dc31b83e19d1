package dev.staleless.benchmarks.differential;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Queries and writes of one application, chosen by hand, with the schema and the rows that they meet. They stand in a file of
 * this package's resources with the sections SCHEMA, ROWS, QUERIES and WRITES; each statement ends with a semicolon at the end
 * of a line, and a value in braces is a parameter.
 */
record Domain(
        String name, List<String> schema, List<String> rows, List<FuzzStatement> queries, List<FuzzStatement> writes) {

    static final List<String> NAMES = List.of("shop", "tracker", "blog", "office");

    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]*)}");

    static Domain read(String name) {
        Map<String, List<String>> sections = new HashMap<>();
        List<String> section = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        for (String line : text(name).split("\n")) {
            if (line.startsWith("-- ")) {
                section = sections.computeIfAbsent(line.substring(3), title -> new ArrayList<>());
                continue;
            }
            statement.append(line);
            if (line.endsWith(";")) {
                section.add(statement.substring(0, statement.length() - 1));
                statement.setLength(0);
            }
        }
        return new Domain(
                name,
                section(sections, "SCHEMA"),
                section(sections, "ROWS"),
                section(sections, "QUERIES").stream().map(Domain::statement).toList(),
                section(sections, "WRITES").stream().map(Domain::statement).toList());
    }

    private static List<String> section(Map<String, List<String>> sections, String title) {
        return Objects.requireNonNull(sections.get(title), () -> "There is no section " + title);
    }

    private static String text(String name) {
        try (InputStream file = Domain.class.getResourceAsStream(name + ".sql")) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FuzzStatement statement(String text) {
        List<Object> parameters = new ArrayList<>();
        Matcher matcher = PARAMETER.matcher(text);
        while (matcher.find()) {
            parameters.add(value(matcher.group(1)));
        }
        boolean ordered = text.toLowerCase(Locale.ROOT).matches(".* order by [^()]*(\\([^()]*\\)[^()]*)?");
        return new FuzzStatement(
                matcher.replaceAll("?"), parameters, Set.of(), Set.of(), Set.of(), ordered, List.of(), List.of());
    }

    private static Object value(String text) {
        if (text.startsWith("'")) {
            return text.substring(1, text.length() - 1);
        } else if (text.startsWith("date ")) {
            return LocalDate.parse(text.substring(5));
        } else if (text.startsWith("timestamp ")) {
            return LocalDateTime.parse(text.substring(10));
        } else if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        return text.contains(".") ? (Object) new BigDecimal(text) : (Object) Integer.valueOf(text);
    }
}
