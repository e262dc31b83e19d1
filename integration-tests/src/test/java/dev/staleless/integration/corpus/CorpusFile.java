package dev.staleless.integration.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The corpus as it is kept: a line for each statement, its source, a tab, and its text with line breaks as spaces. */
final class CorpusFile {

    private static final Path PATH = Path.of("src/test/resources/dev/staleless/integration/corpus/corpus.tsv");

    private CorpusFile() {}

    /** A statement and the program that sends it. */
    record Entry(String source, String sql) {}

    /** The lines of a resource that are neither empty nor comments. */
    static List<String> lines(String resource) {
        try (InputStream in = CorpusFile.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Entry> read() throws IOException {
        return Files.readAllLines(PATH).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t", 2))
                .map(parts -> new Entry(parts[0], parts[1]))
                .toList();
    }

    /** As one line; no text of the corpus has a line break within quotes. */
    static String oneLine(String sql) {
        return sql.strip().replaceAll("\\s+", " ");
    }

    static void write(Map<String, Collection<String>> statements) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# What is sent, and by whom. Written by CorpusTest with -Dtests.corpus=write.");
        statements.forEach((source, texts) -> texts.forEach(sql -> lines.add(source + "\t" + sql)));
        Files.write(PATH, lines);
    }
}
