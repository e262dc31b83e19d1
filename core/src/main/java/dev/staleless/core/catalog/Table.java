package dev.staleless.core.catalog;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table, view or other relation as the catalog describes it.
 *
 * <p>A partition is the table that it is a part of, under another name: it has that table's {@code name} and keys, so that a
 * change through either is one of the other. What it says of itself holds for the whole: every trait of any part.
 *
 * @param columns in the order of the catalog, which is the order of {@code *}
 * @param primaryKey its columns' names; empty if there is none
 * @param partitionColumns columns whose values name changelog partitions: each a column that queries are likely to pin by
 *     equality (keys, foreign keys)
 * @param foreignKeys the foreign keys of other tables (or itself) that refer to this table: all those with an action other
 *     than NO ACTION or RESTRICT, and the others where TRUNCATE can spread over them
 * @param traits what makes the relation special; empty for an ordinary table
 * @param definition of a view or materialized view: its query, in which every name that is not the database's own is
 *     qualified; null if it is not known, or this is none
 * @param overlaps other tables whose rows a change of this table may change or be, by inheritance
 */
public record Table(
        TableName name,
        List<Column> columns,
        List<String> primaryKey,
        List<String> partitionColumns,
        List<Reference> foreignKeys,
        Set<Trait> traits,
        @Nullable String definition,
        Set<TableName> overlaps) {

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
        /** Has triggers by which something else may be stored than a statement says. Then {@link #TRIGGERS} too. */
        ALTERING_TRIGGERS,
        /** Has rules, which may make anything of a statement. Then {@link #TRIGGERS} too. */
        RULES,
        ROW_SECURITY,
        /** Has children by inheritance, or is one: its rows are reached under several names, see {@link Table#overlaps()}. */
        INHERITANCE,
        /** A part of the table whose name it has: which rows it shows depends on columns that a query may not name. */
        PARTITION,
        /** Something else that is not understood. */
        OTHER
    }

    /** What a foreign key does to the referring rows. */
    public enum Action {
        /** NO ACTION, RESTRICT. */
        NONE,
        CASCADE,
        SET_NULL,
        SET_DEFAULT,
        /** One of the three, it is not told which. */
        UNKNOWN;

        /** Whether the change of the referred row changes rows that refer to it. */
        public boolean spreads() {
            return this != NONE;
        }
    }

    /**
     * A foreign key that refers to the table.
     *
     * @param child the referring table
     * @param childColumns its columns, in the order of {@code columns}
     * @param columns the referred columns of this table
     * @param onDelete what a DELETE does to the child
     * @param onUpdate what an UPDATE of the referred columns does to the child
     * @param set the columns of the child that a DELETE sets to NULL or their defaults; otherwise without meaning
     * @param enforced whether every row of the child that refers to a row refers to one that is there, whenever a statement has
     *     ended: neither deferred, nor unproven for older rows, nor switched off
     */
    public record Reference(
            TableName child,
            List<String> childColumns,
            List<String> columns,
            Action onDelete,
            Action onUpdate,
            List<String> set,
            boolean enforced) {
        public Reference {
            childColumns = List.copyOf(childColumns);
            columns = List.copyOf(columns);
            set = List.copyOf(set);
        }

        /** One of which it is not known whether it is enforced. */
        public Reference(
                TableName child,
                List<String> childColumns,
                List<String> columns,
                Action onDelete,
                Action onUpdate,
                List<String> set) {
            this(child, childColumns, columns, onDelete, onUpdate, set, false);
        }

        /** One that sets all its columns. */
        public Reference(
                TableName child, List<String> childColumns, List<String> columns, Action onDelete, Action onUpdate) {
            this(child, childColumns, columns, onDelete, onUpdate, childColumns);
        }

        /** One of which it is only known whether it spreads. */
        public Reference(
                TableName child, List<String> childColumns, List<String> columns, boolean onDelete, boolean onUpdate) {
            this(
                    child,
                    childColumns,
                    columns,
                    onDelete ? Action.UNKNOWN : Action.NONE,
                    onUpdate ? Action.UNKNOWN : Action.NONE);
        }
    }

    public Table {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        partitionColumns = List.copyOf(partitionColumns);
        foreignKeys = List.copyOf(foreignKeys);
        traits = Set.copyOf(traits);
        overlaps = Set.copyOf(overlaps);
    }

    /** A relation that is no view and shares no rows with others. */
    public Table(
            TableName name,
            List<Column> columns,
            List<String> primaryKey,
            List<String> partitionColumns,
            List<Reference> foreignKeys,
            Set<Trait> traits) {
        this(name, columns, primaryKey, partitionColumns, foreignKeys, traits, null, Set.of());
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
