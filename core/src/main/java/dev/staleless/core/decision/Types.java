package dev.staleless.core.decision;

import dev.staleless.core.condition.Function;
import dev.staleless.core.condition.Interval;
import dev.staleless.core.decision.OperandBinder.Term;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.ColumnType.Equality;
import dev.staleless.core.value.ColumnType.Kind;
import dev.staleless.core.value.Parameters;
import dev.staleless.core.value.Relation;
import dev.staleless.core.value.Values;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Types of expressions: in which type two operands are compared, and which type a function's result has. {@link
 * ColumnType#UNKNOWN} where it is not sure, so that nothing is said of the values.
 */
final class Types {

    /** Some string; how it compares is not known. */
    static final ColumnType ANY_TEXT = new ColumnType(Kind.TEXT, -1, -1, Equality.UNKNOWN);

    /**
     * Text made of constants and of what is no text: it takes the collation of the text that it meets, and has the database's own
     * among its like, which is not known. The scale tells it from all others.
     */
    static final ColumnType NEUTRAL_TEXT = neutral(Equality.UNKNOWN);

    private static final int NEUTRAL_SCALE = -2;

    static final ColumnType BOOLEAN = exact(Kind.BOOLEAN);
    private static final ColumnType DECIMAL = exact(Kind.DECIMAL);
    private static final ColumnType TIMESTAMP = exact(Kind.TIMESTAMP);
    private static final ColumnType INT = new ColumnType(Kind.INTEGER, 10, 0, Equality.EXACT);
    private static final ColumnType BIGINT = new ColumnType(Kind.INTEGER, 19, 0, Equality.EXACT);

    private Types() {}

    private static ColumnType exact(Kind kind) {
        return new ColumnType(kind, -1, -1, Equality.EXACT);
    }

    /** A type of the same kind and collation that limits nothing. */
    static ColumnType unlimited(ColumnType type) {
        return isNeutral(type) || type.kind() == Kind.INTEGER || type.kind() == Kind.OTHER
                ? type
                : new ColumnType(type.kind(), -1, -1, type.equality());
    }

    /** As {@link #NEUTRAL_TEXT}, with what is known of the database's own collation. */
    static ColumnType neutral(Equality equality) {
        return new ColumnType(Kind.TEXT, -1, NEUTRAL_SCALE, equality);
    }

    static boolean isNeutral(ColumnType type) {
        return type.kind() == Kind.TEXT && type.scale() == NEUTRAL_SCALE;
    }

    /** Of two neutral types the one that says how the database's own collation compares, if one does. */
    private static ColumnType known(ColumnType left, ColumnType right) {
        return left.equality() == Equality.UNKNOWN ? right : left;
    }

    private static boolean areDateAndTimestamp(ColumnType left, ColumnType right) {
        return left.kind() == Kind.DATE && right.kind() == Kind.TIMESTAMP
                || left.kind() == Kind.TIMESTAMP && right.kind() == Kind.DATE;
    }

    // ---- constants

    /** What a literal or parameter is beside something of a type. */
    static AbstractValue known(ColumnType type, @Nullable Object raw) {
        if (raw == Parameters.OPAQUE || raw instanceof Interval) {
            return AbstractValue.UNKNOWN;
        }
        Object value = Values.constant(type, raw);
        return value == Parameters.OPAQUE ? AbstractValue.NOT_NULL : new AbstractValue.Exact(value);
    }

    /** A literal or parameter as what it is. */
    static AbstractValue natural(@Nullable Object raw) {
        return raw == Parameters.OPAQUE ? AbstractValue.UNKNOWN : new AbstractValue.Exact(raw);
    }

    private static ColumnType naturalType(@Nullable Object raw) {
        if (raw instanceof Long number) {
            return number == number.intValue() ? INT : BIGINT;
        } else if (raw instanceof BigDecimal) {
            return DECIMAL;
        } else if (raw instanceof String) {
            return NEUTRAL_TEXT;
        } else if (raw instanceof Boolean) {
            return BOOLEAN;
        } else if (raw instanceof LocalDate) {
            return exact(Kind.DATE);
        }
        return raw instanceof LocalDateTime ? exact(Kind.TIMESTAMP) : ColumnType.UNKNOWN;
    }

    // ---- comparing

    /** The type in which two operands are compared. */
    static ColumnType meeting(Term left, Term right) {
        ColumnType l = left.type();
        ColumnType r = right.type();
        if (l != null && r != null) {
            return meeting(l, r);
        }
        if (l == null && r == null) {
            return ofConstants(left.constant(), right.constant());
        }
        return l == null ? withConstant(r, left.constant()) : withConstant(l, right.constant());
    }

    private static ColumnType meeting(ColumnType left, ColumnType right) {
        if (areDateAndTimestamp(left, right)) {
            boolean storable = left.equality() == Equality.STORABLE || right.equality() == Equality.STORABLE;
            return storable ? ColumnType.UNKNOWN : TIMESTAMP;
        }
        if (isNeutral(left) && isNeutral(right)) {
            return new ColumnType(Kind.TEXT, -1, -1, known(left, right).equality());
        }
        boolean texts = isText(left) && isText(right);
        if (texts && (isNeutral(left) || isNeutral(right))) {
            return unlimited(isNeutral(left) ? right : left);
        }
        return Relation.common(left, right);
    }

    /** An integer is compared with a decimal as a decimal, unless the decimal may be rounded first. */
    private static ColumnType withConstant(@Nullable ColumnType type, @Nullable Object constant) {
        if (type == null || isNeutral(type)) {
            return type == null ? ColumnType.UNKNOWN : new ColumnType(Kind.TEXT, -1, -1, type.equality());
        }
        boolean asDecimal =
                type.kind() == Kind.INTEGER && type.equality() != Equality.STORABLE && constant instanceof BigDecimal;
        return asDecimal ? Relation.common(type, DECIMAL) : type;
    }

    /** Two constants are compared as what they are; how strings among themselves, is not known. */
    private static ColumnType ofConstants(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Boolean && right instanceof Boolean) {
            return BOOLEAN;
        }
        boolean numbers = (left instanceof Long || left instanceof BigDecimal)
                && (right instanceof Long || right instanceof BigDecimal);
        return numbers ? DECIMAL : ColumnType.UNKNOWN;
    }

    // ---- alternatives

    /**
     * The type of an expression that is one of several. Values of the alternatives are taken for values of it as they are, so an
     * alternative that would be converted in a way that is not sure makes it unknown.
     */
    static ColumnType common(List<Term> terms) {
        ColumnType type = null;
        for (Term term : terms) {
            if (term.type() != null) {
                type = type == null ? unlimited(term.type()) : either(type, term.type());
            }
        }
        for (Term term : terms) {
            if (term.isRaw() && term.constant() != null) {
                type = type == null ? naturalType(term.constant()) : withAlternative(type, term.constant());
            }
        }
        return type == null ? ColumnType.UNKNOWN : type;
    }

    private static ColumnType either(ColumnType left, ColumnType right) {
        if (left.kind() == Kind.INTEGER && right.kind() == Kind.INTEGER) {
            return left.precision() >= right.precision() ? left : right;
        }
        if (isNeutral(left) && isNeutral(right)) {
            return known(left, right);
        }
        return unlimited(meeting(left, right));
    }

    private static ColumnType withAlternative(ColumnType type, Object constant) {
        boolean number = constant instanceof Long || constant instanceof BigDecimal;
        boolean sure = switch (type.kind()) {
            case INTEGER, DECIMAL -> number;
            case FLOAT -> number || constant instanceof Double;
            case TEXT, FIXED_TEXT, UUID -> constant instanceof String || constant instanceof java.util.UUID;
            case BOOLEAN -> constant instanceof Boolean;
            case DATE -> constant instanceof LocalDate || constant instanceof String;
            case TIMESTAMP -> constant instanceof LocalDateTime || constant instanceof String;
            default -> false;
        };
        if (!sure) {
            return ColumnType.UNKNOWN;
        }
        return type.kind() == Kind.INTEGER
                ? constant instanceof BigDecimal ? DECIMAL : either(type, naturalType(constant))
                : type;
    }

    // ---- functions

    /** The type of the result of a function that is NULL for NULL. */
    static ColumnType result(Function function, List<Term> terms) {
        return switch (function) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO -> terms.size() == 2 ? arithmetic(function, terms) : unknown();
            case NEGATE, ABS -> isExactNumber(type(terms.get(0))) ? type(terms.get(0)) : unknown();
            case FLOOR, CEILING, ROUND, TRUNCATE -> type(terms.get(0)).kind() == Kind.DECIMAL ? DECIMAL : unknown();
            case CONCATENATE -> text(terms, true);
            case LEFT,
                    RIGHT,
                    SUBSTRING,
                    TRIM,
                    TRIM_START,
                    TRIM_END,
                    REPLACE,
                    REVERSE,
                    REPEAT,
                    PAD_START,
                    PAD_END,
                    SPLIT_PART -> text(terms, false);
            case LENGTH, POSITION -> text(terms, false).kind() == Kind.TEXT ? INT : unknown();
            case STARTS_WITH -> text(terms, false).kind() == Kind.TEXT ? BOOLEAN : unknown();
            case EXTRACT -> isTime(terms) ? DECIMAL : unknown();
            case DATE_PART -> isTime(terms) ? exact(Kind.FLOAT) : unknown();
            case DATE_TRUNCATE ->
                isTime(terms) && type(terms.get(1)).kind() == Kind.TIMESTAMP ? exact(Kind.TIMESTAMP) : unknown();
            case CONCAT, COALESCE, NULLIF, GREATEST, LEAST -> unknown();
        };
    }

    private static ColumnType unknown() {
        return ColumnType.UNKNOWN;
    }

    private static ColumnType type(Term term) {
        ColumnType type = term.type();
        return type == null ? naturalType(term.constant()) : type;
    }

    private static ColumnType arithmetic(Function function, List<Term> terms) {
        ColumnType left = type(terms.get(0));
        ColumnType right = type(terms.get(1));
        if (left.kind() == Kind.INTEGER && right.kind() == Kind.INTEGER) {
            return left.precision() >= right.precision() ? left : right;
        } else if (isExactNumber(left) && isExactNumber(right)) {
            return DECIMAL;
        }
        boolean interval =
                terms.get(0).constant() instanceof Interval || terms.get(1).constant() instanceof Interval;
        ColumnType time = isTime(left) ? left : right;
        if (!isTime(time) || (function != Function.ADD && function != Function.SUBTRACT)) {
            return unknown();
        }
        if (interval) {
            return exact(time.kind() == Kind.DATE ? Kind.TIMESTAMP : time.kind());
        }
        boolean days = left.kind() == Kind.DATE && right.kind() == Kind.DATE && function == Function.SUBTRACT;
        boolean shifted = time.kind() == Kind.DATE && (left.kind() == Kind.INTEGER || right.kind() == Kind.INTEGER);
        return days ? INT : shifted ? exact(Kind.DATE) : unknown();
    }

    private static boolean isTime(ColumnType type) {
        return type.kind() == Kind.DATE || type.kind() == Kind.TIMESTAMP || type.kind() == Kind.TIMESTAMP_TZ;
    }

    private static boolean isTime(List<Term> terms) {
        return terms.size() == 2 && isTime(type(terms.get(1)));
    }

    private static boolean isExactNumber(ColumnType type) {
        return type.kind() == Kind.INTEGER || type.kind() == Kind.DECIMAL;
    }

    private static boolean isText(ColumnType type) {
        return type.kind() == Kind.TEXT || type.kind() == Kind.FIXED_TEXT;
    }

    static boolean isVariableTextOrInteger(@Nullable ColumnType type) {
        return type != null && (type.kind() == Kind.TEXT || type.kind() == Kind.INTEGER);
    }

    /**
     * Text with the collation of the texts among the operands; unknown if one of them has a collation under which different
     * strings may be equal.
     *
     * @param any whether each of the operands may be the text, not just the first
     */
    private static ColumnType text(List<Term> terms, boolean any) {
        ColumnType result = any ? null : type(terms.get(0));
        for (Term term : terms) {
            ColumnType type = type(term);
            boolean constant = term.isRaw() || isNeutral(type);
            if (isText(type)) {
                if (!constant && type.equality() == Equality.UNKNOWN) {
                    return unknown();
                }
                result = result == null ? type : both(result, type);
            } else if (type.kind() != Kind.INTEGER && !(term.isRaw() && term.constant() == null)) {
                return unknown();
            }
        }
        if (result == null || !isText(result)) {
            return unknown();
        }
        return isNeutral(result) ? result : new ColumnType(Kind.TEXT, -1, -1, result.equality());
    }

    /** The collation of two texts together. */
    private static ColumnType both(ColumnType left, ColumnType right) {
        if (isNeutral(left) || isNeutral(right)) {
            return isNeutral(left) && isNeutral(right) ? known(left, right) : isNeutral(left) ? right : left;
        }
        boolean same = left.equality() == right.equality();
        return same ? left : new ColumnType(Kind.TEXT, -1, -1, Equality.EXACT);
    }
}
