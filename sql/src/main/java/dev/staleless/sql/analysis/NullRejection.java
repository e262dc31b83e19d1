package dev.staleless.sql.analysis;

import dev.staleless.core.value.ColumnType;
import dev.staleless.sql.analysis.QueryAnalysis.FromItem;
import dev.staleless.sql.tree.Expr;

/**
 * Tells whether a condition cannot be true for a combination in which one side of an outer join is filled with NULLs. If so, no
 * filled combination takes part, and the outer join is an inner one.
 *
 * <p>Said only of conditions of one form: an operator or test that is never true for NULL, applied to a plain column of that
 * side. Operators of PostgreSQL's own types give NULL for NULL; of other types it is not sure.
 */
final class NullRejection {

    private NullRejection() {}

    static boolean test(Expr condition, Scope scope, FromItem side) {
        if (condition instanceof Expr.Binary binary) {
            return isComparison(binary.operator())
                    && (isColumn(binary.left(), scope, side) || isColumn(binary.right(), scope, side));
        }
        if (condition instanceof Expr.Like like) {
            return isColumn(like.operand(), scope, side);
        }
        if (condition instanceof Expr.Between between) {
            return !between.negated() && isColumn(between.operand(), scope, side);
        }
        if (condition instanceof Expr.InList in) {
            return isColumn(in.operand(), scope, side);
        }
        if (condition instanceof Expr.Is is) {
            return is.test().equals("null") && is.negated() && isColumn(is.operand(), scope, side);
        }
        if (condition instanceof Expr.Not not) {
            return isColumn(not.operand(), scope, side);
        }
        return isColumn(condition, scope, side);
    }

    private static boolean isComparison(String operator) {
        return switch (operator) {
            case "=", "<>", "<", "<=", ">", ">=" -> true;
            default -> false;
        };
    }

    private static boolean isColumn(Expr expr, Scope scope, FromItem side) {
        if (!(expr instanceof Expr.Column column)) {
            return false;
        }
        Scope.Resolved resolved = scope.resolve(column);
        return resolved != null
                && side.contains(resolved.source().index())
                && resolved.column().type().kind() != ColumnType.Kind.OTHER;
    }
}
