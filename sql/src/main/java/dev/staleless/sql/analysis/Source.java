package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Table;
import java.util.List;
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
     * A derived table, a view, or a common table expression that is named once.
     *
     * @param names of its columns; null if not known
     * @param arm which arm of a set operation it is looked at in; -1 for the whole
     */
    record Derived(String alias, @Nullable List<String> names, Subquery query, int arm) implements Source {

        Derived inArm(int number) {
            return new Derived(alias, names, query, number);
        }

        boolean mayHave(String name) {
            return names == null || names.stream().anyMatch(name::equalsIgnoreCase);
        }

        /** The table column that one of its columns is; null if it is none, or if it is not sure. */
        Scope.@Nullable Resolved resolve(String name) {
            int index = names == null ? -1 : names.indexOf(name);
            if (names == null || index < 0 || index != names.lastIndexOf(name)) {
                return null;
            }
            boolean whole = arm < 0 && query.blocks().size() != 1;
            return whole ? null : query.column(Math.max(arm, 0), index);
        }
    }

    /**
     * Anything else: a derived table, a common table expression, a function.
     *
     * @param columns null if not known
     */
    record Other(String alias, @Nullable Set<String> columns) implements Source {}
}
