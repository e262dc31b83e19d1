package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Operand;
import dev.staleless.sql.tree.Name;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.Statement;
import dev.staleless.sql.tree.TableRef;
import dev.staleless.sql.tree.With;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a change can do to which rows. Anything it does not understand makes the event say less, never nothing; a target
 * whose effects cannot be told (triggers, views, partitions) is a side effect of the whole statement.
 */
final class ChangeAnalysis {

    private final Catalog catalog;
    private final Findings findings;
    private final List<EventTemplate> events = new ArrayList<>();
    private final ForeignKeys foreignKeys;

    ChangeAnalysis(Catalog catalog, Findings findings) {
        this.catalog = catalog;
        this.findings = findings;
        this.foreignKeys = new ForeignKeys(catalog, findings, events);
    }

    List<EventTemplate> events() {
        return events;
    }

    /** Analyses a change, and those in its WITH. */
    void change(Statement.Dml change, CteScope ctes) {
        if (change instanceof Statement.Insert insert) {
            ChangeTarget target = target(insert.target(), insert.with(), ctes);
            if (target != null) {
                insert(insert, target);
            }
        } else if (change instanceof Statement.Update update) {
            ChangeTarget target = target(update.target(), update.with(), ctes);
            if (target != null) {
                update(update, target);
            }
        } else if (change instanceof Statement.Delete delete) {
            ChangeTarget target = target(delete.target(), delete.with(), ctes);
            if (target != null) {
                delete(delete, target);
            }
        } else if (change instanceof Statement.Truncate truncate) {
            truncate(truncate);
        } else if (change instanceof Statement.Merge merge) {
            ChangeTarget target = target(merge.target(), merge.with(), ctes);
            if (target != null) {
                merge(merge, target);
            }
        }
    }

    /** The changes found in a query's common table expressions. */
    void nested(QueryAnalysis queries) {
        queries.changes().forEach(nested -> change(nested.change(), nested.ctes()));
    }

    /** The table that is changed; null if the whole statement counts as a change of everything. */
    private @Nullable Table table(TableRef.Table ref) {
        Table table = Tables.resolve(ref.name(), catalog);
        if (table == null) {
            findings.sideEffects("changes " + Name.join(ref.name()) + ", which is not known");
            return null;
        }
        return foreignKeys.isSure(table) ? table : null;
    }

    private @Nullable ChangeTarget target(TableRef.Table ref, @Nullable With with, CteScope ctes) {
        Table table = table(ref);
        if (table == null) {
            return null;
        }
        TableRef.Alias alias = ref.alias();
        String name = alias == null
                ? ref.name().get(ref.name().size() - 1).text()
                : alias.name().text();
        QueryAnalysis queries = new QueryAnalysis(catalog, findings);
        Scope scope = new Scope(null);
        scope.add(queries.declare(name, table));
        CteScope visible = with == null ? ctes : queries.with(with, null, ctes);
        return new ChangeTarget(table, queries, scope, visible);
    }

    private void returning(List<Query.Item> items, ChangeTarget target) {
        target.checkAll(items);
        nested(target.queries());
    }

    // ---- INSERT

    private void insert(Statement.Insert insert, ChangeTarget target) {
        target.checkAll(insert.columns());
        if (insert.source() != null) {
            target.query(insert.source());
        }
        List<Map<String, Operand>> rows = new InsertedRows(target.table(), insert).rows();
        rows.forEach(row -> events.add(new EventTemplate.Insert(target.table(), row)));
        Statement.OnConflict conflict = insert.onConflict();
        if (conflict != null) {
            conflict(conflict, rows, target);
        }
        returning(insert.returning(), target);
    }

    private void conflict(Statement.OnConflict conflict, List<Map<String, Operand>> rows, ChangeTarget target) {
        conflict.keys().forEach(target::check);
        target.check(conflict.keysWhere());
        if (conflict.assignments().isEmpty()) {
            return;
        }
        target.scope().add(new Source.Other("excluded", null));
        target.checkAll(conflict.assignments());
        target.check(conflict.where());
        for (Map<String, Operand> row : rows) {
            ConflictingRow existing = new ConflictingRow(target, conflict, row);
            update(target.table(), existing.conditions(), existing.assigned());
        }
    }

    // ---- UPDATE and DELETE

    private void update(Statement.Update update, ChangeTarget target) {
        target.from(update.from());
        target.checkAll(update.assignments());
        target.check(update.where());
        Map<String, Operand> assigned = Assignments.of(target.table(), update.assignments(), target.scope());
        update(target.table(), target.conditions(update.where()), assigned);
        returning(update.returning(), target);
    }

    private void update(Table table, List<Condition> conditions, Map<String, Operand> assigned) {
        events.add(new EventTemplate.Update(table, conditions, assigned));
        foreignKeys.updated(table, conditions, assigned);
    }

    private void delete(Statement.Delete delete, ChangeTarget target) {
        target.from(delete.using());
        target.check(delete.where());
        List<Condition> conditions = target.conditions(delete.where());
        events.add(new EventTemplate.Delete(target.table(), conditions));
        foreignKeys.deleted(target.table(), conditions);
        returning(delete.returning(), target);
    }

    // ---- TRUNCATE and MERGE

    private void truncate(Statement.Truncate truncate) {
        if (truncate.cascade()) {
            findings.sideEffects("TRUNCATE CASCADE");
            return;
        }
        for (TableRef.Table ref : truncate.tables()) {
            Table table = table(ref);
            if (table != null) {
                events.add(new EventTemplate.Fixed(ChangeEvent.truncate(table.name())));
            }
        }
    }

    private void merge(Statement.Merge merge, ChangeTarget target) {
        target.from(List.of(merge.source()));
        target.check(merge.on());
        target.checkAll(merge.whens());
        events.add(new EventTemplate.Fixed(ChangeEvent.any(target.table().name())));
        foreignKeys.anything(target.table());
        returning(merge.returning(), target);
    }
}
