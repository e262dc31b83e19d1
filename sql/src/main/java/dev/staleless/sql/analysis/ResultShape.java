package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Column;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.query.QueryTemplate.Operation;
import dev.staleless.core.query.TableUse;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Node;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.TableRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a query's result consists of: where the primary keys of its tables stand, which columns are no more than shown, and
 * what kind of query it is. A key's position is told only for a single block without grouping, aggregates, DISTINCT, window
 * functions and set operations, in which each combination of rows is one row of the result.
 */
final class ResultShape {

    private final Query query;
    private final QueryAnalysis analysis;
    private final @Nullable Scope scope;
    private final Query.@Nullable Select select;
    private final @Nullable List<Scope.@Nullable Resolved> columns;

    ResultShape(Query query, @Nullable Scope scope, QueryAnalysis analysis) {
        this.query = query;
        this.analysis = analysis;
        this.scope = scope;
        this.select = query.body() instanceof Query.Select block && scope != null ? block : null;
        this.columns = select == null || scope == null || !isRowPerCombination() ? null : columns(select, scope);
    }

    private boolean isRowPerCombination() {
        return select != null
                && !select.distinct()
                && select.groupBy().isEmpty()
                && select.having() == null
                && select.windows().isEmpty()
                && select.items().stream().noneMatch(item -> containsAny(item, true))
                && query.orderBy().stream().noneMatch(item -> containsAny(item, true));
    }

    /** Whether a call of anything that is not of one row only, or a sub-query, stands in it. */
    private static boolean containsAny(Node node, boolean queries) {
        if (queries && node instanceof Query) {
            return true;
        }
        if (node instanceof Expr.Call call) {
            String name = call.name().get(call.name().size() - 1).text();
            if (Builtins.isAggregate(name)
                    || Builtins.isWindow(name)
                    || Builtins.returnsSet(name)
                    || call.over() != null) {
                return true;
            }
        }
        boolean[] found = {false};
        node.forEachChild(child -> found[0] |= containsAny(child, queries));
        return found[0];
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
        boolean merged = select.from().stream().anyMatch(ResultShape::mergesColumns);
        for (Source source : scope.sources()) {
            boolean meant = star.qualifier().isEmpty()
                    || star.qualifier().get(star.qualifier().size() - 1).text().equals(source.alias());
            if (!meant) {
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

    private static boolean mergesColumns(TableRef ref) {
        return ref instanceof TableRef.Join join
                && (join.natural()
                        || !join.using().isEmpty()
                        || join.alias() != null
                        || mergesColumns(join.left())
                        || mergesColumns(join.right()));
    }

    // ---- keys

    /** Where the primary key of an occurrence stands among the result's columns, or null. */
    @Nullable
    List<Integer> keyPositions(TableOccurrence occurrence) {
        if (columns == null || scope == null || occurrence.table.primaryKey().isEmpty() || !isOfBlock(occurrence)) {
            return null;
        }
        List<Integer> positions = new ArrayList<>();
        for (String key : occurrence.table.primaryKey()) {
            int position = positionOf(key, occurrence);
            if (position < 0) {
                return null;
            }
            positions.add(position);
        }
        return positions;
    }

    private boolean isOfBlock(TableOccurrence occurrence) {
        return scope != null
                && scope.sources().stream()
                        .anyMatch(source -> source instanceof Source.Base base && base.index() == occurrence.index);
    }

    private int positionOf(String key, TableOccurrence occurrence) {
        if (columns == null) {
            return -1;
        }
        for (int i = 0; i < columns.size(); i++) {
            Scope.Resolved resolved = columns.get(i);
            if (resolved != null
                    && resolved.source().index() == occurrence.index
                    && resolved.column().name().equals(key)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The columns of an occurrence that decide which rows take part and where: all that are read, but those that are named in
     * the list of results only.
     */
    ColumnSet membership(TableOccurrence occurrence, ColumnSet read) {
        if (select == null || scope == null) {
            return read;
        }
        Set<String> deciding = new HashSet<>(occurrence.table.primaryKey());
        Set<String> outside = new HashSet<>();
        boolean known = new MembershipWalk(occurrence, outside).walk(query, select);
        if (!known) {
            return read;
        }
        for (Column column : occurrence.table.columns()) {
            if (outside.contains(column.name())) {
                deciding.add(column.name());
            }
        }
        return ColumnSet.of(deciding);
    }

    // ---- operation

    Operation operation(List<TableUse> uses) {
        if (select == null) {
            return Operation.FETCH;
        }
        if (isExists(select)) {
            return Operation.EXISTS;
        }
        boolean aggregates = !select.groupBy().isEmpty()
                || select.having() != null
                || select.items().stream().anyMatch(item -> isAggregate(item.expr()));
        if (aggregates) {
            return isCount(select) ? Operation.COUNT : Operation.AGGREGATE;
        }
        return isGet(uses) ? Operation.GET : Operation.FETCH;
    }

    private boolean isExists(Query.Select block) {
        if (block.items().size() != 1) {
            return false;
        }
        Expr item = block.items().get(0).expr();
        if (item instanceof Expr.Exists) {
            return true;
        }
        return item instanceof Expr.Literal
                && query.limit() != null
                && !block.from().isEmpty();
    }

    private static boolean isCount(Query.Select block) {
        return block.groupBy().isEmpty()
                && block.having() == null
                && block.items().size() == 1
                && block.items().get(0).expr() instanceof Expr.Call call
                && call.name().get(call.name().size() - 1).text().equals("count");
    }

    private static boolean isAggregate(Node node) {
        if (node instanceof Query) {
            return false;
        }
        if (node instanceof Expr.Call call
                && call.over() == null
                && Builtins.isAggregate(call.name().get(call.name().size() - 1).text())) {
            return true;
        }
        boolean[] found = {false};
        node.forEachChild(child -> found[0] |= isAggregate(child));
        return found[0];
    }

    private boolean isGet(List<TableUse> uses) {
        if (uses.size() != 1 || analysis.occurrences().get(0).table.primaryKey().isEmpty()) {
            return false;
        }
        TableUse use = uses.get(0);
        return analysis.occurrences().get(0).table.primaryKey().stream()
                .allMatch(key -> use.pins().containsKey(key)
                        && use.pins().get(key).values().size() == 1
                        && !(use.pins().get(key).values().get(0) instanceof Operand.Elements));
    }
}
