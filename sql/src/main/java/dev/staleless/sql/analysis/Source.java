package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Table;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Something with columns that stands in FROM. */
sealed interface Source {

    String alias();

    /**
     * An occurrence of a table.
     *
     * @param index of its {@link TableOccurrence}
     * @param renamed whether the alias gives its columns other names
     */
    record Base(int index, String alias, Table table, boolean renamed) implements Source {}

    /**
     * Anything else: a derived table, a common table expression, a function.
     *
     * @param columns null if not known
     */
    record Other(String alias, @Nullable Set<String> columns) implements Source {}
}
