package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.query.ResultForm;
import dev.staleless.core.query.ResultForm.Kind;
import dev.staleless.sql.SqlDialect;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Node;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.TableRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a query's result is made of the rows of one block, and which of its columns are columns of tables. There is none of a
 * query with set operations, window functions, functions that give several rows, DISTINCT ON or HAVING.
 *
 * @param block whose combinations of rows make the result
 * @param columns for each column of the result the table column that it is, null for others: only those that are the same for
 *     all combinations that one row of the result stands for
 */
record ResultView(
        Query query, Query.Select block, Scope scope, ResultForm form, List<Scope.@Nullable Resolved> columns) {

    /** Null if it cannot be told. */
    static @Nullable ResultView of(Query query, @Nullable Scope scope, QueryAnalysis analysis, SqlDialect dialect) {
        if (!(query.body() instanceof Query.Select select) || scope == null) {
            return null;
        }
        BlockCalls calls = BlockCalls.in(results(query, select));
        boolean unusual = calls.others()
                || select.having() != null
                || !select.distinctOn().isEmpty()
                || !select.windows().isEmpty()
                || select.groupByDistinct();
        if (unusual) {
            return null;
        }
        if (select.from().isEmpty()) {
            return found(query, select, analysis);
        }
        return calls.aggregates() && select.groupBy().isEmpty()
                ? totals(query, select, scope, analysis)
                : rows(query, select, scope, dialect, calls.aggregates(), analysis);
    }

    private static List<Node> results(Query query, Query.Select select) {
        List<Node> results = new ArrayList<>(select.items());
        results.addAll(query.orderBy());
        return results;
    }

    // ---- one row

    /** {@code SELECT [NOT] EXISTS (SELECT ..)}. */
    private static @Nullable ResultView found(Query query, Query.Select select, QueryAnalysis analysis) {
        Expr item = select.items().size() == 1 ? select.items().get(0).expr() : null;
        boolean negated = item instanceof Expr.Not;
        Expr inner = item instanceof Expr.Not not ? not.operand() : item;
        if (!(inner instanceof Expr.Exists exists)
                || select.where() != null
                || isCut(query)
                || query.with() != null
                || !select.groupBy().isEmpty()) {
            return null;
        }
        Query.Select block = SoughtRows.block(exists.query());
        Scope scope = block == null ? null : analysis.scope(block);
        return block == null || scope == null
                ? null
                : new ResultView(query, block, scope, oneRow(negated ? Kind.NOT_FOUND : Kind.FOUND), List.of());
    }

    private static @Nullable ResultView totals(Query query, Query.Select select, Scope scope, QueryAnalysis analysis) {
        if (isCut(query) || query.with() != null) {
            return null;
        }
        if (select.items().size() == 1 && isMoreThanNone(select.items().get(0).expr())) {
            return new ResultView(query, select, scope, oneRow(Kind.FOUND), List.of());
        }
        Aggregates aggregates = new Aggregates(scope, analysis);
        List<ResultForm.Aggregate> all = new ArrayList<>();
        select.items().forEach(item -> all.add(aggregates.of(item.expr())));
        ResultForm form = new ResultForm(Kind.TOTALS, all.size(), null, false, false, false, List.of(), all);
        return new ResultView(query, select, scope, form, List.of());
    }

    /** {@code count(*) > 0}. */
    private static boolean isMoreThanNone(Expr expr) {
        return expr instanceof Expr.Binary binary
                && binary.operator().equals(">")
                && binary.left() instanceof Expr.Call call
                && Aggregates.isPlain(call)
                && call.star()
                && BlockCalls.name(call).equals("count")
                && binary.right() instanceof Expr.Literal zero
                && zero.kind() == Expr.LiteralKind.NUMBER
                && zero.text().equals("0");
    }

    private static ResultForm oneRow(Kind kind) {
        return new ResultForm(kind, 1, null, false, false, false, List.of(), List.of());
    }

    private static boolean isCut(Query query) {
        return query.limit() != null || query.offset() != null;
    }

    // ---- many rows

    private static @Nullable ResultView rows(
            Query query,
            Query.Select select,
            Scope scope,
            SqlDialect dialect,
            boolean aggregates,
            QueryAnalysis analysis) {
        boolean grouped = !select.groupBy().isEmpty();
        if (grouped && select.distinct() || aggregates && !grouped) {
            return null;
        }
        List<Scope.@Nullable Resolved> columns = columns(select, scope);
        if (columns == null) {
            return null;
        }
        if (grouped) {
            columns = groupingOnly(columns, select, scope);
        }
        if (columns == null) {
            return null;
        }
        boolean constant =
                !grouped && !select.distinct() && select.items().stream().allMatch(ResultView::isConstant);
        Kind kind = grouped ? Kind.GROUPS : select.distinct() ? Kind.DISTINCT : Kind.ROWS;
        ResultForm form = new ResultForm(
                kind,
                columns.size(),
                query.limit() == null ? null : limit(query.limit(), scope),
                query.offset() != null,
                query.withTies(),
                constant,
                new SortKeys(query, select, scope, columns, dialect).known(),
                grouped ? groupAggregates(select, columns, scope, analysis) : List.of());
        return new ResultView(query, select, scope, form, columns);
    }

    /** What each column of the result tells of its group; none if a star stands among them. */
    private static List<ResultForm.Aggregate> groupAggregates(
            Query.Select select, List<Scope.@Nullable Resolved> columns, Scope scope, QueryAnalysis analysis) {
        if (select.items().size() != columns.size()) {
            return List.of();
        }
        Aggregates aggregates = new Aggregates(scope, analysis);
        List<ResultForm.Aggregate> all = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            boolean key = columns.get(i) != null;
            all.add(
                    key
                            ? new ResultForm.Fixed()
                            : aggregates.of(select.items().get(i).expr()));
        }
        return all;
    }

    private static Operand limit(Expr expr, Scope scope) {
        boolean plain = expr instanceof Expr.Literal || expr instanceof Expr.Parameter;
        return plain ? Operands.of(expr, scope) : Operand.UNKNOWN;
    }

    private static boolean isConstant(Query.Item item) {
        return item.expr() instanceof Expr.Literal || item.expr() instanceof Expr.Parameter;
    }

    /** The columns by which the rows are grouped; null if they are grouped by something else as well. */
    private static @Nullable List<Scope.@Nullable Resolved> groupingOnly(
            List<Scope.@Nullable Resolved> columns, Query.Select select, Scope scope) {
        List<Scope.Resolved> grouping = new ArrayList<>();
        for (Expr expr : select.groupBy()) {
            Scope.Resolved resolved = expr instanceof Expr.Column column ? scope.resolve(column) : null;
            if (resolved == null || namesLabel((Expr.Column) expr, select)) {
                return null;
            }
            grouping.add(resolved);
        }
        List<Scope.@Nullable Resolved> only = new ArrayList<>();
        columns.forEach(column -> only.add(column != null && contains(grouping, column) ? column : null));
        return only;
    }

    /** Whether it is also the label of a result column: databases do not agree on what is meant then. */
    private static boolean namesLabel(Expr.Column column, Query.Select select) {
        return column.parts().size() == 1
                && select.items().stream()
                        .anyMatch(item -> item.alias() != null
                                && item.alias()
                                        .text()
                                        .equalsIgnoreCase(column.parts().get(0).text()));
    }

    private static boolean contains(List<Scope.Resolved> all, Scope.Resolved column) {
        return all.stream().anyMatch(one -> same(one, column));
    }

    static boolean same(Scope.Resolved one, Scope.Resolved other) {
        return one.source().index() == other.source().index()
                && one.column().name().equals(other.column().name());
    }

    /** For each column of the result the table column it is, null for others; null if their number is not known. */
    private static @Nullable List<Scope.@Nullable Resolved> columns(Query.Select select, Scope scope) {
        List<Scope.@Nullable Resolved> columns = new ArrayList<>();
        for (Query.Item item : select.items()) {
            if (item.expr() instanceof Expr.Star star) {
                if (!addStar(star, select, scope, columns)) {
                    return null;
                }
            } else if (item.expr() instanceof Expr.FieldStar) {
                return null;
            } else {
                columns.add(item.expr() instanceof Expr.Column column ? scope.resolve(column) : null);
            }
        }
        return columns;
    }

    private static boolean addStar(
            Expr.Star star, Query.Select select, Scope scope, List<Scope.@Nullable Resolved> columns) {
        boolean merged = select.from().stream().anyMatch(ResultView::mergesColumns);
        for (Source source : scope.sources()) {
            boolean meant = star.qualifier().isEmpty()
                    || star.qualifier().get(star.qualifier().size() - 1).text().equals(source.alias());
            if (!meant) {
                continue;
            }
            List<String> names = source instanceof Source.Derived derived ? derived.names() : null;
            if (names != null && !merged) {
                names.forEach(name -> columns.add(((Source.Derived) source).resolve(name)));
                continue;
            }
            if (!(source instanceof Source.Base base) || base.renamed() || merged) {
                return false;
            }
            for (Column column : base.table().columns()) {
                columns.add(new Scope.Resolved(base, column));
            }
        }
        return true;
    }

    static boolean mergesColumns(TableRef ref) {
        return ref instanceof TableRef.Join join
                && (join.natural()
                        || !join.using().isEmpty()
                        || join.alias() != null
                        || mergesColumns(join.left())
                        || mergesColumns(join.right()));
    }

    /**
     * The columns of an occurrence that decide which rows take part and where: all that are read, but those that are named in
     * the list of results only.
     */
    ColumnSet membership(TableOccurrence occurrence, ColumnSet read) {
        // which rows a part of a partitioned table has is decided by columns that are not named
        if (occurrence.block != scope
                || occurrence.table.is(Table.Trait.PARTITION)
                || form.kind() == Kind.FOUND
                || form.kind() == Kind.NOT_FOUND) {
            return read;
        }
        Set<String> deciding = new HashSet<>(occurrence.table.primaryKey());
        Set<String> outside = new HashSet<>();
        if (!new MembershipWalk(occurrence, outside, scope).walk(query, block)) {
            return read;
        }
        for (Column column : occurrence.table.columns()) {
            if (outside.contains(column.name())) {
                deciding.add(column.name());
            }
        }
        return ColumnSet.of(deciding);
    }

    /** The position of a table column in the result, or -1. */
    int position(int use, String column) {
        for (int i = 0; i < columns.size(); i++) {
            Scope.Resolved resolved = columns.get(i);
            if (resolved != null
                    && resolved.source().index() == use
                    && Objects.equals(resolved.column().name(), column)) {
                return i;
            }
        }
        return -1;
    }
}
