package dev.staleless.sql.analysis;

import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Condition.Operator;
import dev.staleless.core.condition.Condition.Truth;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.value.ColumnType;
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

    private static final int MANY = 16;

    /** Rows with more fields are not compared. */
    private static final int MAX_ROW = 50;

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
            return binary(binary, scope);
        }
        if (expr instanceof Expr.Between between) {
            return between(between, scope);
        }
        if (expr instanceof Expr.InList in) {
            return negate(in(in.operand(), in.elements(), scope), in.negated());
        }
        if (expr instanceof Expr.InQuery in) {
            return negate(inQuery(in.operand(), scope), in.negated());
        }
        if (expr instanceof Expr.QuantifiedArray quantified) {
            return quantified(quantified, scope);
        }
        if (expr instanceof Expr.Like like) {
            return like(like, scope);
        }
        if (expr instanceof Expr.Is is) {
            return is.operand() instanceof Expr.Row row && is.test().equals("null")
                    ? nullRow(row, is.negated(), scope)
                    : negate(is(is, scope), is.negated());
        }
        if (expr instanceof Expr.IsDistinct distinct) {
            return distinct(distinct, scope);
        }
        return holds(expr, scope);
    }

    private static Condition negate(Condition condition, boolean negated) {
        return negated ? new Condition.Not(condition) : condition;
    }

    static boolean isComparison(String operator) {
        return operator(operator) != null;
    }

    private static @Nullable Operator operator(String symbol) {
        return switch (symbol) {
            case "=" -> Operator.EQUAL;
            case "<>" -> Operator.NOT_EQUAL;
            case "<" -> Operator.LESS;
            case "<=" -> Operator.LESS_OR_EQUAL;
            case ">" -> Operator.GREATER;
            case ">=" -> Operator.GREATER_OR_EQUAL;
            default -> null;
        };
    }

    private static Condition binary(Expr.Binary binary, Scope scope) {
        Operator operator = operator(binary.operator());
        if (operator != null) {
            return comparison(operator, binary.left(), binary.right(), scope);
        }
        return switch (binary.operator()) {
            case "<=>" -> distinct(new Expr.IsDistinct(binary.left(), binary.right(), true), scope);
            case "~", "~*", "!~", "!~*" -> matches(binary, scope);
            case "~~", "~~*", "!~~", "!~~*" -> {
                String like = binary.operator().endsWith("*") ? "ilike" : "like";
                boolean negated = binary.operator().startsWith("!");
                yield scope.isPostgres()
                        ? like(new Expr.Like(like, binary.left(), binary.right(), null, negated), scope)
                        : Condition.OPAQUE;
            }
            default -> holds(binary, scope);
        };
    }

    private static Condition matches(Expr.Binary binary, Scope scope) {
        Operand operand = Operands.of(binary.left(), scope);
        Operand pattern = Operands.of(binary.right(), scope);
        if (!scope.isPostgres() || operand == Operand.UNKNOWN) {
            return Condition.OPAQUE;
        }
        boolean ignoreCase = binary.operator().endsWith("*");
        return negate(
                new Condition.Matches(operand, pattern, ignoreCase),
                binary.operator().startsWith("!"));
    }

    private static Condition comparison(Operator operator, Expr left, Expr right, Scope scope) {
        if (left instanceof Expr.Row || right instanceof Expr.Row) {
            return rows(operator, left, right, scope);
        }
        return compare(operator, left, right, scope);
    }

    private static Condition compare(Operator operator, Expr left, Expr right, Scope scope) {
        Operand leftOperand = Operands.of(left, scope);
        Operand rightOperand = Operands.of(right, scope);
        if (leftOperand == Operand.UNKNOWN && rightOperand == Operand.UNKNOWN) {
            return Condition.OPAQUE;
        }
        return new Condition.Comparison(operator, leftOperand, rightOperand);
    }

    /**
     * Rows are equal when all fields are: the conjunction of their comparisons, NULLs included. Of two rows that are not, the first
     * pair of fields that is not equal decides, and makes it unknown if one of the two is NULL.
     */
    private static Condition rows(Operator operator, Expr left, Expr right, Scope scope) {
        if (!scope.comparesRowsByFields()
                || !(left instanceof Expr.Row leftRow)
                || !(right instanceof Expr.Row rightRow)
                || leftRow.fields().isEmpty()
                || leftRow.fields().size() != rightRow.fields().size()) {
            return Condition.OPAQUE;
        }
        List<Expr> l = leftRow.fields();
        List<Expr> r = rightRow.fields();
        if (l.size() > MAX_ROW) {
            return Condition.OPAQUE;
        }
        if (operator == Operator.EQUAL || operator == Operator.NOT_EQUAL) {
            List<Condition> parts = new ArrayList<>();
            for (int i = 0; i < l.size(); i++) {
                parts.add(comparison(Operator.EQUAL, l.get(i), r.get(i), scope));
            }
            return negate(new Condition.And(parts), operator == Operator.NOT_EQUAL);
        }
        Operator strict =
                operator == Operator.LESS || operator == Operator.LESS_OR_EQUAL ? Operator.LESS : Operator.GREATER;
        if (!l.stream().allMatch(Conditions::isField) || !r.stream().allMatch(Conditions::isField)) {
            return Condition.OPAQUE;
        }
        int last = l.size() - 1;
        Condition condition = comparison(operator, l.get(last), r.get(last), scope);
        for (int i = last - 1; i >= 0; i--) {
            condition = new Condition.Or(List.of(
                    comparison(strict, l.get(i), r.get(i), scope),
                    new Condition.And(List.of(comparison(Operator.EQUAL, l.get(i), r.get(i), scope), condition))));
        }
        return condition;
    }

    private static boolean isField(Expr expr) {
        return !(expr instanceof Expr.Row) && Size.isSmall(expr);
    }

    private static Condition between(Expr.Between between, Scope scope) {
        boolean small = Size.isSmall(between.operand())
                && (!between.symmetric() || Size.isSmall(between.low()) && Size.isSmall(between.high()));
        if (!small) {
            return Condition.OPAQUE;
        }
        Condition condition = between(between.operand(), between.low(), between.high(), scope);
        if (between.symmetric()) {
            condition = new Condition.Or(
                    List.of(condition, between(between.operand(), between.high(), between.low(), scope)));
        }
        return negate(condition, between.negated());
    }

    private static Condition between(Expr operand, Expr low, Expr high, Scope scope) {
        return new Condition.And(List.of(
                comparison(Operator.GREATER_OR_EQUAL, operand, low, scope),
                comparison(Operator.LESS_OR_EQUAL, operand, high, scope)));
    }

    private static Condition in(Expr operand, List<Expr> elements, Scope scope) {
        if (elements.size() > MANY && !Size.isSmall(operand)) {
            return Condition.OPAQUE;
        }
        if (operand instanceof Expr.Row) {
            return new Condition.Or(all(elements, element -> rows(Operator.EQUAL, operand, element, scope)));
        }
        Operand left = Operands.of(operand, scope);
        List<Operand> values = all(elements, element -> Operands.of(element, scope));
        boolean rows = elements.stream().anyMatch(Expr.Row.class::isInstance);
        return left == Operand.UNKNOWN || rows ? Condition.OPAQUE : new Condition.In(left, values);
    }

    /** Nothing is known of what the sub-query gives; of NULL it is unknown whether it is there, or false if there is nothing. */
    private static Condition inQuery(Expr operand, Scope scope) {
        Operand left = operand instanceof Expr.Row ? Operand.UNKNOWN : Operands.of(operand, scope);
        return left == Operand.UNKNOWN
                ? Condition.OPAQUE
                : new Condition.And(
                        List.of(new Condition.Comparison(Operator.EQUAL, left, Operand.UNKNOWN), Condition.OPAQUE));
    }

    /** {@code e = ANY (ARRAY[..])} is IN, {@code e <> ALL (ARRAY[..])} NOT IN. */
    private static Condition quantified(Expr.QuantifiedArray quantified, Scope scope) {
        Operator operator = operator(quantified.operator());
        if (quantified.array() instanceof Expr.ArrayElements array) {
            return listed(quantified, operator, array, scope);
        }
        Operand array = array(quantified.array());
        Operand operand = Operands.of(quantified.operand(), scope);
        boolean known = array != Operand.UNKNOWN
                && !(quantified.operand() instanceof Expr.Row)
                && Size.isSmall(quantified.operand());
        return operator == null || !known
                ? Condition.OPAQUE
                : new Condition.Quantified(operator, quantified.all(), operand, array);
    }

    /** A bound array; or one that is cast, of which the cast of its elements is told. */
    private static Operand array(Expr array) {
        if (array instanceof Expr.Parameter parameter) {
            return new Operand.Parameter(parameter.number() - 1);
        }
        if (array instanceof Expr.Cast cast
                && cast.operand() instanceof Expr.Parameter parameter
                && cast.type().dimensions() == 1) {
            ColumnType element = CastTypes.of(cast.type());
            return element == null
                    ? Operand.UNKNOWN
                    : new Operand.Cast(new Operand.Parameter(parameter.number() - 1), element);
        }
        return Operand.UNKNOWN;
    }

    /** With the elements in the text. An empty array has none. */
    private static Condition listed(
            Expr.QuantifiedArray quantified, @Nullable Operator operator, Expr.ArrayElements array, Scope scope) {
        List<Expr> elements = array.elements();
        if (elements.isEmpty() || elements.stream().anyMatch(Expr.ArrayElements.class::isInstance)) {
            return Condition.OPAQUE;
        }
        Expr operand = quantified.operand();
        if (elements.size() > MANY && !Size.isSmall(operand)) {
            return Condition.OPAQUE;
        }
        if (operator == Operator.EQUAL && !quantified.all()) {
            return in(operand, elements, scope);
        } else if (operator == Operator.NOT_EQUAL && quantified.all()) {
            return negate(in(operand, elements, scope), true);
        }
        List<Condition> parts;
        if (operator != null) {
            parts = all(elements, element -> comparison(operator, operand, element, scope));
        } else {
            String like = quantified.operator();
            boolean negated = like.startsWith("not ");
            String name = negated ? like.substring("not ".length()) : like;
            if (!name.equals("like") && !name.equals("ilike")) {
                return Condition.OPAQUE;
            }
            parts = all(elements, element -> like(new Expr.Like(name, operand, element, null, negated), scope));
        }
        return quantified.all() ? new Condition.And(parts) : new Condition.Or(parts);
    }

    private static Condition like(Expr.Like like, Scope scope) {
        Operand operand = Operands.of(like.operand(), scope);
        if (operand == Operand.UNKNOWN) {
            return Condition.OPAQUE;
        }
        Operand pattern = Operands.of(like.pattern(), scope);
        if (like.operator().equals("similar to")) {
            boolean plain = like.escape() == null && scope.isPostgres();
            return plain ? negate(new Condition.Similar(operand, pattern), like.negated()) : Condition.OPAQUE;
        }
        Operand escape = like.escape() == null ? null : Operands.of(like.escape(), scope);
        return negate(
                new Condition.Like(operand, pattern, escape, like.operator().equals("ilike")), like.negated());
    }

    /** A row IS NULL if all its fields are, and IS NOT NULL if none is. */
    private static Condition nullRow(Expr.Row row, boolean negated, Scope scope) {
        List<Condition> parts = new ArrayList<>();
        for (Expr field : row.fields()) {
            Operand operand = field instanceof Expr.Row ? Operand.UNKNOWN : Operands.of(field, scope);
            parts.add(operand == Operand.UNKNOWN ? Condition.OPAQUE : negate(new Condition.IsNull(operand), negated));
        }
        return parts.isEmpty() ? Condition.OPAQUE : new Condition.And(parts);
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
        return operand == Operand.UNKNOWN ? Condition.OPAQUE : new Condition.Holds(operand);
    }

    private static <A, B> List<B> all(List<A> from, Function<A, B> translate) {
        List<B> all = new ArrayList<>(from.size());
        from.forEach(element -> all.add(translate.apply(element)));
        return all;
    }
}
