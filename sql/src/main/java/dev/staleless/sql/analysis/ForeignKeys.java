package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.Table.Reference;
import dev.staleless.core.catalog.Table.Trait;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Operand;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows a change over foreign keys to the tables it spreads to (CASCADE, SET NULL, SET DEFAULT), and from those on. Which of
 * the three it is does not matter: rows of the child may go, or their referring columns may change.
 */
final class ForeignKeys {

    private final Catalog catalog;
    private final Findings findings;
    private final List<EventTemplate> events;
    private boolean familyFollowed;

    ForeignKeys(Catalog catalog, Findings findings, List<EventTemplate> events) {
        this.catalog = catalog;
        this.findings = findings;
        this.events = events;
    }

    /** Whether a change of the table changes nothing but itself and what its foreign keys say. Otherwise the reason is kept. */
    boolean isSure(Table table) {
        String why = sideEffects(table);
        if (why != null) {
            findings.sideEffects("changes " + table.name() + ", which " + why);
        } else if (table.is(Trait.INHERITANCE)) {
            return family(table);
        }
        return why == null;
    }

    private static @Nullable String sideEffects(Table table) {
        if (table.is(Trait.TRIGGERS)) {
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

    /**
     * A change of a table with partitions or children changes rows of these, and fires their triggers. Which tables belong
     * together is not known, so it counts as a change of all tables that have partitions or children, or are one.
     */
    private boolean family(Table table) {
        if (familyFollowed) {
            return true;
        }
        familyFollowed = true;
        for (Table relative : catalog.tables()) {
            if (!relative.is(Trait.INHERITANCE)) {
                continue;
            }
            String why = sideEffects(relative);
            if (why != null) {
                findings.sideEffects("changes " + table.name() + ", and maybe " + relative.name() + ", which " + why);
                return false;
            }
            events.add(new EventTemplate.Fixed(ChangeEvent.any(relative.name())));
            anything(relative);
        }
        return true;
    }

    /** Rows that meet the conditions are deleted. */
    void deleted(Table table, List<Condition> conditions) {
        for (Reference reference : table.foreignKeys()) {
            if (reference.onDelete().spreads()) {
                spread(reference, conditions, table);
            }
        }
    }

    /** Rows that meet the conditions get other values. */
    void updated(Table table, List<Condition> conditions, Map<String, Operand> assigned) {
        for (Reference reference : table.foreignKeys()) {
            boolean touched = reference.columns().stream().anyMatch(assigned::containsKey);
            if (reference.onUpdate().spreads() && touched) {
                spread(reference, conditions, table);
            }
        }
    }

    /** Anything may have happened to the table. */
    void anything(Table table) {
        follow(table, new HashSet<>(Set.of(table.name())));
    }

    /**
     * The child's rows that refer to a changed row have its old key: PostgreSQL finds them by it. They may go, or get another
     * reference; what follows from that for tables that refer to the child is not looked at closely.
     */
    private void spread(Reference reference, List<Condition> conditions, Table parent) {
        Table child = catalog.table(reference.child());
        if (child == null) {
            findings.sideEffects("spreads to " + reference.child() + ", which is not known");
            return;
        }
        if (!isSure(child)) {
            return;
        }
        List<Condition> inherited = new ChildConditions(reference, child, parent).of(conditions);
        Map<String, Operand> assigned = new HashMap<>();
        reference.childColumns().forEach(column -> assigned.put(column, Operand.UNKNOWN));
        for (Column column : child.columns()) {
            if (column.computed()) {
                assigned.put(column.name(), Operand.UNKNOWN);
            }
        }
        events.add(new EventTemplate.Delete(child, inherited));
        events.add(new EventTemplate.Update(child, inherited, assigned));
        follow(child, new HashSet<>());
    }

    private void follow(Table table, Set<TableName> seen) {
        for (Reference reference : table.foreignKeys()) {
            if (!reference.onDelete().spreads() && !reference.onUpdate().spreads()) {
                continue;
            }
            Table child = catalog.table(reference.child());
            if (child == null) {
                findings.sideEffects("spreads to " + reference.child() + ", which is not known");
            } else if (seen.add(child.name()) && isSure(child)) {
                events.add(new EventTemplate.Fixed(ChangeEvent.any(child.name())));
                follow(child, seen);
            }
        }
    }
}
