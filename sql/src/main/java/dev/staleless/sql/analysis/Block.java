package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Column;
import dev.staleless.core.condition.Condition;
import dev.staleless.sql.analysis.QueryAnalysis.FromItem;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Node;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.TableRef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One SELECT, whose tables get their conditions when it is known what the block around it demands of its result.
 *
 * <p>What is demanded of a result's columns can be demanded of the rows it is made of, and takes rows away that cannot matter, where
 * a row of the result is made of one combination of rows, or of several that agree in the columns that are named: these columns are
 * plain columns of a table, and of a block with groups columns that it groups by. DISTINCT and set operations take away rows that
 * agree with others in all columns. It is not so where rows are counted off: LIMIT, OFFSET, DISTINCT ON, window functions; their
 * columns are then not known as those of a table. HAVING is a demand of this kind.
 */
final class Block {

    private final Query.Select select;
    private final Scope scope;
    private final List<FromItem> items;
    private final List<TableOccurrence> occurrences;
    private final boolean lateral;
    private final boolean grouped;
    private boolean limited;
    private boolean assigned;

    /**
     * @param lateral whether it stands in FROM and names what stands beside it
     */
    Block(Query.Select select, Scope scope, List<FromItem> items, List<TableOccurrence> occurrences, boolean lateral) {
        this.select = select;
        this.scope = scope;
        this.items = items;
        this.occurrences = occurrences;
        this.lateral = lateral;
        this.grouped = isGrouped();
        this.limited = !select.distinctOn().isEmpty() || select.items().stream().anyMatch(Block::hasWindow);
    }

    /** Says that not all rows of its result are shown. */
    void limit() {
        limited = true;
    }

    Scope scope() {
        return scope;
    }

    /** Whether each row of its result is one combination of rows, and all of them are there. */
    boolean isPlain() {
        return !grouped
                && !limited
                && !select.distinct()
                && !BlockCalls.in(select.items()).others();
    }

    private static boolean hasWindow(Node node) {
        if (node instanceof Query) {
            return false;
        }
        if (node instanceof Expr.Call call && call.over() != null) {
            return true;
        }
        boolean[] found = {false};
        node.forEachChild(child -> found[0] |= hasWindow(child));
        return found[0];
    }

    // ---- result

    /**
     * A column of the result.
     *
     * @param name empty if it has none that is known
     * @param column what it is, if it is a table's column of which may be demanded what is demanded of it
     * @param literal whether it is a constant
     */
    record Output(String name, Scope.@Nullable Resolved column, boolean literal) {}

    /** The columns of the result; null if their number is not known. */
    @Nullable
    List<Output> outputs() {
        List<Output> outputs = new ArrayList<>();
        for (Query.Item item : select.items()) {
            if (item.expr() instanceof Expr.Star star) {
                if (!addStar(star, outputs)) {
                    return null;
                }
            } else if (item.expr() instanceof Expr.FieldStar) {
                return null;
            } else {
                String name = ResultColumns.name(item);
                Scope.Resolved column = item.expr() instanceof Expr.Column reference ? scope.resolve(reference) : null;
                outputs.add(
                        new Output(name == null ? "" : name, demandable(column), item.expr() instanceof Expr.Literal));
            }
        }
        return outputs;
    }

    private boolean addStar(Expr.Star star, List<Output> outputs) {
        if (select.from().stream().anyMatch(Block::mergesColumns)) {
            return false;
        }
        for (Source source : scope.sources()) {
            boolean meant = star.qualifier().isEmpty()
                    || star.qualifier().get(star.qualifier().size() - 1).text().equals(source.alias());
            if (meant && !addAll(source, outputs)) {
                return false;
            }
        }
        return true;
    }

    private boolean addAll(Source source, List<Output> outputs) {
        if (source instanceof Source.Base base && !base.renamed()) {
            for (Column column : base.table().columns()) {
                outputs.add(new Output(column.name(), demandable(new Scope.Resolved(base, column)), false));
            }
            return true;
        }
        List<String> names = source instanceof Source.Derived derived ? derived.names() : null;
        if (names == null) {
            return false;
        }
        for (String name : names) {
            outputs.add(new Output(name, demandable(((Source.Derived) source).resolve(name)), false));
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

    private Scope.@Nullable Resolved demandable(Scope.@Nullable Resolved column) {
        return column == null || limited || (grouped && !isKey(column)) ? null : column;
    }

    private boolean isGrouped() {
        return !select.groupBy().isEmpty()
                || select.having() != null
                || select.items().stream().anyMatch(item -> mayAggregate(item.expr()));
    }

    /** Elsewhere than in PostgreSQL, a plain column may stand beside an aggregate, and the aggregates have other names. */
    private boolean mayAggregate(Node node) {
        if (node instanceof Query) {
            return false;
        }
        if (node instanceof Expr.Call call
                && (!scope.isPostgres()
                        || Builtins.isAggregate(
                                call.name().get(call.name().size() - 1).text()))) {
            return true;
        }
        boolean[] found = {false};
        node.forEachChild(child -> found[0] |= mayAggregate(child));
        return found[0];
    }

    /** Whether the block groups by a column, in all of its groups. */
    private boolean isKey(Scope.Resolved column) {
        boolean key = false;
        for (Expr expr : select.groupBy()) {
            if (expr instanceof Expr.Grouping) {
                return false;
            }
            key |= expr instanceof Expr.Column reference && column.equals(scope.resolve(reference));
            key |= expr instanceof Expr.Literal literal && column.equals(numbered(literal));
        }
        return key;
    }

    /** {@code GROUP BY 1}. */
    private Scope.@Nullable Resolved numbered(Expr.Literal literal) {
        if (!literal.text().matches("[0-9]{1,4}")
                || select.items().stream().anyMatch(item -> item.expr() instanceof Expr.Star)) {
            return null;
        }
        int index = Integer.parseInt(literal.text()) - 1;
        boolean column = index >= 0
                && index < select.items().size()
                && select.items().get(index).expr() instanceof Expr.Column;
        return column ? scope.resolve((Expr.Column) select.items().get(index).expr()) : null;
    }

    // ---- conditions

    /** Gives the tables their conditions, if they have none yet, by what is known of the blocks around alone. */
    void assign() {
        Scope around = scope.outer();
        assign(List.of(), around == null || lateral ? List.of() : around.facts());
    }

    /**
     * Gives the tables their conditions, once.
     *
     * @param outside what is demanded of the result, and of what stands beside it
     * @param facts what is known of the blocks around for which alone this one matters
     */
    void assign(List<Conjunct> outside, List<Condition> facts) {
        if (assigned) {
            return;
        }
        assigned = true;
        List<Conjunct> conjuncts = Conjunct.all(select.where(), scope);
        boolean sets = select.groupBy().stream().anyMatch(Expr.Grouping.class::isInstance);
        if (!sets && scope.isPostgres()) {
            // elsewhere it may name a column of the result before one of a table
            conjuncts.addAll(Conjunct.all(select.having(), scope));
        }
        conjuncts.addAll(outside);
        JoinConditions joins = new JoinConditions(occurrences, facts);
        items.forEach(item -> joins.assign(item, conjuncts));
    }
}
