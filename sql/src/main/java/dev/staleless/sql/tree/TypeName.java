package dev.staleless.sql.tree;

import java.util.List;

/**
 * A type as it was written.
 *
 * @param name the words of the name in lower case, parts of a qualified name with points between: {@code timestamp
 *     with time zone}, {@code pg_catalog.int4}
 * @param modifiers what stands in parentheses, as text
 * @param dimensions how many {@code []}
 */
public record TypeName(String name, List<String> modifiers, int dimensions, boolean setOf) {

    public TypeName {
        modifiers = List.copyOf(modifiers);
    }

    /** A plain type. */
    public static TypeName of(String name) {
        return new TypeName(name, List.of(), 0, false);
    }
}
