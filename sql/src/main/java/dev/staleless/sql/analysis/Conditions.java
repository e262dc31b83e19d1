package dev.staleless.sql.analysis;

import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Condition.Operator;
import dev.staleless.core.condition.Condition.Truth;
import dev.staleless.core.condition.Operand;
import dev.staleless.sql.tree.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Translates expressions that are true, false or unknown. What is not understood is {@link Condition#OPAQUE}: any of the
 * three, wherever it stands, so that a condition around it is never narrower than what was written.
 */
final class Conditions {

    private Conditions() {}

    /** The conjuncts of a condition, whatever their nesting; all must be true for it to be true. */
    static List<Expr> conjuncts(@Nullable Expr expr) {
        List<Expr> conjuncts = new ArrayList<>();
        addConjuncts(expr, conjuncts);
        return conjuncts;
    }

    private static void addConjuncts(@Nullable Expr expr, List<Expr> into) {
        if (expr instanceof Expr.And and) {
            and.operands().forEach(operand -> addConjuncts(operand, into));
        } else if (expr != null) {
            into.add(expr);
        }
    }

    /** The conjuncts of a condition, translated. */
    static List<Condition> all(@Nullable Expr expr, Scope scope) {
        return all(conjuncts(expr), conjunct -> of(conjunct, scope));
    }

    static Condition of(Expr expr, Scope scope) {
        if (expr instanceof Expr.And and) {
            return new Condition.And(all(and.operands(), operand -> of(operand, scope)));
        }
        if (expr instanceof Expr.Or or) {
            return new Condition.Or(all(or.operands(), operand -> of(operand, scope)));
        }
        if (expr instanceof Expr.Not not) {
            return new Condition.Not(of(not.operand(), scope));
        }
        if (expr instanceof Expr.Binary binary) {
            return comparison(binary, scope);
        }
        if (expr instanceof Expr.Between between) {
            return between(between, scope);
        }
        if (expr instanceof Expr.InList in) {
            return negate(in(in.operand(), in.elements(), scope), in.negated());
        }
        if (expr instanceof Expr.QuantifiedArray quantified) {
            return quantified(quantified, scope);
        }
        if (expr instanceof Expr.Like like) {
            return like(like, scope);
        }
        if (expr instanceof Expr.Is is) {
            return negate(is(is, scope), is.negated());
        }
        if (expr instanceof Expr.IsDistinct distinct) {
            return distinct(distinct, scope);
        }
        return holds(expr, scope);
    }

    private static Condition negate(Condition condition, boolean negated) {
        return negated ? new Condition.Not(condition) : condition;
    }

    private static Condition comparison(Expr.Binary binary, Scope scope) {
        Operator operator = switch (binary.operator()) {
            case "=" -> Operator.EQUAL;
            case "<>" -> Operator.NOT_EQUAL;
            case "<" -> Operator.LESS;
            case "<=" -> Operator.LESS_OR_EQUAL;
            case ">" -> Operator.GREATER;
            case ">=" -> Operator.GREATER_OR_EQUAL;
            default -> null;
        };
        if (operator == null) {
            return Condition.OPAQUE;
        }
        if (binary.left() instanceof Expr.Row || binary.right() instanceof Expr.Row) {
            return operator == Operator.EQUAL ? equalRows(binary.left(), binary.right(), scope) : Condition.OPAQUE;
        }
        return compare(operator, binary.left(), binary.right(), scope);
    }

    private static Condition compare(Operator operator, Expr left, Expr right, Scope scope) {
        Operand leftOperand = Operands.of(left, scope);
        Operand rightOperand = Operands.of(right, scope);
        if (leftOperand == Operand.UNKNOWN && rightOperand == Operand.UNKNOWN) {
            return Condition.OPAQUE;
        }
        return new Condition.Comparison(operator, leftOperand, rightOperand);
    }

    /** Rows are equal when all fields are: the conjunction of their comparisons, NULLs included. */
    private static Condition equalRows(Expr left, Expr right, Scope scope) {
        if (!(left instanceof Expr.Row leftRow)
                || !(right instanceof Expr.Row rightRow)
                || leftRow.fields().isEmpty()
                || leftRow.fields().size() != rightRow.fields().size()) {
            return Condition.OPAQUE;
        }
        List<Condition> parts = new ArrayList<>();
        for (int i = 0; i < leftRow.fields().size(); i++) {
            Expr leftField = leftRow.fields().get(i);
            Expr rightField = rightRow.fields().get(i);
            boolean nested = leftField instanceof Expr.Row || rightField instanceof Expr.Row;
            parts.add(nested ? Condition.OPAQUE : compare(Operator.EQUAL, leftField, rightField, scope));
        }
        return new Condition.And(parts);
    }

    private static Condition between(Expr.Between between, Scope scope) {
        if (between.symmetric() || between.operand() instanceof Expr.Row) {
            return Condition.OPAQUE;
        }
        Condition condition = new Condition.And(List.of(
                compare(Operator.GREATER_OR_EQUAL, between.operand(), between.low(), scope),
                compare(Operator.LESS_OR_EQUAL, between.operand(), between.high(), scope)));
        return negate(condition, between.negated());
    }

    private static Condition in(Expr operand, List<Expr> elements, Scope scope) {
        if (operand instanceof Expr.Row) {
            return new Condition.Or(all(elements, element -> equalRows(operand, element, scope)));
        }
        Operand left = Operands.of(operand, scope);
        List<Operand> values = all(elements, element -> Operands.of(element, scope));
        boolean rows = elements.stream().anyMatch(Expr.Row.class::isInstance);
        return left == Operand.UNKNOWN || rows ? Condition.OPAQUE : new Condition.In(left, values);
    }

    /** {@code e = ANY (ARRAY[..])} is IN, {@code e <> ALL (ARRAY[..])} NOT IN. An empty array has no equal element. */
    private static Condition quantified(Expr.QuantifiedArray quantified, Scope scope) {
        boolean in = quantified.operator().equals("=") && !quantified.all();
        boolean notIn = quantified.operator().equals("<>") && quantified.all();
        if (!in && !notIn
                || !(quantified.array() instanceof Expr.ArrayElements array)
                || array.elements().isEmpty()
                || array.elements().stream().anyMatch(Expr.ArrayElements.class::isInstance)) {
            return Condition.OPAQUE;
        }
        return negate(in(quantified.operand(), array.elements(), scope), notIn);
    }

    private static Condition like(Expr.Like like, Scope scope) {
        Operand operand = Operands.of(like.operand(), scope);
        if (like.operator().equals("similar to") || operand == Operand.UNKNOWN) {
            return Condition.OPAQUE;
        }
        Operand pattern = Operands.of(like.pattern(), scope);
        Operand escape = like.escape() == null ? null : Operands.of(like.escape(), scope);
        return negate(
                new Condition.Like(operand, pattern, escape, like.operator().equals("ilike")), like.negated());
    }

    private static Condition is(Expr.Is is, Scope scope) {
        return switch (is.test()) {
            case "true" -> new Condition.Is(of(is.operand(), scope), Truth.TRUE);
            case "false" -> new Condition.Is(of(is.operand(), scope), Truth.FALSE);
            case "unknown" -> new Condition.Is(of(is.operand(), scope), Truth.UNKNOWN);
            case "null" -> {
                Operand operand = Operands.of(is.operand(), scope);
                yield operand == Operand.UNKNOWN ? Condition.OPAQUE : new Condition.IsNull(operand);
            }
            default -> Condition.OPAQUE;
        };
    }

    private static Condition distinct(Expr.IsDistinct distinct, Scope scope) {
        Operand left = Operands.of(distinct.left(), scope);
        Operand right = Operands.of(distinct.right(), scope);
        boolean opaque = left == Operand.UNKNOWN && right == Operand.UNKNOWN;
        return opaque ? Condition.OPAQUE : negate(new Condition.IsDistinct(left, right), distinct.negated());
    }

    private static Condition holds(Expr expr, Scope scope) {
        if (expr instanceof Expr.Literal literal) {
            return switch (literal.kind()) {
                case TRUE -> Condition.TRUE;
                case FALSE -> Condition.FALSE;
                case NULL -> new Condition.Constant(Truth.UNKNOWN);
                default -> Condition.OPAQUE;
            };
        }
        Operand operand = Operands.of(expr, scope);
        boolean understood = operand instanceof Operand.Column || operand instanceof Operand.Parameter;
        return understood ? new Condition.Holds(operand) : Condition.OPAQUE;
    }

    private static <A, B> List<B> all(List<A> from, Function<A, B> translate) {
        List<B> all = new ArrayList<>(from.size());
        from.forEach(element -> all.add(translate.apply(element)));
        return all;
    }
}
