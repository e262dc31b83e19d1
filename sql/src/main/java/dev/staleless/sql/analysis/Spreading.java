package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.Table.Action;
import dev.staleless.core.catalog.Table.Reference;
import dev.staleless.core.catalog.Table.Trait;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.catalog.TriggerEffects;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a change brings with it: foreign keys that act, chains and cycles of them, declared effects of triggers, partitions.
 * What cannot be told makes the statement one that may change anything; then the reason is kept, and nothing else found matters.
 */
final class Spreading {

    /** More foreign keys than this, or a cycle of them, are not followed row by row: any row behind them may change. */
    private static final int MAX_BRANCHES = 64;

    private final Catalog catalog;
    private final Findings findings;
    private int branches;

    /** What happens to rows: they go, or some of their columns get other values; neither for new rows. */
    private record Cause(boolean delete, Set<String> updated) {}

    private record Step(TableName table, Cause cause) {}

    Spreading(Catalog catalog, Findings findings) {
        this.catalog = catalog;
        this.findings = findings;
    }

    Spread inserted(Table table) {
        return spread(table, new Cause(false, Set.of()), Set.of());
    }

    Spread deleted(Table table) {
        return spread(table, new Cause(true, Set.of()), Set.of());
    }

    /** Columns of existing rows get other values, those that the database alters by itself included. */
    Spread updated(Table table, Set<String> columns) {
        return spread(table, new Cause(false, columns), Set.of());
    }

    /** Tables that TRUNCATE CASCADE empties, beside those named. */
    Set<Table> truncated(Set<Table> named) {
        Set<Table> all = new LinkedHashSet<>(named);
        List<Table> open = new ArrayList<>(named);
        while (!open.isEmpty()) {
            Table table = open.remove(open.size() - 1);
            if (table.is(Trait.INHERITANCE)) {
                findings.sideEffects("empties " + table.name() + " and what refers to its partitions or children");
            }
            for (Reference reference : table.foreignKeys()) {
                Table child = child(reference);
                if (child != null && all.add(child)) {
                    open.add(child);
                }
            }
        }
        return all;
    }

    /** The columns in which an INSERT or UPDATE may store something that no statement said. */
    Set<String> altered(Table table) {
        TriggerEffects effects = catalog.triggerEffects(table.name());
        boolean triggers = table.is(Trait.ALTERING_TRIGGERS);
        Set<String> columns = new HashSet<>();
        for (Column column : table.columns()) {
            Set<String> declared = effects == null ? null : effects.columns();
            if (column.computed() || triggers && (declared == null || declared.contains(column.name()))) {
                columns.add(column.name());
            }
        }
        return columns;
    }

    /** Whether it can be told what a change of the table changes. Otherwise the reason is kept. */
    boolean isSure(Table table) {
        String why = sideEffects(table);
        if (why != null) {
            findings.sideEffects("changes " + table.name() + ", which " + why);
        }
        return why == null;
    }

    private @Nullable String sideEffects(Table table) {
        if (table.is(Trait.RULES)) {
            return "has rules";
        }
        if (table.is(Trait.TRIGGERS) && catalog.triggerEffects(table.name()) == null) {
            return "has triggers or rules";
        }
        if (table.is(Trait.VIEW) || table.is(Trait.MATERIALIZED_VIEW)) {
            return "is a view";
        }
        if (table.is(Trait.FOREIGN)) {
            return "is a foreign table";
        }
        if (table.is(Trait.SYSTEM)) {
            return "is a table of the database's own catalog";
        }
        return table.is(Trait.OTHER) ? "is of a kind that is not understood" : null;
    }

    private Spread spread(Table table, Cause cause, Set<Step> path) {
        Set<Step> deeper = new HashSet<>(path);
        deeper.add(new Step(table.name(), cause));
        Set<TableName> anything = new LinkedHashSet<>();
        reachFamily(table, anything);
        reachEffects(table, anything);
        List<Branch> found = new ArrayList<>();
        for (Reference reference : table.foreignKeys()) {
            Action action = action(reference, cause);
            Table child = action.spreads() ? child(reference) : null;
            if (child != null) {
                branch(reference, table, child, cause.delete(), deeper, found, anything);
            }
        }
        boolean triggered = anything.stream().anyMatch(this::isTriggered)
                || found.stream()
                        .anyMatch(branch -> isTriggered(branch.child().name())
                                || branch.afterDelete().triggered()
                                || branch.afterUpdate().triggered());
        return found.isEmpty() && anything.isEmpty() ? Spread.NONE : new Spread(found, anything, triggered);
    }

    private boolean isTriggered(TableName name) {
        Table table = catalog.table(name);
        return table == null || table.is(Trait.TRIGGERS);
    }

    private static Action action(Reference reference, Cause cause) {
        if (cause.delete()) {
            return reference.onDelete();
        }
        boolean touched = reference.columns().stream().anyMatch(cause.updated()::contains);
        return touched ? reference.onUpdate() : Action.NONE;
    }

    private @Nullable Table child(Reference reference) {
        Table child = catalog.table(reference.child());
        if (child == null) {
            findings.sideEffects("spreads to " + reference.child() + ", which is not known");
        }
        return child != null && isSure(child) ? child : null;
    }

    private void branch(
            Reference reference,
            Table parent,
            Table child,
            boolean onDelete,
            Set<Step> path,
            List<Branch> found,
            Set<TableName> anything) {
        Action action = onDelete ? reference.onDelete() : reference.onUpdate();
        boolean deletes = onDelete && action == Action.CASCADE || action == Action.UNKNOWN;
        boolean updates = !onDelete || action != Action.CASCADE;
        Set<String> written = new HashSet<>(altered(child));
        boolean some = onDelete && action != Action.UNKNOWN;
        written.addAll(some ? reference.set() : reference.childColumns());
        Cause delete = new Cause(true, Set.of());
        Cause update = new Cause(false, written);
        branches++;
        boolean cycle = deletes && path.contains(new Step(child.name(), delete))
                || updates && path.contains(new Step(child.name(), update));
        if (cycle || branches > MAX_BRANCHES) {
            reach(child, anything);
            return;
        }
        Spread afterDelete = deletes ? spread(child, delete, path) : Spread.NONE;
        Spread afterUpdate = updates ? spread(child, update, path) : Spread.NONE;
        found.add(new Branch(reference, parent, child, onDelete, action, written, afterDelete, afterUpdate));
    }

    // ---- any row

    /** Any row of the table may change, and whatever that brings with it. */
    Set<TableName> anything(Table table) {
        Set<TableName> reached = new LinkedHashSet<>();
        reach(table, reached);
        return reached;
    }

    private void reach(Table table, Set<TableName> reached) {
        if (reached.add(table.name())) {
            reachBeyond(table, reached);
            reachFamily(table, reached);
        }
    }

    private void reachBeyond(Table table, Set<TableName> reached) {
        for (Reference reference : table.foreignKeys()) {
            boolean spreads =
                    reference.onDelete().spreads() || reference.onUpdate().spreads();
            Table child = spreads ? child(reference) : null;
            if (child != null) {
                reach(child, reached);
            }
        }
        reachEffects(table, reached);
    }

    private void reachEffects(Table table, Set<TableName> reached) {
        TriggerEffects effects = table.is(Trait.TRIGGERS) ? catalog.triggerEffects(table.name()) : null;
        if (effects == null) {
            return;
        }
        for (TableName name : effects.tables()) {
            Table other = catalog.table(name);
            if (other == null) {
                findings.sideEffects("triggers of " + table.name() + " change " + name + ", which is not known");
            } else if (isSure(other)) {
                reach(other, reached);
            }
        }
    }

    /** A change of a table with children changes rows of these, and fires their triggers; and a child's rows are its parents'. */
    private void reachFamily(Table table, Set<TableName> reached) {
        for (TableName name : table.overlaps()) {
            Table relative = catalog.table(name);
            if (relative == null) {
                findings.sideEffects("changes " + table.name() + ", and maybe " + name + ", which is not known");
            } else if (isSure(relative) && reached.add(name)) {
                reachBeyond(relative, reached);
            }
        }
    }
}
