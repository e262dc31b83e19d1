package dev.staleless.jdbc;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.value.Parameters;
import dev.staleless.sql.Analysis;
import dev.staleless.sql.SqlAnalyser;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Says as change events what was changed past Staleless. */
final class Invalidation {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private Invalidation() {}

    /**
     * The tables that a name may mean: the one of exactly this name, the one that a statement would find under it, or else all
     * whose names differ from it by case alone.
     *
     * @throws IllegalArgumentException if there is none, or if it is a view, of whose own nothing is cached
     */
    static List<TableName> named(TableName name, Catalog catalog) {
        Table found = catalog.table(name);
        if (found == null) {
            found = catalog.resolve(name.schema(), name.name());
        }
        List<Table> meant = found != null
                ? List.of(found)
                : catalog.tables().stream()
                        .filter(table -> table.name().schema().equalsIgnoreCase(name.schema())
                                && table.name().name().equalsIgnoreCase(name.name()))
                        .toList();
        if (meant.isEmpty()) {
            throw new IllegalArgumentException(
                    "There is no table " + name + " that the role can see: nothing was invalidated."
                            + " The name is SCHEMA.TABLE as the catalog spells them (on MariaDB the schema is the database).");
        }
        if (meant.stream().anyMatch(table -> table.is(Table.Trait.VIEW))) {
            throw new IllegalArgumentException(
                    name + " is a view: nothing was invalidated. Name the tables whose rows were changed.");
        }
        return meant.stream().map(Table::name).toList();
    }

    /** Anything in the table. */
    static List<ChangeEvent> of(TableName table) {
        return List.of(ChangeEvent.any(table));
    }

    /**
     * Rows that meet a condition, before the change and after it. Where the condition is not understood: anything in the table.
     *
     * @param where as it would stand in a DELETE; it is read, and executed nowhere
     */
    static List<ChangeEvent> of(TableName table, String where, SqlAnalyser analyser, Catalog catalog) {
        if (!PLAIN.matcher(table.schema()).matches()
                || !PLAIN.matcher(table.name()).matches()) {
            return of(table);
        }
        Analysis analysis = analyser.analyse("DELETE FROM " + table + " WHERE " + where, catalog);
        if (!(analysis instanceof Analysis.Write write) || write.changes().parameterCount() != 0) {
            return of(table);
        }
        List<ChangeEvent> events = new ArrayList<>();
        boolean own = false;
        for (ChangeEvent event : write.changes().events(Parameters.of())) {
            boolean deleted = event.table().equals(table) && event.kind() == ChangeEvent.Kind.DELETE;
            own |= deleted;
            events.add(deleted ? anyOf(event) : event);
        }
        return own ? events : of(table);
    }

    /** Deleted, inserted or changed: the row is described by the condition on either side that it has. */
    private static ChangeEvent anyOf(ChangeEvent deleted) {
        return new ChangeEvent(
                deleted.table(), ChangeEvent.Kind.ANY, deleted.before(), deleted.before(), ColumnSet.ALL);
    }
}
