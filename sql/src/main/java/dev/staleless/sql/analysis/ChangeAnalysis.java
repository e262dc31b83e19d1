package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Operand;
import dev.staleless.sql.SqlDialect;
import dev.staleless.sql.lex.Token;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Name;
import dev.staleless.sql.tree.Node;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.Statement;
import dev.staleless.sql.tree.TableRef;
import dev.staleless.sql.tree.With;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a change can do to which rows. Anything it does not understand makes the event say less, never nothing; a target
 * whose effects cannot be told (triggers, views) is a side effect of the whole statement.
 */
final class ChangeAnalysis {

    private final Catalog catalog;
    private final SqlDialect dialect;
    private final Findings findings;
    private final List<Effect> effects = new ArrayList<>();
    private final Spreading spreading;
    private int changes;

    ChangeAnalysis(Catalog catalog, SqlDialect dialect, Findings findings) {
        this.catalog = catalog;
        this.dialect = dialect;
        this.findings = findings;
        this.spreading = new Spreading(catalog, findings);
    }

    List<Effect> effects() {
        return effects;
    }

    /** The statement, as one that changes rows of one table and nothing beside it; null if it is not. */
    @Nullable
    SingleChange single(Statement.Dml statement, List<Token> tokens, String text, SqlDialect dialect) {
        TableRef.Table target = target(statement);
        Table table = target == null || changes != 1 ? null : Tables.resolve(target.name(), catalog);
        if (target == null || table == null || Tables.isOfSession(table)) {
            return null;
        }
        CascadedRows cascaded =
                statement instanceof Statement.Delete ? CascadedRows.of(table, catalog, spreading) : null;
        return new SingleChange(statement, target, table, tokens, text, dialect, cascaded);
    }

    private static TableRef.@Nullable Table target(Statement.Dml statement) {
        if (statement instanceof Statement.Insert insert) {
            return insert.target();
        } else if (statement instanceof Statement.Update update) {
            return update.target();
        } else if (statement instanceof Statement.Delete delete) {
            return delete.target();
        }
        return statement instanceof Statement.Merge merge ? merge.target() : null;
    }

    /** Analyses a change, and those in its WITH. */
    void change(Statement.Dml change, CteScope ctes) {
        changes++;
        TableRef.Table named = target(change);
        Table own = named == null ? null : Tables.resolve(named.name(), catalog);
        if (named != null && own != null && Tables.isOfSession(own)) {
            changeOfSession(change, named, own, ctes);
            return;
        }
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
        } else if (change instanceof Statement.Limited limited) {
            change(limited.change(), ctes);
            checkAll(new QueryAnalysis(catalog, dialect, findings), limited.limits(), Scope.outermost(dialect), ctes);
        } else if (change instanceof Statement.Coarse coarse) {
            coarse(coarse, ctes);
        } else if (change instanceof Statement.Truncate truncate) {
            truncate(truncate);
        } else if (change instanceof Statement.Merge merge) {
            ChangeTarget target = target(merge.target(), merge.with(), ctes);
            if (target != null) {
                merge(merge, target);
            }
        }
    }

    /** Changes a table that nobody else sees. What its expressions call may still write elsewhere. */
    private void changeOfSession(Statement.Dml change, TableRef.Table named, Table own, CteScope ctes) {
        QueryAnalysis queries = new QueryAnalysis(catalog, dialect, findings);
        Scope scope = Scope.outermost(dialect);
        TableRef.Alias alias = named.alias();
        String name = alias == null
                ? named.name().get(named.name().size() - 1).text()
                : alias.name().text();
        scope.add(new Source.Other(name, null));
        if (change instanceof Statement.Insert insert && insert.onConflict() == null) {
            CteScope visible = insert.with() == null ? ctes : queries.with(insert.with(), null, ctes);
            if (insert.source() != null) {
                queries.query(insert.source(), null, visible);
            }
            checkAll(queries, List.copyOf(insert.returning()), scope, visible);
        } else if (change instanceof Statement.Update update) {
            CteScope visible = update.with() == null ? ctes : queries.with(update.with(), null, ctes);
            update.from().forEach(ref -> queries.from(ref, scope, visible));
            checkAll(queries, List.copyOf(update.assignments()), scope, visible);
            checkAll(queries, update.where() == null ? List.of() : List.of(update.where()), scope, visible);
            checkAll(queries, List.copyOf(update.returning()), scope, visible);
        } else if (change instanceof Statement.Delete delete) {
            CteScope visible = delete.with() == null ? ctes : queries.with(delete.with(), null, ctes);
            delete.using().forEach(ref -> queries.from(ref, scope, visible));
            checkAll(queries, delete.where() == null ? List.of() : List.of(delete.where()), scope, visible);
            checkAll(queries, List.copyOf(delete.returning()), scope, visible);
        } else {
            findings.sideEffects("changes " + name + ", a temporary table, in a way that is not understood");
        }
        nested(queries);
        EventTemplate nobodys = new EventTemplate.Fixed(ChangeEvent.any(own.name()));
        effects.add(new Effect(nobodys, Spread.NONE));
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
        return spreading.isSure(table) ? table : null;
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
        QueryAnalysis queries = new QueryAnalysis(catalog, dialect, findings);
        Scope scope = Scope.outermost(dialect);
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
        List<Map<String, Operand>> rows =
                new InsertedRows(target.table(), insert, spreading.altered(target.table())).rows();
        rows.forEach(row -> inserted(target.table(), row));
        Statement.OnConflict conflict = insert.onConflict();
        if (conflict != null) {
            conflict(conflict, rows, target);
        }
        returning(insert.returning(), target);
    }

    private void inserted(Table table, Map<String, Operand> row) {
        effects.add(new Effect(new EventTemplate.Insert(table, row), spreading.inserted(table)));
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
            updated(target.table(), existing.conditions(), existing.assigned());
        }
    }

    /** Rows come of which nothing is known. */
    void copied(Table table) {
        if (spreading.isSure(table)) {
            inserted(table, Map.of());
        }
    }

    // ---- UPDATE and DELETE

    private void update(Statement.Update update, ChangeTarget target) {
        target.from(update.from());
        target.checkAll(update.assignments());
        target.check(update.where());
        Map<String, Operand> assigned = Assignments.of(target.table(), update.assignments(), target.scope());
        updated(target.table(), target.conditions(update.where()), assigned);
        returning(update.returning(), target);
    }

    private void updated(Table table, List<Condition> conditions, Map<String, Operand> assigned) {
        Map<String, Operand> written = new HashMap<>(assigned);
        spreading.altered(table).forEach(column -> written.put(column, Operand.UNKNOWN));
        effects.add(new Effect(
                new EventTemplate.Update(table, conditions, written), spreading.updated(table, written.keySet())));
    }

    private void delete(Statement.Delete delete, ChangeTarget target) {
        target.from(delete.using());
        target.check(delete.where());
        deleted(target.table(), target.conditions(delete.where()));
        returning(delete.returning(), target);
    }

    private void deleted(Table table, List<Condition> conditions) {
        effects.add(new Effect(new EventTemplate.Delete(table, conditions), spreading.deleted(table)));
    }

    // ---- changes of any rows

    private void coarse(Statement.Coarse change, CteScope ctes) {
        QueryAnalysis queries = new QueryAnalysis(catalog, dialect, findings);
        Scope scope = Scope.outermost(dialect);
        CteScope visible = change.with() == null ? ctes : queries.with(change.with(), null, ctes);
        change.from().forEach(ref -> queries.from(ref, scope, visible));
        checkAll(queries, change.parts(), scope, visible);
        nested(queries);
        for (TableRef.Table ref : change.targets()) {
            Table table = table(ref);
            if (table != null) {
                anything(table);
            }
        }
    }

    private static void checkAll(QueryAnalysis queries, List<Node> parts, Scope scope, CteScope ctes) {
        for (Node part : parts) {
            if (part instanceof Expr expr) {
                queries.expressions().check(expr, scope, ctes);
            } else if (part instanceof Query query) {
                queries.query(query, null, ctes);
            } else {
                queries.expressions().checkChildren(part, scope, ctes);
            }
        }
    }

    /** Any row goes, comes, or gets other values. */
    private void anything(Table table) {
        Map<String, Operand> all = new HashMap<>();
        table.columns().forEach(column -> all.put(column.name(), Operand.UNKNOWN));
        deleted(table, List.of());
        updated(table, List.of(), all);
        inserted(table, all);
    }

    // ---- TRUNCATE and MERGE

    private void truncate(Statement.Truncate truncate) {
        Set<Table> tables = new LinkedHashSet<>();
        for (TableRef.Table ref : truncate.tables()) {
            Table table = table(ref);
            if (table != null) {
                tables.add(table);
            }
        }
        for (Table table : truncate.cascade() ? spreading.truncated(tables) : tables) {
            EventTemplate event = new EventTemplate.Fixed(ChangeEvent.truncate(table.name()));
            effects.add(new Effect(event, spreading.inserted(table)));
        }
    }

    /**
     * A row that is matched meets ON and the clause's own condition. Both are checked again on the version that is locked, as
     * WHERE is: the manual, 13.2.1, says so of MERGE.
     */
    private void merge(Statement.Merge merge, ChangeTarget target) {
        target.from(List.of(merge.source()));
        target.check(merge.on());
        target.checkAll(merge.whens());
        if (dialect != SqlDialect.POSTGRESQL) {
            // Whether the clauses' conditions are checked again on the locked row differs from version to version.
            EventTemplate any =
                    new EventTemplate.Fixed(ChangeEvent.any(target.table().name()));
            effects.add(new Effect(any, new Spread(List.of(), spreading.anything(target.table()), true)));
            returning(merge.returning(), target);
            return;
        }
        for (Statement.MergeWhen when : merge.whens()) {
            List<Condition> conditions =
                    new ArrayList<>(when.match().equals("matched") ? target.conditions(merge.on()) : List.of());
            conditions.addAll(target.conditions(when.condition()));
            switch (when.action()) {
                case "insert" ->
                    inserted(
                            target.table(),
                            InsertedRows.merged(target.table(), when, spreading.altered(target.table())));
                case "update" ->
                    updated(
                            target.table(),
                            conditions,
                            Assignments.of(target.table(), when.assignments(), target.scope()));
                case "delete" -> deleted(target.table(), conditions);
                default -> {} // DO NOTHING
            }
        }
        returning(merge.returning(), target);
    }
}
