package dev.staleless.sql.tree;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One identifier.
 *
 * @param text as the database stores it: folded if it was not quoted
 */
public record Name(String text, boolean quoted) {

    @Override
    public String toString() {
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    /** Qualified name as text. */
    public static String join(List<Name> parts) {
        return parts.stream().map(Name::toString).collect(Collectors.joining("."));
    }
}
