package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.condition.Condition;
import dev.staleless.sql.SqlDialect;
import dev.staleless.sql.lex.Token;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Name;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.Statement;
import dev.staleless.sql.tree.TableRef;
import dev.staleless.sql.tree.Window;
import dev.staleless.sql.tree.With;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds every occurrence of a table in a query, block by block, wherever the block stands, with the conditions that hold for
 * the rows of it that can take part. A sub-query's references to blocks around it are unknown values in its conditions, unless what
 * the block around it demands of them can be told of the sub-query's own columns. FILTER restricts what an aggregate sees, and so
 * nothing.
 *
 * <p>Blocks are found from the inside out, and get their conditions from the outside in, when the whole query has been seen.
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
    private @Nullable NamedColumns named;
    private final List<NestedChange> changes = new ArrayList<>();

    /** All blocks, those within others first. */
    private final List<Block> blocks;

    private final Map<Query.Select, Scope> scopes = new IdentityHashMap<>();
    private final Map<Query, Subquery> analysed = new IdentityHashMap<>();
    private References references = References.NONE;
    private int depth;

    /** A change in a common table expression, and what it can name. */
    record NestedChange(Statement.Dml change, CteScope ctes) {}

    QueryAnalysis(Catalog catalog, SqlDialect dialect, Findings findings) {
        this.catalog = catalog;
        this.dialect = dialect;
        this.findings = findings;
        this.occurrences = new ArrayList<>();
        this.blocks = new ArrayList<>();
        this.names = null;
        this.expressions = new ExpressionCheck(catalog, dialect, findings, this);
    }

    /** Of a view in the query that {@code around} analyses. */
    private QueryAnalysis(QueryAnalysis around, Identifiers identifiers) {
        this.catalog = Views.catalog(around.catalog);
        this.dialect = around.dialect;
        this.findings = around.findings;
        this.occurrences = around.occurrences;
        this.blocks = around.blocks;
        this.names = new TableOccurrence.ReadNames(identifiers, aliases);
        this.expressions = new ExpressionCheck(catalog, dialect, findings, this);
    }

    /** Tells the text of the whole query: what it does not name of a view is not read. */
    void named(NamedColumns columns) {
        named = columns;
    }

    /** Whether a sub-query of an expression is looked at. */
    boolean isNested() {
        return depth > 1;
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
        boolean whole = depth == 0;
        if (whole) {
            references = References.in(query);
        }
        depth++;
        Subquery subquery = subquery(query, outer, ctes, false);
        depth--;
        if (whole) {
            assignAll();
        }
        return subquery.scope();
    }

    /** From the outside in: an outer block says what it demands of those within, which were found before it. */
    private void assignAll() {
        for (int i = blocks.size() - 1; i >= 0; i--) {
            blocks.get(i).assign();
        }
        blocks.clear();
    }

    /**
     * Analyses a query whose blocks get their conditions later.
     *
     * @param lateral whether it stands in FROM and names what stands beside it
     */
    private Subquery subquery(Query query, @Nullable Scope outer, CteScope ctes, boolean lateral) {
        int first = occurrences.size();
        CteScope visible = query.with() == null ? ctes : with(query.with(), outer, ctes);
        if (!query.locking().isEmpty()) {
            findings.uncacheable("locks rows");
        }
        List<Block> found = new ArrayList<>();
        Scope scope = body(query.body(), outer, visible, lateral, found);
        if (query.limit() != null || query.offset() != null) {
            found.forEach(Block::limit);
            findings.stopsEarly();
        }
        Scope names = scope == null ? scope(outer) : scope;
        query.orderBy().forEach(item -> expressions.check(item.expr(), names, visible));
        checkCount(query.limit(), names, visible);
        checkCount(query.offset(), names, visible);
        Subquery subquery = new Subquery(found, occurrences, first, scope);
        analysed.put(query, subquery);
        return subquery;
    }

    private Scope scope(@Nullable Scope outer) {
        return outer == null ? Scope.outermost(dialect) : new Scope(outer);
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
                Subquery subquery = nested(query, outer, visible, false);
                visible.add(cte.name().text(), ResultColumns.of(cte));
                if (depth > 0
                        && !with.recursive()
                        && cte.columns().isEmpty()
                        && references.isOnce(cte.name().text())) {
                    visible.define(cte.name().text(), subquery);
                }
            } else {
                findings.uncacheable("changes rows");
                changes.add(new NestedChange((Statement.Dml) cte.statement(), visible));
                visible.add(cte.name().text(), ResultColumns.of(cte));
            }
        }
        return visible;
    }

    /** Of a query that is not the whole statement; standing alone, where a change is analysed piece by piece, it is one. */
    private Subquery nested(Query query, @Nullable Scope outer, CteScope ctes, boolean lateral) {
        if (depth > 0) {
            return subquery(query, outer, ctes, lateral);
        }
        query(query, outer, ctes);
        return Objects.requireNonNull(analysed.get(query));
    }

    private @Nullable Scope body(
            Query.Body body, @Nullable Scope outer, CteScope ctes, boolean lateral, List<Block> found) {
        if (body instanceof Query.Select select) {
            Block block = select(select, outer, ctes, lateral);
            found.add(block);
            return block.scope();
        }
        if (body instanceof Query.SetOperation operation) {
            found.addAll(subquery(operation.left(), outer, ctes, lateral).blocks());
            found.addAll(subquery(operation.right(), outer, ctes, lateral).blocks());
            return null;
        }
        Scope scope = scope(outer);
        if (body instanceof Query.Values values) {
            values.rows().forEach(row -> expressions.check(row, scope, ctes));
            return null;
        }
        FromItem item = from(((Query.Whole) body).table(), scope, ctes);
        readWhole(item.sources());
        return null;
    }

    private Block select(Query.Select select, @Nullable Scope outer, CteScope ctes, boolean lateral) {
        Scope scope = scope(outer);
        if (select.into() != null) {
            findings.definesTable();
        }
        List<FromItem> items = new ArrayList<>();
        select.from().forEach(ref -> items.add(from(ref, scope, ctes)));
        Block block = new Block(select, scope, items, occurrences, lateral);
        blocks.add(block);
        keep(select, items, scope);
        List<Condition> facts = Conditions.all(select.where(), scope);
        items.forEach(item -> item.addInner(facts));
        scope.know(facts);
        for (Query.Item item : select.items()) {
            if (item.expr() instanceof Expr.Star star && star.qualifier().isEmpty()) {
                items.forEach(from -> readWhole(from.sources()));
            } else {
                expressions.semiJoins().shown(item.expr());
                expressions.check(item.expr(), scope, ctes);
            }
        }
        select.distinctOn().forEach(expr -> expressions.check(expr, scope, ctes));
        if (select.distinct()) {
            // H2 may be content with the first row of each value
            findings.stopsEarly();
        }
        expressions.semiJoins().where(select.where());
        check(select.where(), scope, ctes);
        select.groupBy().forEach(expr -> expressions.check(expr, scope, ctes));
        check(select.having(), scope, ctes);
        for (Window.Named named : select.windows()) {
            expressions.checkChildren(named, scope, ctes);
        }
        assignIn(select.where(), scope);
        return block;
    }

    /** A sub-query behind a positive IN of the WHERE matters by the rows alone that equal what stands in front of it. */
    private void assignIn(@Nullable Expr where, Scope scope) {
        for (Expr conjunct : Conditions.conjuncts(where)) {
            Expr operand = null;
            Query query = null;
            if (conjunct instanceof Expr.InQuery in && !in.negated()) {
                operand = in.operand();
                query = in.query();
            } else if (conjunct instanceof Expr.QuantifiedQuery quantified
                    && quantified.operator().equals("=")
                    && !quantified.all()) {
                operand = quantified.operand();
                query = quantified.query();
            }
            Subquery subquery = query == null ? null : analysed.get(query);
            if (subquery != null && operand != null) {
                subquery.assignEqual(operand instanceof Expr.Row row ? row.fields() : List.of(operand), scope);
            }
        }
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

    /** The block in whose FROM an occurrence stands; null if it is not known. */
    Query.@Nullable Select blockOf(TableOccurrence occurrence) {
        for (Map.Entry<Query.Select, Scope> entry : scopes.entrySet()) {
            if (entry.getValue() == occurrence.block) {
                return entry.getKey();
            }
        }
        return null;
    }

    /** The blocks that were looked at, and what their expressions can name. */
    Map<Query.Select, Scope> scopes() {
        return scopes;
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
     * @param merged the equalities of USING and NATURAL
     * @param meanings of the names that these merge
     */
    record FromItem(
            TableRef ref,
            List<Source> sources,
            @Nullable Scope on,
            @Nullable FromItem left,
            @Nullable FromItem right,
            List<Conjunct> merged,
            Map<String, Optional<Scope.Resolved>> meanings) {

        /** A part that is no join. */
        static FromItem of(TableRef ref, Source source) {
            return new FromItem(ref, List.of(source), null, null, null, List.of(), Map.of());
        }

        /** Whether a table occurrence is in it. */
        boolean contains(int index) {
            for (Source source : sources) {
                boolean here = source instanceof Source.Base base && base.index() == index
                        || source instanceof Source.Derived derived
                                && derived.query().contains(index);
                if (here) {
                    return true;
                }
            }
            return false;
        }

        /** The column of a table that a name means here; null if it is none, or if it is not sure. */
        Scope.@Nullable Resolved column(String name) {
            Optional<Scope.Resolved> meaning = meanings.get(name);
            if (meaning != null) {
                return meaning.orElse(null);
            }
            if (left == null || right == null) {
                return Scope.in(sources.get(0), name);
            }
            boolean inLeft = left.sources().stream().anyMatch(source -> Scope.mayHave(source, name));
            boolean inRight = right.sources().stream().anyMatch(source -> Scope.mayHave(source, name));
            boolean renamed = ((TableRef.Join) ref).alias() != null || inLeft == inRight;
            return renamed ? null : inLeft ? left.column(name) : right.column(name);
        }

        /** The conditions of a join. */
        List<Conjunct> conjuncts() {
            List<Conjunct> conjuncts = new ArrayList<>(merged);
            if (on != null) {
                conjuncts.addAll(Conjunct.all(((TableRef.Join) ref).on(), on));
            }
            return conjuncts;
        }

        /** Adds the conditions of inner joins that are no side of an outer one. */
        void addInner(List<Condition> facts) {
            boolean inner = ref instanceof TableRef.Join join
                    && (join.kind() == TableRef.JoinKind.INNER || join.kind() == TableRef.JoinKind.CROSS);
            if (inner && left != null && right != null) {
                conjuncts().forEach(conjunct -> facts.add(conjunct.condition()));
                left.addInner(facts);
                right.addInner(facts);
            }
        }
    }

    FromItem from(TableRef ref, Scope scope, CteScope ctes) {
        if (ref instanceof TableRef.Table table) {
            return table(table, scope, ctes);
        }
        if (ref instanceof TableRef.Derived derived) {
            Subquery subquery =
                    nested(derived.query(), derived.lateral() ? scope : scope.outer(), ctes, derived.lateral());
            TableRef.Alias alias = derived.alias();
            return alias == null
                    ? other(derived, null, ResultColumns.of(derived.query()), scope)
                    : derived(derived, alias, subquery.names(), subquery, scope);
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
        addTo(scope, source);
        if (!name.isEmpty()) {
            aliases.add(name);
        }
        return FromItem.of(ref, source);
    }

    /** A query whose columns are those of tables, as far as that can be told. */
    private FromItem derived(
            TableRef ref, TableRef.Alias alias, @Nullable List<String> columns, Subquery subquery, Scope scope) {
        List<String> names = columns == null ? null : new ArrayList<>(columns);
        if (names != null) {
            for (int i = 0; i < Math.min(names.size(), alias.columns().size()); i++) {
                names.set(i, alias.columns().get(i).text());
            }
        }
        // a column without a name that is known may have any
        List<String> known = names == null || names.contains("") ? null : names;
        Source source = new Source.Derived(alias.name().text(), known, subquery, -1);
        addTo(scope, source);
        aliases.add(alias.name().text());
        return FromItem.of(ref, source);
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
            Subquery subquery = ctes.query(name);
            return subquery == null || !subquery.isOf(occurrences)
                    ? other(ref, shown, ctes.columns(name), scope)
                    : derived(ref, shown, subquery.names(), subquery, scope);
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
        if (Tables.isOfSession(table)) {
            // it may have any columns
            return other(ref, new TableRef.Alias(new Name(shown, true), List.of()), null, scope);
        }
        TableOccurrence occurrence = add(shown, table);
        boolean renamed = alias != null && !alias.columns().isEmpty();
        if (renamed || table.is(Table.Trait.PARTITION)) {
            occurrence.readWhole();
        }
        Source source = new Source.Base(occurrence.index, shown, table, renamed);
        addTo(scope, source);
        return FromItem.of(ref, source);
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
            return view(ref, shown, view, definition, scope);
        }
        TableRef.Alias alias = ref.alias();
        List<Name> renamed = alias == null ? List.of() : alias.columns();
        Set<String> columns = new HashSet<>();
        view.columns().forEach(column -> columns.add(column.name()));
        return other(ref, new TableRef.Alias(new Name(shown, true), renamed), columns, scope);
    }

    private FromItem view(TableRef.Table ref, String shown, Table view, Views.Definition definition, Scope scope) {
        NamedColumns around = named;
        List<Token> read = around == null ? definition.tokens() : around.read(definition.query(), definition.tokens());
        QueryAnalysis within = new QueryAnalysis(this, new Identifiers(read));
        within.named = around == null ? null : NamedColumns.of(read);
        within.references = References.in(definition.query());
        within.depth = depth + 1;
        int first = occurrences.size();
        Subquery subquery = within.subquery(definition.query(), null, CteScope.NONE, false);
        if (dialect == SqlDialect.H2 && TimesOfDay.mayShow(definition.identifiers(), occurrences, first)) {
            findings.uncacheable(view.name() + " is a view that may show a time of day");
        }
        if (depth == 0) {
            assignAll();
        }
        List<String> columns = new ArrayList<>();
        view.columns().forEach(column -> columns.add(column.name()));
        TableRef.Alias alias = ref.alias();
        List<Name> renamed = alias == null ? List.of() : alias.columns();
        return derived(ref, new TableRef.Alias(new Name(shown, true), renamed), columns, subquery, scope);
    }

    /** Adds to what a block can name. Two of one name, in a database that tells names apart by case or schema, are not told apart. */
    private void addTo(Scope scope, Source source) {
        if (!source.alias().isEmpty()
                && scope.sources().stream().anyMatch(other -> other.alias().equals(source.alias()))) {
            findings.uncacheable("two tables are named " + source.alias());
        }
        scope.add(source);
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
        Scope on = scope(scope.outer());
        left.sources().forEach(on::add);
        right.sources().forEach(on::add);
        check(join.on(), on, ctes);
        List<Source> sources = new ArrayList<>(on.sources());
        if (join.natural()) {
            readWhole(sources);
        }
        Map<String, Optional<Scope.Resolved>> meanings = new HashMap<>();
        List<Conjunct> merged = new MergedColumns(join, left, right).mergeInto(scope, on, meanings);
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
        return new FromItem(join, sources, on, left, right, merged, meanings);
    }
}
