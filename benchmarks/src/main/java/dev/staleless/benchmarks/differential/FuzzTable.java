package dev.staleless.benchmarks.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A table, a view, or what a sub-query in FROM shows.
 *
 * @param key the primary key's columns; empty if there is none
 * @param references foreign keys to tables made before, or to itself
 * @param bases the tables whose rows it shows: itself for a table
 * @param constructs names of what is special about it, for the counts
 */
record FuzzTable(
        String name,
        List<FuzzColumn> columns,
        List<String> key,
        List<Reference> references,
        Set<String> bases,
        Set<String> constructs) {

    /** A foreign key. */
    record Reference(List<String> columns, String table, List<String> keys) {}

    static FuzzTable derived(String name, List<FuzzColumn> columns, Set<String> bases) {
        return new FuzzTable(name, columns, List.of(), List.of(), bases, Set.of());
    }

    FuzzColumn column(String wanted) {
        for (FuzzColumn column : columns) {
            if (column.name().equals(wanted)) {
                return column;
            }
        }
        throw new IllegalArgumentException(name + " has no column " + wanted);
    }

    /** The columns that statements may write. */
    List<FuzzColumn> written() {
        List<FuzzColumn> written = new ArrayList<>();
        for (FuzzColumn column : columns) {
            if (!column.computed()) {
                written.add(column);
            }
        }
        return written;
    }

    boolean isKey(FuzzColumn column) {
        return key.contains(column.name());
    }

    /** The only column of the primary key. */
    FuzzColumn firstKey() {
        return column(key.get(0));
    }
}
