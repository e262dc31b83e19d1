package dev.staleless.jdbc;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.catalog.TriggerEffects;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the triggers of a table change, as it is written in settings. */
record TriggerDeclaration(TableName table, TriggerEffects effects) {

    private static final String NONE = "none";
    private static final String ANY_COLUMN = "*";

    /**
     * Reads a declaration.
     *
     * @param changes {@code schema.table} for any row of a table, a column's name for that column of the row that is written,
     *     {@code *} for any of its columns; {@code none} alone for nothing
     * @throws IllegalArgumentException if it is none
     */
    static TriggerDeclaration of(String table, List<String> changes) {
        if (changes.isEmpty() || changes.contains(NONE) && changes.size() > 1) {
            throw new IllegalArgumentException("triggers of " + table + " = " + changes
                    + ": allowed are schema.table, names of columns, or *, or none alone");
        }
        Set<TableName> tables = new HashSet<>();
        Set<String> columns = new HashSet<>();
        for (String change : changes) {
            if (change.contains(".")) {
                tables.add(name(change));
            } else if (!change.equals(NONE)) {
                columns.add(change);
            }
        }
        boolean any = columns.contains(ANY_COLUMN);
        return new TriggerDeclaration(name(table), new TriggerEffects(tables, any ? null : columns));
    }

    private static TableName name(String text) {
        int dot = text.indexOf('.');
        if (dot <= 0 || dot == text.length() - 1) {
            throw new IllegalArgumentException("table = '" + text + "': allowed is schema.table");
        }
        return new TableName(text.substring(0, dot), text.substring(dot + 1));
    }
}
