package dev.staleless.core.value;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * How two values may stand to each other when they are compared: a set of the five outcomes below, as a bit mask. An outcome
 * that is not in the set is surely not what the database finds.
 */
public final class Relation {

    /** Both are not NULL, and the first is less. */
    public static final int LESS = 1;

    public static final int EQUAL = 2;
    public static final int GREATER = 4;

    /** One of the two is NULL, the other is not. */
    public static final int ONE_NULL = 8;

    public static final int BOTH_NULL = 16;

    /** Any outcome of two values that are not NULL. */
    public static final int COMPARED = LESS | EQUAL | GREATER;

    public static final int ANY = COMPARED | ONE_NULL | BOTH_NULL;

    private static final int MAX_PAIRS = 1024;

    private Relation() {}

    /**
     * The possible outcomes of comparing two values under a type.
     *
     * @param type the type both are compared in: that of the column which meets a constant ({@link Values#constant} gives its
     *     form), or what {@link #common} says of two columns
     */
    public static int between(ColumnType type, AbstractValue left, AbstractValue right) {
        if (left instanceof AbstractValue.Exact l && right instanceof AbstractValue.Exact r) {
            if (l.value() != null && r.value() != null) {
                return compare(type, l.value(), r.value());
            }
            // known to be NULL or not, whatever the type: a row value that has no canonical form is never Exact
            return l.value() == null && r.value() == null ? BOTH_NULL : ONE_NULL;
        }
        boolean leftNull = mayBeNull(type, left);
        boolean rightNull = mayBeNull(type, right);
        boolean leftValue = mayBeValue(left);
        boolean rightValue = mayBeValue(right);
        int outcomes = leftNull && rightNull ? BOTH_NULL : 0;
        if ((leftNull && rightValue) || (leftValue && rightNull)) {
            outcomes |= ONE_NULL;
        }
        return leftValue && rightValue ? outcomes | compared(type, left, right) : outcomes;
    }

    /** Whether a value may be NULL. Of a type that is not understood, what has a value may still be NULL: a row of NULLs is. */
    public static boolean mayBeNull(ColumnType type, AbstractValue value) {
        if (value instanceof AbstractValue.Exact exact) {
            return exact.value() == null;
        }
        return value instanceof AbstractValue.Unknown || type.kind() == ColumnType.Kind.OTHER;
    }

    /** Whether a value may be other than NULL. */
    public static boolean mayBeValue(AbstractValue value) {
        return !(value instanceof AbstractValue.Exact exact) || exact.value() != null;
    }

    /**
     * The type in which the database compares a column of one type with a column of another, as far as outcomes are sure in
     * it; {@link ColumnType#UNKNOWN} if none are.
     */
    public static ColumnType common(ColumnType a, ColumnType b) {
        if (a.equals(b)) {
            return a;
        }
        boolean storable = a.equality() == ColumnType.Equality.STORABLE || b.equality() == ColumnType.Equality.STORABLE;
        if (storable && !(a.kind() == ColumnType.Kind.INTEGER && b.kind() == ColumnType.Kind.INTEGER)) {
            return ColumnType.UNKNOWN; // what one of them can hold the other may round
        }
        if (isExactNumber(a) && isExactNumber(b)) {
            return new ColumnType(ColumnType.Kind.DECIMAL, -1, -1, ColumnType.Equality.EXACT);
        }
        if (a.kind() != b.kind()) {
            return ColumnType.UNKNOWN;
        }
        // of one kind, and precision does not count in a comparison
        return new ColumnType(a.kind(), -1, -1, weaker(a.equality(), b.equality()));
    }

    private static boolean isExactNumber(ColumnType type) {
        return type.kind() == ColumnType.Kind.INTEGER || type.kind() == ColumnType.Kind.DECIMAL;
    }

    private static ColumnType.Equality weaker(ColumnType.Equality a, ColumnType.Equality b) {
        if (a == b) {
            return a;
        }
        boolean unknown = a == ColumnType.Equality.UNKNOWN || b == ColumnType.Equality.UNKNOWN;
        return unknown ? ColumnType.Equality.UNKNOWN : ColumnType.Equality.EXACT;
    }

    private static int compared(ColumnType type, AbstractValue left, AbstractValue right) {
        if (left instanceof AbstractValue.OneOf l) {
            return each(type, l, right, false);
        }
        if (right instanceof AbstractValue.OneOf r) {
            return each(type, r, left, true);
        }
        if (!hasBounds(left) || !hasBounds(right)) {
            return COMPARED;
        }
        AbstractValue.Range l = range(left);
        AbstractValue.Range r = range(right);
        return l == null || r == null ? COMPARED : overlap(type, l, r);
    }

    private static boolean hasBounds(AbstractValue value) {
        return value instanceof AbstractValue.Range || value instanceof AbstractValue.Exact;
    }

    private static int each(ColumnType type, AbstractValue.OneOf set, AbstractValue other, boolean turned) {
        if (other instanceof AbstractValue.OneOf o
                && (long) set.values().size() * o.values().size() > MAX_PAIRS) {
            return COMPARED;
        }
        int outcomes = 0;
        for (Object value : set.values()) {
            AbstractValue one = new AbstractValue.Exact(value);
            outcomes |= COMPARED & (turned ? between(type, other, one) : between(type, one, other));
            if (outcomes == COMPARED) {
                break;
            }
        }
        return outcomes;
    }

    private static AbstractValue.@Nullable Range range(AbstractValue value) {
        if (value instanceof AbstractValue.Range range) {
            return range;
        }
        return value instanceof AbstractValue.Exact exact
                ? new AbstractValue.Range(exact.value(), true, exact.value(), true)
                : null;
    }

    /** What two values may be to each other of which only bounds are known. */
    private static int overlap(ColumnType type, AbstractValue.Range left, AbstractValue.Range right) {
        int outcomes = COMPARED;
        if (left.low() != null && right.high() != null) {
            boolean touching = left.lowInclusive() && right.highInclusive();
            outcomes &= notBelow(compare(type, left.low(), right.high()), touching, LESS, GREATER);
        }
        if (left.high() != null && right.low() != null) {
            boolean touching = left.highInclusive() && right.lowInclusive();
            outcomes &= notBelow(compare(type, left.high(), right.low()), touching, GREATER, LESS);
        }
        return outcomes;
    }

    /**
     * The outcomes that two bounds leave: if the lower bound of one is surely not {@code below} the upper bound of the other,
     * its values are not either, and are equal only where the bounds are and belong to both.
     */
    private static int notBelow(int bounds, boolean touching, int below, int above) {
        if ((bounds & below) != 0) {
            return COMPARED;
        }
        boolean equal = (bounds & EQUAL) != 0 && touching;
        return equal ? EQUAL | above : above;
    }

    /** The possible outcomes of comparing two values that are not null. */
    static int compare(ColumnType type, Object left, Object right) {
        ColumnType.Kind kind = type.kind();
        // the two most frequent kinds first
        if (kind == ColumnType.Kind.INTEGER && left instanceof Long l && right instanceof Long r) {
            return of(Long.compare(l, r));
        } else if (kind == ColumnType.Kind.TEXT && left instanceof String l && right instanceof String r) {
            return compareText(type.equality(), l, r);
        } else if (kind == ColumnType.Kind.DECIMAL) {
            return compareDecimals(left, right);
        } else if (!Canonical.isSure(kind, left) || !Canonical.isSure(kind, right)) {
            return COMPARED;
        }
        return switch (kind) {
            case BOOLEAN -> of(Boolean.compare((Boolean) left, (Boolean) right));
            // a sure value is finite, and -0.0 is not less than 0.0
            case FLOAT -> of(Double.compare((Double) left + 0.0, (Double) right + 0.0));
            case DATE -> of(((LocalDate) left).compareTo((LocalDate) right));
            case TIME -> of(((LocalTime) left).compareTo((LocalTime) right));
            case TIMESTAMP -> of(((LocalDateTime) left).compareTo((LocalDateTime) right));
            case TIMESTAMP_TZ -> of(((Instant) left).compareTo((Instant) right));
            case BYTES -> of(compareBytes((ByteBuffer) left, (ByteBuffer) right));
            case FOLDED_TEXT -> compareFolded(type.equality(), (String) left, (String) right);
            // databases do not agree on the order of UUIDs: by bytes, as signed numbers, by the last group first
            case UUID -> left.equals(right) ? EQUAL : LESS | GREATER;
            // whether the missing spaces count in the order differs
            case FIXED_TEXT ->
                compareText(weaker(type.equality(), ColumnType.Equality.EXACT), (String) left, (String) right);
            default -> COMPARED;
        };
    }

    private static int of(int comparison) {
        return comparison < 0 ? LESS : comparison > 0 ? GREATER : EQUAL;
    }

    /** An integer meets a decimal as a decimal: nothing is rounded. */
    private static int compareDecimals(Object left, Object right) {
        if (left instanceof Long l && right instanceof Long r) {
            return of(Long.compare(l, r));
        }
        BigDecimal l = decimal(left);
        BigDecimal r = decimal(right);
        return l == null || r == null ? COMPARED : of(l.compareTo(r));
    }

    private static @Nullable BigDecimal decimal(Object value) {
        return value instanceof Long number
                ? BigDecimal.valueOf(number)
                : value instanceof BigDecimal number ? number : null;
    }

    private static int compareText(ColumnType.Equality equality, String left, String right) {
        return switch (equality) {
            case UNKNOWN, STORABLE -> COMPARED;
            case EXACT -> left.equals(right) ? EQUAL : LESS | GREATER;
            case EXACT_ORDERED -> of(compareCodePoints(left, right));
        };
    }

    /** Strings that differ are not equal; which of them is less is known of letters, digits and spaces. */
    private static int compareFolded(ColumnType.Equality equality, String left, String right) {
        if (left.equals(right)) {
            return EQUAL;
        }
        boolean ordered = equality == ColumnType.Equality.EXACT_ORDERED && isPlain(left) && isPlain(right);
        return ordered ? of(left.compareTo(right)) : LESS | GREATER;
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != ' ') {
                return false;
            }
        }
        return true;
    }

    /** The order of code points, which is that of UTF-8 bytes, but not of Java's UTF-16 units. */
    static int compareCodePoints(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char l = left.charAt(i);
            char r = right.charAt(i);
            if (l != r) {
                // a surrogate belongs to a code point above every other char
                boolean mixed = Character.isSurrogate(l) != Character.isSurrogate(r);
                return mixed ? (Character.isSurrogate(l) ? 1 : -1) : Character.compare(l, r);
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    private static int compareBytes(ByteBuffer left, ByteBuffer right) {
        int length = Math.min(left.limit(), right.limit());
        for (int i = 0; i < length; i++) {
            int comparison = Byte.compareUnsigned(left.get(i), right.get(i));
            if (comparison != 0) {
                return comparison;
            }
        }
        return Integer.compare(left.limit(), right.limit());
    }
}
