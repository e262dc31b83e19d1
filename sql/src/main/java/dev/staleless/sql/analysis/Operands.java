package dev.staleless.sql.analysis;

import dev.staleless.core.condition.Condition;
import dev.staleless.core.condition.Interval;
import dev.staleless.core.condition.Operand;
import dev.staleless.core.decision.Constants;
import dev.staleless.core.value.ColumnType;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.TypeName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Translates expressions that yield a value. What is not understood is {@link Operand#UNKNOWN}. */
final class Operands {

    private static final int MAX_LITERAL = 1000;

    private Operands() {}

    static Operand of(Expr expr, Scope scope) {
        if (expr instanceof Expr.Literal literal) {
            return literal(literal);
        }
        if (expr instanceof Expr.Parameter parameter) {
            return new Operand.Parameter(parameter.number() - 1);
        }
        if (expr instanceof Expr.Column reference) {
            Scope.Resolved resolved = scope.resolve(reference);
            return resolved == null
                    ? Operand.UNKNOWN
                    : new Operand.Column(
                            resolved.source().index(),
                            resolved.column().name(),
                            resolved.column().type());
        }
        if (expr instanceof Expr.Unary unary) {
            return unary.operand() instanceof Expr.Literal literal
                    ? signed(unary.operator(), literal)
                    : Calls.of(unary, scope);
        }
        if (expr instanceof Expr.Cast cast) {
            return cast(cast, scope);
        }
        if (expr instanceof Expr.TypedLiteral literal) {
            return typed(literal, scope);
        }
        if (expr instanceof Expr.Call call) {
            return Calls.of(call, scope);
        }
        if (expr instanceof Expr.KeywordCall call) {
            return Calls.of(call, scope);
        }
        if (expr instanceof Expr.Case choice) {
            return choice(choice, scope);
        }
        return composed(expr, scope);
    }

    /** A condition as a value, or an operator. */
    private static Operand composed(Expr expr, Scope scope) {
        boolean condition = expr instanceof Expr.And
                || expr instanceof Expr.Or
                || expr instanceof Expr.Not
                || expr instanceof Expr.Is
                || expr instanceof Expr.IsDistinct
                || expr instanceof Expr.Between
                || expr instanceof Expr.InList
                || expr instanceof Expr.Like
                || expr instanceof Expr.Binary binary && Conditions.isComparison(binary.operator());
        if (condition) {
            Condition of = Conditions.of(expr, scope);
            return of instanceof Condition.Opaque ? Operand.UNKNOWN : new Operand.Truth(of);
        }
        return expr instanceof Expr.Binary binary ? Calls.of(binary, scope) : Operand.UNKNOWN;
    }

    static boolean isConstant(Operand operand) {
        return Constants.isConstant(operand);
    }

    /** The first branch whose condition is true, or whose value is equal to the operand. */
    private static Operand choice(Expr.Case choice, Scope scope) {
        if (choice.operand() != null && !Size.isSmall(choice.operand())) {
            return Operand.UNKNOWN;
        }
        List<Operand.Branch> branches = new ArrayList<>();
        for (Expr.When when : choice.whens()) {
            Condition condition = choice.operand() == null
                    ? Conditions.of(when.condition(), scope)
                    : Conditions.of(new Expr.Binary("=", choice.operand(), when.condition()), scope);
            branches.add(new Operand.Branch(condition, of(when.result(), scope)));
        }
        Operand otherwise =
                choice.otherwise() == null ? new Operand.Literal(null, false) : of(choice.otherwise(), scope);
        boolean nothing = otherwise == Operand.UNKNOWN
                && branches.stream().allMatch(branch -> branch.result() == Operand.UNKNOWN);
        if (nothing) {
            return Operand.UNKNOWN;
        }
        Operand translated = new Operand.Case(branches, otherwise);
        boolean texts = choice.whens().stream().allMatch(when -> isString(when.result()));
        return texts && scope.isPostgres() ? new Operand.Cast(translated, CastTypes.TEXT) : translated;
    }

    private static Operand literal(Expr.Literal literal) {
        return switch (literal.kind()) {
            case STRING -> new Operand.Literal(literal.text(), true);
            case NUMBER -> number(literal.text());
            case TRUE -> new Operand.Literal(true, false);
            case FALSE -> new Operand.Literal(false, false);
            case NULL -> new Operand.Literal(null, false);
            case OPAQUE -> Operand.UNKNOWN;
        };
    }

    private static Operand signed(String operator, Expr.Literal literal) {
        if (literal.kind() != Expr.LiteralKind.NUMBER) {
            return Operand.UNKNOWN;
        }
        return switch (operator) {
            case "-" -> number("-" + literal.text());
            case "+" -> number(literal.text());
            default -> Operand.UNKNOWN;
        };
    }

    /** An integer if it has no point or exponent and fits into 64 bits, as the database reads it. */
    private static Operand number(String text) {
        if (text.length() > MAX_LITERAL) {
            return Operand.UNKNOWN;
        }
        BigDecimal number = new BigDecimal(text);
        boolean whole = text.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9');
        if (whole && number.toBigInteger().bitLength() < Long.SIZE) {
            return new Operand.Literal(number.longValueExact(), false);
        }
        return new Operand.Literal(number, false);
    }

    /**
     * A cast to unlimited text leaves a text as it is, and one to uuid reads a text as it would be read without a cast: so a
     * constant that is cast to these stands for itself. A bound value of another type is no text: compared with a column of these
     * types it is not sure what it is.
     */
    private static Operand cast(Expr.Cast cast, Scope scope) {
        TypeName type = cast.type();
        boolean constant =
                cast.operand() instanceof Expr.Parameter || isString(cast.operand()) || isNull(cast.operand());
        if (constant && isNeutral(type)) {
            return of(cast.operand(), scope);
        }
        if (!scope.isPostgres() || type.dimensions() > 0) {
            return Operand.UNKNOWN;
        }
        if (isString(cast.operand()) && isInterval(type)) {
            return interval(((Expr.Literal) cast.operand()).text(), "");
        }
        ColumnType to = CastTypes.of(type);
        Operand operand = to == null ? Operand.UNKNOWN : of(cast.operand(), scope);
        return to == null || operand == Operand.UNKNOWN ? Operand.UNKNOWN : new Operand.Cast(operand, to);
    }

    private static boolean isNeutral(TypeName type) {
        return type.modifiers().isEmpty()
                && type.dimensions() == 0
                && switch (type.name()) {
                    case "text", "varchar", "character varying", "uuid", "pg_catalog.text", "pg_catalog.uuid" -> true;
                    default -> false;
                };
    }

    /** {@code date '2020-01-01'}: as it would be cast. */
    private static Operand typed(Expr.TypedLiteral literal, Scope scope) {
        if (!scope.isPostgres() || literal.type().dimensions() > 0) {
            return Operand.UNKNOWN;
        }
        if (isInterval(literal.type())) {
            return interval(literal.text(), literal.suffix());
        }
        ColumnType to = literal.suffix().isEmpty() ? CastTypes.of(literal.type()) : null;
        return to == null ? Operand.UNKNOWN : new Operand.Cast(new Operand.Literal(literal.text(), true), to);
    }

    private static boolean isInterval(TypeName type) {
        return type.name().equals("interval") && type.modifiers().isEmpty() && type.dimensions() == 0;
    }

    private static Operand interval(String text, String suffix) {
        Interval interval = CastTypes.interval(text, suffix);
        return interval == null ? Operand.UNKNOWN : new Operand.Literal(interval, false);
    }

    private static boolean isString(Expr expr) {
        return expr instanceof Expr.Literal literal && literal.kind() == Expr.LiteralKind.STRING;
    }

    private static boolean isNull(Expr expr) {
        return expr instanceof Expr.Literal literal && literal.kind() == Expr.LiteralKind.NULL;
    }
}
