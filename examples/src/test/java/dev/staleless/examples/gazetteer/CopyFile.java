package dev.staleless.examples.gazetteer;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One table as a compressed file in PostgreSQL's COPY text format: a line per row, tabs between the columns, {@code \N}
 * for NULL. The same rows give the same bytes.
 */
final class CopyFile implements Closeable {

    private final Writer writer;
    private int rows;

    private CopyFile(Writer writer) {
        this.writer = writer;
    }

    static CopyFile create(Path folder, String table) throws IOException {
        var bytes = Files.newOutputStream(folder.resolve(table + ".tsv.gz"));
        var gzip = new GZIPOutputStream(bytes) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        };
        return new CopyFile(new OutputStreamWriter(gzip, StandardCharsets.UTF_8));
    }

    void row(@Nullable Object... columns) {
        var line = new StringBuilder();
        for (Object column : columns) {
            line.append(line.isEmpty() ? "" : "\t").append(column == null ? "\\N" : escaped(column.toString()));
        }
        try {
            writer.append(line).append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows++;
    }

    int rows() {
        return rows;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
