package dev.staleless.sql.analysis;

import dev.staleless.sql.tree.Expr;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which tests of sub-queries (EXISTS, IN, ANY) a database may turn into a semi-join: any, but for those that stand in a list of
 * results, and those that are negated and stand, under nothing but AND, in a WHERE. Others may become positive ones of a WHERE when
 * it is simplified.
 */
final class SemiJoins {

    private final Set<Expr> none = Collections.newSetFromMap(new IdentityHashMap<>());

    static boolean isSubqueryTest(Expr expr) {
        return expr instanceof Expr.Exists || expr instanceof Expr.InQuery || expr instanceof Expr.QuantifiedQuery;
    }

    /** An expression of a list of results. */
    void shown(Expr expr) {
        none.add(
                expr instanceof Expr.Uninterpreted uninterpreted
                        ? uninterpreted.inner()
                        : expr instanceof Expr.Not not ? not.operand() : expr);
    }

    /** The WHERE of a block. */
    void where(@Nullable Expr where) {
        for (Expr conjunct : Conditions.conjuncts(where)) {
            if (conjunct instanceof Expr.InQuery in && in.negated()) {
                none.add(in);
            } else if (conjunct instanceof Expr.Not not && isPositive(not.operand())) {
                none.add(not.operand());
            }
        }
    }

    private static boolean isPositive(Expr expr) {
        return expr instanceof Expr.Exists || expr instanceof Expr.InQuery in && !in.negated();
    }

    boolean isNone(Expr expr) {
        return none.contains(expr);
    }
}
