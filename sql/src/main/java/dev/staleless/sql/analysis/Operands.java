package dev.staleless.sql.analysis;

import dev.staleless.core.condition.Operand;
import dev.staleless.core.value.ColumnType;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.TypeName;
import java.math.BigDecimal;
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
        if (expr instanceof Expr.Unary unary && unary.operand() instanceof Expr.Literal literal) {
            return signed(unary.operator(), literal);
        }
        if (expr instanceof Expr.Cast cast) {
            return cast(cast, scope);
        }
        if (expr instanceof Expr.Call call) {
            return call(call, scope);
        }
        return Operand.UNKNOWN;
    }

    static boolean isConstant(Operand operand) {
        return operand instanceof Operand.Literal || operand instanceof Operand.Parameter;
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
     * A cast to unlimited text leaves a text as it is, and one to uuid reads a text as it would be read without a cast. A bound
     * value of another type is no text: compared with a column of these types it is not sure what it is.
     */
    private static Operand cast(Expr.Cast cast, Scope scope) {
        TypeName type = cast.type();
        boolean neutral = type.modifiers().isEmpty()
                && type.dimensions() == 0
                && switch (type.name()) {
                    case "text", "varchar", "character varying", "uuid", "pg_catalog.text", "pg_catalog.uuid" -> true;
                    default -> false;
                };
        if (!neutral) {
            return Operand.UNKNOWN;
        }
        if (cast.operand() instanceof Expr.Parameter || isString(cast.operand()) || isNull(cast.operand())) {
            return of(cast.operand(), scope);
        }
        return Operand.UNKNOWN;
    }

    private static boolean isString(Expr expr) {
        return expr instanceof Expr.Literal literal && literal.kind() == Expr.LiteralKind.STRING;
    }

    private static boolean isNull(Expr expr) {
        return expr instanceof Expr.Literal literal && literal.kind() == Expr.LiteralKind.NULL;
    }

    /** lower() and upper(): that the names mean PostgreSQL's functions is checked elsewhere. */
    private static Operand call(Expr.Call call, Scope scope) {
        if (call.arguments().size() != 1 || call.arguments().get(0).variadic() || !isPlain(call)) {
            return Operand.UNKNOWN;
        }
        List<Expr.Argument> arguments = call.arguments();
        String name = call.name().get(call.name().size() - 1).text();
        if (!name.equals("lower") && !name.equals("upper")) {
            return Operand.UNKNOWN;
        }
        Operand argument = of(arguments.get(0).value(), scope);
        if (argument instanceof Operand.Column column && !isText(column.type().kind())) {
            return Operand.UNKNOWN; // the bound of a range
        }
        return name.equals("lower") ? new Operand.Lower(argument) : new Operand.Upper(argument);
    }

    private static boolean isText(ColumnType.Kind kind) {
        return kind == ColumnType.Kind.TEXT || kind == ColumnType.Kind.FIXED_TEXT;
    }

    private static boolean isPlain(Expr.Call call) {
        return !call.distinct()
                && !call.star()
                && call.orderBy().isEmpty()
                && call.withinGroup().isEmpty()
                && call.filter() == null
                && call.over() == null;
    }
}
