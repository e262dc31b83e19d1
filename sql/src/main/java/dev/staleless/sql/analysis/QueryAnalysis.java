package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Table;
import dev.staleless.sql.SqlDialect;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Name;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.Statement;
import dev.staleless.sql.tree.TableRef;
import dev.staleless.sql.tree.Window;
import dev.staleless.sql.tree.With;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds every occurrence of a table in a query, block by block, wherever the block stands, with the conditions that hold for
 * the rows of it that can take part. A block restricts the rows of its own FROM only: what a block around it demands of a
 * derived table's columns is not carried into it, and a sub-query's references to blocks around it are unknown values in its
 * conditions, unless the block around it holds them equal to constants. HAVING and FILTER restrict groups, not rows, and so nothing.
 */
final class QueryAnalysis {

    /** Views on views can name each other's tables any number of times. */
    private static final int MAX_OCCURRENCES = 500;

    private final Catalog catalog;
    private final SqlDialect dialect;
    private final Findings findings;
    private final ExpressionCheck expressions;
    private final List<TableOccurrence> occurrences;
    private final Set<String> aliases = new HashSet<>();
    private final TableOccurrence.@Nullable ReadNames names;
    private final Map<Query.Select, Scope> scopes = new IdentityHashMap<>();
    private final List<NestedChange> changes = new ArrayList<>();

    /** A change in a common table expression, and what it can name. */
    record NestedChange(Statement.Dml change, CteScope ctes) {}

    QueryAnalysis(Catalog catalog, SqlDialect dialect, Findings findings) {
        this.catalog = catalog;
        this.dialect = dialect;
        this.findings = findings;
        this.occurrences = new ArrayList<>();
        this.names = null;
        this.expressions = new ExpressionCheck(catalog, findings, this);
    }

    /** Of a view in the query that {@code around} analyses. */
    private QueryAnalysis(QueryAnalysis around, Identifiers identifiers) {
        this.catalog = Views.catalog(around.catalog);
        this.dialect = around.dialect;
        this.findings = around.findings;
        this.occurrences = around.occurrences;
        this.names = new TableOccurrence.ReadNames(identifiers, aliases);
        this.expressions = new ExpressionCheck(catalog, findings, this);
    }

    SqlDialect dialect() {
        return dialect;
    }

    List<TableOccurrence> occurrences() {
        return occurrences;
    }

    /** The aliases of everything that stands in a FROM. */
    Set<String> aliases() {
        return aliases;
    }

    /** The changes in common table expressions. */
    List<NestedChange> changes() {
        return changes;
    }

    ExpressionCheck expressions() {
        return expressions;
    }

    // ---- queries

    /**
     * Analyses a query.
     *
     * @param outer what its expressions can name beside its own FROM
     * @return the scope of its only block, null for several
     */
    @Nullable
    Scope query(Query query, @Nullable Scope outer, CteScope ctes) {
        CteScope visible = query.with() == null ? ctes : with(query.with(), outer, ctes);
        if (!query.locking().isEmpty()) {
            findings.uncacheable("locks rows");
        }
        Scope scope = body(query.body(), outer, visible);
        Scope names = scope == null ? new Scope(outer) : scope;
        query.orderBy().forEach(item -> expressions.check(item.expr(), names, visible));
        checkCount(query.limit(), names, visible);
        checkCount(query.offset(), names, visible);
        return scope;
    }

    private void check(@Nullable Expr expr, Scope scope, CteScope ctes) {
        if (expr != null) {
            expressions.check(expr, scope, ctes);
        }
    }

    private void checkCount(@Nullable Expr expr, Scope scope, CteScope ctes) {
        if (expr != null) {
            expressions.clocks().harmless(expr);
            expressions.check(expr, scope, ctes);
        }
    }

    CteScope with(With with, @Nullable Scope outer, CteScope ctes) {
        CteScope visible = ctes.nested();
        if (with.recursive()) {
            with.ctes().forEach(cte -> visible.add(cte.name().text(), ResultColumns.of(cte)));
        }
        for (With.Cte cte : with.ctes()) {
            aliases.add(cte.name().text());
            if (cte.statement() instanceof Query query) {
                // without RECURSIVE its own name still means a table
                query(query, outer, visible);
            } else {
                findings.uncacheable("changes rows");
                changes.add(new NestedChange((Statement.Dml) cte.statement(), visible));
            }
            visible.add(cte.name().text(), ResultColumns.of(cte));
        }
        return visible;
    }

    private @Nullable Scope body(Query.Body body, @Nullable Scope outer, CteScope ctes) {
        if (body instanceof Query.Select select) {
            return select(select, outer, ctes);
        }
        if (body instanceof Query.SetOperation operation) {
            query(operation.left(), outer, ctes);
            query(operation.right(), outer, ctes);
            return null;
        }
        Scope scope = new Scope(outer);
        if (body instanceof Query.Values values) {
            values.rows().forEach(row -> expressions.check(row, scope, ctes));
            return null;
        }
        FromItem item = from(((Query.Whole) body).table(), scope, ctes);
        readWhole(item.sources());
        return null;
    }

    private Scope select(Query.Select select, @Nullable Scope outer, CteScope ctes) {
        Scope scope = new Scope(outer);
        if (select.into() != null) {
            findings.definesTable();
        }
        List<FromItem> items = new ArrayList<>();
        select.from().forEach(ref -> items.add(from(ref, scope, ctes)));
        items.forEach(item -> JoinConditions.assign(item, select.where(), scope, occurrences));
        keep(select, items, scope);
        scope.know(Conditions.all(select.where(), scope));
        for (Query.Item item : select.items()) {
            if (item.expr() instanceof Expr.Star star && star.qualifier().isEmpty()) {
                items.forEach(from -> readWhole(from.sources()));
            } else {
                expressions.check(item.expr(), scope, ctes);
            }
        }
        select.distinctOn().forEach(expr -> expressions.check(expr, scope, ctes));
        check(select.where(), scope, ctes);
        select.groupBy().forEach(expr -> expressions.check(expr, scope, ctes));
        check(select.having(), scope, ctes);
        for (Window.Named named : select.windows()) {
            expressions.checkChildren(named, scope, ctes);
        }
        return scope;
    }

    private void keep(Query.Select select, List<FromItem> items, Scope scope) {
        scopes.put(select, scope);
        for (FromItem item : items) {
            for (Source source : item.sources()) {
                if (source instanceof Source.Base base) {
                    occurrences.get(base.index()).block = scope;
                }
            }
        }
    }

    /** What the expressions of a block can name; null if it was not looked at. */
    @Nullable
    Scope scope(Query.Select select) {
        return scopes.get(select);
    }

    private void readWhole(List<Source> sources) {
        for (Source source : sources) {
            if (source instanceof Source.Base base) {
                occurrences.get(base.index()).readWhole();
            }
        }
    }

    // ---- FROM

    /**
     * A part of FROM whose sources are known.
     *
     * @param sources in it
     * @param on what ON of a join can name: the two sides and the blocks around, not what stands beside the join; null if
     *     this is no join
     */
    record FromItem(
            TableRef ref,
            List<Source> sources,
            @Nullable Scope on,
            @Nullable FromItem left,
            @Nullable FromItem right) {

        /** Whether a table occurrence is in it. */
        boolean contains(int index) {
            return sources.stream().anyMatch(source -> source instanceof Source.Base base && base.index() == index);
        }
    }

    FromItem from(TableRef ref, Scope scope, CteScope ctes) {
        if (ref instanceof TableRef.Table table) {
            return table(table, scope, ctes);
        }
        if (ref instanceof TableRef.Derived derived) {
            query(derived.query(), derived.lateral() ? scope : scope.outer(), ctes);
            return other(derived, derived.alias(), ResultColumns.of(derived.query()), scope);
        }
        if (ref instanceof TableRef.Function function) {
            function.calls().forEach(call -> expressions.check(call, scope, ctes));
            return other(function, function.alias(), null, scope);
        }
        return join((TableRef.Join) ref, scope, ctes);
    }

    private FromItem other(TableRef ref, TableRef.@Nullable Alias alias, @Nullable Set<String> columns, Scope scope) {
        String name = alias == null ? "" : alias.name().text();
        boolean renamed = alias != null && !alias.columns().isEmpty();
        Source source = new Source.Other(name, renamed ? null : columns);
        scope.add(source);
        if (!name.isEmpty()) {
            aliases.add(name);
        }
        return new FromItem(ref, List.of(source), null, null, null);
    }

    private FromItem table(TableRef.Table ref, Scope scope, CteScope ctes) {
        if (ref.sample() != null) {
            findings.uncacheable("TABLESAMPLE");
            expressions.checkChildren(ref, scope, ctes);
        }
        String name = ref.name().get(ref.name().size() - 1).text();
        TableRef.Alias alias = ref.alias();
        if (ref.name().size() == 1 && ctes.contains(name)) {
            if (dialect == SqlDialect.H2 && catalog.resolve(null, name) != null) {
                findings.uncacheable("a table and a common table expression are both called " + name);
            }
            TableRef.Alias shown = alias == null ? new TableRef.Alias(ref.name().get(0), List.of()) : alias;
            return other(ref, shown, ctes.columns(name), scope);
        }
        Table table = Tables.resolve(ref.name(), catalog);
        String shown = alias == null ? name : alias.name().text();
        if (table == null) {
            findings.uncacheable("table " + Name.join(ref.name()) + " is not known");
            return other(ref, new TableRef.Alias(new Name(shown, true), List.of()), null, scope);
        }
        if (table.is(Table.Trait.VIEW) && table.definition() != null) {
            return view(ref, shown, table, scope);
        }
        String why = Tables.uncacheable(table);
        if (why != null) {
            findings.uncacheable(why);
        }
        TableOccurrence occurrence = add(shown, table);
        boolean renamed = alias != null && !alias.columns().isEmpty();
        if (renamed || table.is(Table.Trait.PARTITION)) {
            occurrence.readWhole();
        }
        Source source = new Source.Base(occurrence.index, shown, table, renamed);
        scope.add(source);
        return new FromItem(ref, List.of(source), null, null, null);
    }

    /**
     * A view stands for its query, in which nothing of the statement around it can be named. It is not told by the names in the
     * statement what the view reads: it reads what its own text names.
     */
    private FromItem view(TableRef.Table ref, String shown, Table view, Scope scope) {
        Views.Definition definition = Views.definition(view, dialect);
        if (definition == null || occurrences.size() > MAX_OCCURRENCES) {
            findings.uncacheable(view.name() + " is a view that is not understood");
            if (definition != null || !Views.isReadOnly(view, catalog, dialect)) {
                findings.sideEffects("reads " + view.name() + ", a view that may call a function which writes");
            }
        } else {
            new QueryAnalysis(this, definition.identifiers()).query(definition.query(), null, CteScope.NONE);
        }
        TableRef.Alias alias = ref.alias();
        List<Name> renamed = alias == null ? List.of() : alias.columns();
        Set<String> columns = new HashSet<>();
        view.columns().forEach(column -> columns.add(column.name()));
        return other(ref, new TableRef.Alias(new Name(shown, true), renamed), columns, scope);
    }

    /** Adds a table that stands in no FROM: the target of a change. */
    Source.Base declare(String alias, Table table) {
        return new Source.Base(add(alias, table).index, alias, table, false);
    }

    private TableOccurrence add(String alias, Table table) {
        TableOccurrence occurrence = new TableOccurrence(occurrences.size(), alias, table, names);
        occurrences.add(occurrence);
        aliases.add(alias);
        return occurrence;
    }

    private FromItem join(TableRef.Join join, Scope scope, CteScope ctes) {
        FromItem left = from(join.left(), scope, ctes);
        FromItem right = from(join.right(), scope, ctes);
        Scope on = new Scope(scope.outer());
        left.sources().forEach(on::add);
        right.sources().forEach(on::add);
        check(join.on(), on, ctes);
        List<Source> sources = new ArrayList<>(on.sources());
        if (join.natural()) {
            readWhole(sources);
        }
        TableRef.Alias alias = join.alias();
        Name usingAlias = join.usingAlias();
        if (alias != null || usingAlias != null) {
            readWhole(sources);
            Source source = new Source.Other(
                    alias == null ? String.valueOf(usingAlias) : alias.name().text(), null);
            if (alias != null) {
                scope.hide(sources);
            }
            scope.add(source);
            sources.add(source);
        }
        return new FromItem(join, sources, on, left, right);
    }
}
