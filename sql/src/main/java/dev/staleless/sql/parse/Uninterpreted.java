package dev.staleless.sql.parse;

import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Name;
import java.util.List;
import java.util.Set;

/**
 * Wraps every expression whose meaning differs from database to database, so that nothing is concluded from it: functions,
 * casts, arithmetic. What is left as it is are columns, plain constants, parameters, and comparisons and logic over them.
 *
 * <p>A column that stands for a condition is one that is not 0.
 */
final class Uninterpreted {

    private static final Set<String> COMPARISONS = Set.of("=", "<>", "<", "<=", ">", ">=");
    private static final Expr ZERO = new Expr.Literal(Expr.LiteralKind.NUMBER, "0");

    private Uninterpreted() {}

    /** An expression that is true, false or unknown. */
    static Expr condition(Expr expr) {
        if (expr instanceof Expr.And and) {
            return new Expr.And(
                    and.operands().stream().map(Uninterpreted::condition).toList());
        } else if (expr instanceof Expr.Or or) {
            return new Expr.Or(
                    or.operands().stream().map(Uninterpreted::condition).toList());
        } else if (expr instanceof Expr.Not not) {
            return new Expr.Not(condition(not.operand()));
        } else if (expr instanceof Expr.Column column) {
            return new Expr.Binary("<>", column, ZERO);
        } else if (expr instanceof Expr.Literal literal) {
            return switch (literal.kind()) {
                case TRUE, FALSE, NULL -> literal;
                default -> new Expr.Uninterpreted(literal);
            };
        }
        return predicate(expr);
    }

    private static Expr predicate(Expr expr) {
        if (expr instanceof Expr.Binary binary && COMPARISONS.contains(binary.operator())) {
            return new Expr.Binary(binary.operator(), value(binary.left()), value(binary.right()));
        } else if (expr instanceof Expr.Binary binary && binary.operator().equals("<=>")) {
            return new Expr.IsDistinct(value(binary.left()), value(binary.right()), true);
        } else if (expr instanceof Expr.Between between && !between.symmetric()) {
            return new Expr.Between(
                    value(between.operand()), value(between.low()), value(between.high()), between.negated(), false);
        } else if (expr instanceof Expr.InList in) {
            return new Expr.InList(value(in.operand()), values(in.elements()), in.negated());
        } else if (expr instanceof Expr.InQuery in) {
            return new Expr.InQuery(value(in.operand()), in.query(), in.negated());
        } else if (expr instanceof Expr.QuantifiedQuery quantified) {
            return new Expr.QuantifiedQuery(
                    value(quantified.operand()), quantified.operator(), quantified.all(), quantified.query());
        } else if (expr instanceof Expr.Like like && like.operator().equals("like")) {
            Expr escape = like.escape() == null ? null : value(like.escape());
            return new Expr.Like("like", value(like.operand()), value(like.pattern()), escape, like.negated());
        } else if (expr instanceof Expr.Is is) {
            return is(is);
        }
        return expr instanceof Expr.Exists ? expr : new Expr.Uninterpreted(expr);
    }

    private static Expr is(Expr.Is is) {
        return switch (is.test()) {
            case "null" -> new Expr.Is(value(is.operand()), is.test(), is.negated());
            case "true", "false", "unknown" -> new Expr.Is(condition(is.operand()), is.test(), is.negated());
            default -> new Expr.Uninterpreted(is);
        };
    }

    static List<Expr> values(List<Expr> exprs) {
        return exprs.stream().map(Uninterpreted::value).toList();
    }

    /** An expression that yields a value. A number with an exponent is a floating-point one, which is compared as such. */
    static Expr value(Expr expr) {
        if (expr instanceof Expr.Literal literal) {
            boolean floating = literal.kind() == Expr.LiteralKind.NUMBER
                    && (literal.text().indexOf('e') >= 0 || literal.text().indexOf('E') >= 0);
            return floating ? new Expr.Uninterpreted(literal) : literal;
        } else if (expr instanceof Expr.Unary unary
                && unary.operand() instanceof Expr.Literal literal
                && value(literal) == literal
                && (unary.operator().equals("-") || unary.operator().equals("+"))) {
            return unary;
        } else if (expr instanceof Expr.Row row) {
            return new Expr.Row(values(row.fields()));
        }
        boolean plain = expr instanceof Expr.Column
                || expr instanceof Expr.Parameter
                || expr instanceof Expr.Scalar
                || expr instanceof Expr.Star
                || expr instanceof Expr.Default;
        return plain ? expr : new Expr.Uninterpreted(expr);
    }

    /** A column of a result: whether an aggregate makes it is looked at by its name alone. */
    static Expr item(Expr expr) {
        if (expr instanceof Expr.Call call && isPlainCount(call.name())) {
            return call.arguments().stream().allMatch(argument -> value(argument.value()) == argument.value())
                    ? call
                    : new Expr.Uninterpreted(call);
        }
        return isFound(expr) ? expr : value(expr);
    }

    /** Whether there is a row: {@code [NOT] EXISTS (..)}, {@code count(*) > 0}. */
    private static boolean isFound(Expr expr) {
        if (expr instanceof Expr.Binary binary) {
            return binary.operator().equals(">")
                    && binary.left() instanceof Expr.Call call
                    && call.star()
                    && isPlainCount(call.name())
                    && binary.right() instanceof Expr.Literal;
        }
        return expr instanceof Expr.Exists || expr instanceof Expr.Not not && not.operand() instanceof Expr.Exists;
    }

    private static boolean isPlainCount(List<Name> name) {
        return name.size() == 1
                && Set.of("count", "min", "max", "sum", "avg")
                        .contains(name.get(0).text());
    }
}
