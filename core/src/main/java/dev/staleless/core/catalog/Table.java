package dev.staleless.core.catalog;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table, view or other relation as the catalog describes it.
 *
 * @param columns in the order of the catalog, which is the order of {@code *}
 * @param primaryKey its columns' names; empty if there is none
 * @param partitionColumns columns whose values name changelog partitions: each a column that queries are likely to pin by
 *     equality (keys, foreign keys)
 * @param foreignKeys the foreign keys of other tables (or itself) that refer to this table with an action other than NO
 *     ACTION or RESTRICT
 * @param traits what makes the relation special; empty for an ordinary table
 */
public record Table(
        TableName name,
        List<Column> columns,
        List<String> primaryKey,
        List<String> partitionColumns,
        List<Reference> foreignKeys,
        Set<Trait> traits) {

    /** What makes a relation special. */
    public enum Trait {
        VIEW,
        MATERIALIZED_VIEW,
        FOREIGN,
        TEMPORARY,
        /** A table of the database's own catalog. */
        SYSTEM,
        /** Has user-defined triggers or rules. */
        TRIGGERS,
        ROW_SECURITY,
        /** Has partitions or children, or is one: rows are reached under several names. */
        INHERITANCE,
        /** Something else that is not understood. */
        OTHER
    }

    /**
     * A foreign key that refers to the table.
     *
     * @param child the referring table
     * @param childColumns its columns, in the order of {@code columns}
     * @param columns the referred columns of this table
     * @param onDelete whether a DELETE spreads to the child (CASCADE, SET NULL, SET DEFAULT)
     * @param onUpdate whether an UPDATE of the referred columns spreads to the child
     */
    public record Reference(
            TableName child, List<String> childColumns, List<String> columns, boolean onDelete, boolean onUpdate) {
        public Reference {
            childColumns = List.copyOf(childColumns);
            columns = List.copyOf(columns);
        }
    }

    public Table {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        partitionColumns = List.copyOf(partitionColumns);
        foreignKeys = List.copyOf(foreignKeys);
        traits = Set.copyOf(traits);
    }

    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** The column of this name (exact spelling), or null. */
    public @Nullable Column column(String columnName) {
        for (Column column : columns) {
            if (column.name().equals(columnName)) {
                return column;
            }
        }
        return null;
    }
}
