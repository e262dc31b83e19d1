package dev.staleless.sql.analysis;

import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Node;
import dev.staleless.sql.tree.Query;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sub-queries of a block's WHERE that can only be in its favour: EXISTS and IN among its conjuncts, of blocks of which every
 * combination of rows is a row. More rows of such a block can make the condition true, and never false.
 *
 * @param block of the sub-query
 * @param operand for IN: what is looked for in its only column; null for EXISTS
 */
record SoughtRows(Query.Select block, @Nullable Expr operand) {

    static List<SoughtRows> in(@Nullable Expr where) {
        List<SoughtRows> all = new ArrayList<>();
        for (Expr conjunct : Conditions.conjuncts(where)) {
            if (conjunct instanceof Expr.Exists exists) {
                add(exists.query(), null, all);
            } else if (conjunct instanceof Expr.InQuery in && !in.negated()) {
                add(in.query(), in.operand(), all);
            }
        }
        return all;
    }

    /**
     * Those that can only be in its disfavour: NOT EXISTS and NOT IN among its conjuncts. More rows of such a block can make the
     * condition false, and never true; NOT IN without NULLs on both sides.
     */
    static List<SoughtRows> barredIn(@Nullable Expr where) {
        List<SoughtRows> all = new ArrayList<>();
        for (Expr conjunct : Conditions.conjuncts(where)) {
            if (conjunct instanceof Expr.Not not && not.operand() instanceof Expr.Exists exists) {
                add(exists.query(), null, all);
            } else if (conjunct instanceof Expr.InQuery in && in.negated()) {
                add(in.query(), in.operand(), all);
            }
        }
        return all;
    }

    private static void add(Query query, @Nullable Expr operand, List<SoughtRows> all) {
        Query.Select block = block(query);
        if (block != null) {
            all.add(new SoughtRows(block, operand));
        }
    }

    /** The block of a query that has a row if and only if the block has a combination of rows; null if it may be another. */
    static Query.@Nullable Select block(Query query) {
        if (!(query.body() instanceof Query.Select select)
                || query.with() != null
                || query.limit() != null
                || query.offset() != null
                || !select.groupBy().isEmpty()
                || select.having() != null
                || select.from().isEmpty()) {
            return null;
        }
        List<Node> results = new ArrayList<>(select.items());
        results.addAll(query.orderBy());
        BlockCalls calls = BlockCalls.in(results);
        return calls.aggregates() || calls.others() ? null : select;
    }

    /** Whether each column that is named in it, and in the operand, is one of its own tables or of a certain other occurrence. */
    boolean namesOnly(Scope scope, int other) {
        boolean operandOnly =
                operand == null || operand instanceof Expr.Column column && resolvesTo(scope.outer(), column, other);
        boolean[] only = {operandOnly};
        block.forEachChild(child -> only[0] &= namesOnly(child, scope, other));
        return only[0];
    }

    private static boolean resolvesTo(@Nullable Scope scope, Expr.Column column, int use) {
        Scope.Resolved resolved = scope == null ? null : scope.resolve(column);
        return resolved != null && resolved.source().index() == use;
    }

    private static boolean namesOnly(Node node, Scope scope, int other) {
        if (node instanceof Query || node instanceof Expr.FieldStar) {
            return false;
        }
        if (node instanceof Expr.Column column) {
            Scope.Resolved resolved = scope.resolve(column);
            return resolved != null
                    && (resolved.source().index() == other || scope.sources().contains(resolved.source()));
        }
        boolean[] only = {true};
        node.forEachChild(child -> only[0] &= namesOnly(child, scope, other));
        return only[0];
    }

    /** The only column of the sub-query, where it is a column of a table. */
    Scope.@Nullable Resolved column(Scope scope) {
        return block.items().size() == 1 && block.items().get(0).expr() instanceof Expr.Column column
                ? scope.resolve(column)
                : null;
    }
}
