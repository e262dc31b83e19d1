package dev.staleless.core.value;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalTime;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * What is surely known of a column once a value was written to it, compared with it, or read from it. Where a database, a
 * driver or a setting could make a difference, nothing is known but whether it is NULL.
 */
public final class Values {

    private static final int DEFAULT_TIME_DIGITS = 6;
    private static final int LAST_YEAR = 9999;

    private Values() {}

    /**
     * What is surely stored when a literal or parameter is written to a column, or was read from it: the exact value only
     * where the column holds it unchanged, neither rounded nor cut nor converted in a way that is not sure. The images of
     * change events are to be made of these.
     *
     * @param raw in canonical form of any kind, null for NULL, {@link Parameters#OPAQUE} if not known
     */
    public static AbstractValue store(ColumnType type, @Nullable Object raw) {
        if (raw == null) {
            return AbstractValue.NULL;
        }
        if (raw == Parameters.OPAQUE || type.kind() == ColumnType.Kind.OTHER) {
            return AbstractValue.UNKNOWN;
        }
        boolean bit = type.kind() == ColumnType.Kind.INTEGER && type.scale() == ColumnType.BIT;
        if (bit && raw instanceof String) {
            return AbstractValue.NOT_NULL;
        }
        Object value = assigned(type.kind(), raw);
        if (value != Parameters.OPAQUE && fits(type, value)) {
            return new AbstractValue.Exact(value);
        }
        return isNullOnError(type.kind(), raw) ? AbstractValue.UNKNOWN : AbstractValue.NOT_NULL;
    }

    /**
     * A database that stores something else instead of refusing a value stores NULL where there is nothing near to it. Of times
     * such are those that are given in another way, and those outside of what every database holds.
     */
    private static boolean isNullOnError(ColumnType.Kind kind, Object raw) {
        return switch (kind) {
            case UUID -> true;
            case TIME -> !(raw instanceof LocalTime);
            case DATE, TIMESTAMP ->
                !(raw instanceof TemporalAccessor time && time.isSupported(ChronoField.YEAR))
                        || time.get(ChronoField.YEAR) < 1
                        || time.get(ChronoField.YEAR) > LAST_YEAR;
            case TIMESTAMP_TZ -> !(raw instanceof TemporalAccessor);
            default -> false;
        };
    }

    /**
     * The canonical form that a literal or parameter has when it is compared with a column.
     *
     * @param raw in canonical form of any kind, null for NULL
     * @return null for NULL; {@link Parameters#OPAQUE} if it is not sure which value the database compares with
     */
    public static @Nullable Object constant(ColumnType type, @Nullable Object raw) {
        if (raw == null || raw == Parameters.OPAQUE) {
            return raw;
        }
        Object value = Canonical.of(type.kind(), raw);
        return value != Parameters.OPAQUE && mayBeRounded(type, value) ? Parameters.OPAQUE : value;
    }

    /**
     * Whether another value may be compared instead. Only digits after the point are lost: a number that is too large for its
     * column finds nothing.
     */
    private static boolean mayBeRounded(ColumnType type, Object value) {
        if (type.equality() != ColumnType.Equality.STORABLE) {
            return false;
        }
        return switch (type.kind()) {
            case DECIMAL -> type.scale() >= 0 && ((BigDecimal) value).scale() > type.scale();
            case TIME, TIMESTAMP, TIMESTAMP_TZ -> !fits(type, value);
            default -> false;
        };
    }

    /**
     * What is known of a column for which a comparison with a constant is true.
     *
     * @param relations the outcomes for which it is true, of {@link Relation#LESS}, {@link Relation#EQUAL} and {@link
     *     Relation#GREATER}: the column is less than the constant, and so on
     */
    public static AbstractValue related(ColumnType type, int relations, @Nullable Object raw) {
        if (type.kind() == ColumnType.Kind.OTHER) {
            return AbstractValue.UNKNOWN;
        }
        Object value = constant(type, raw);
        if (value == null || value == Parameters.OPAQUE) {
            return AbstractValue.NOT_NULL; // with NULL it is never true, so that anything may be said
        }
        return switch (relations) {
            case Relation.EQUAL -> hasEquality(type) ? new AbstractValue.Exact(value) : AbstractValue.NOT_NULL;
            case Relation.LESS -> below(type, value, false);
            case Relation.LESS | Relation.EQUAL -> below(type, value, true);
            case Relation.GREATER -> above(type, value, false);
            case Relation.GREATER | Relation.EQUAL -> above(type, value, true);
            default -> AbstractValue.NOT_NULL;
        };
    }

    /**
     * The canonical form of a value of a column, by which equal values of the type meet: two values that the database may call
     * equal have the same, {@code equals} and {@code hashCode} included.
     *
     * @return null if it has none
     */
    public static @Nullable Object canonical(ColumnType type, Object value) {
        if (!hasCanonicalForm(type)) {
            return null;
        }
        Object canonical = constant(type, value);
        return canonical == Parameters.OPAQUE ? null : canonical;
    }

    /** Whether any value of the type has a {@link #canonical} form. */
    public static boolean hasCanonicalForm(ColumnType type) {
        return type.kind() != ColumnType.Kind.OTHER && type.kind() != ColumnType.Kind.FLOAT && hasEquality(type);
    }

    /**
     * Whether a column of the type stores and returns in one way what has one {@link #canonical} form: 1.0 and 1.00 are two
     * decimals if the column has no scale.
     */
    public static boolean isIdentity(ColumnType type) {
        return switch (type.kind()) {
            case DECIMAL -> type.scale() >= 0;
            case FIXED_TEXT -> hasEquality(type) && type.precision() >= 0 && type.scale() != ColumnType.VARIED;
            case TIMESTAMP_TZ -> type.scale() != ColumnType.VARIED;
            case FOLDED_TEXT -> false;
            default -> hasCanonicalForm(type);
        };
    }

    private static boolean hasEquality(ColumnType type) {
        return switch (type.kind()) {
            case TEXT, FIXED_TEXT, FOLDED_TEXT -> type.equality() != ColumnType.Equality.UNKNOWN;
            case OTHER -> false;
            default -> true;
        };
    }

    private static AbstractValue below(ColumnType type, Object bound, boolean inclusive) {
        return hasOrder(type) ? new AbstractValue.Range(null, false, bound, inclusive) : AbstractValue.NOT_NULL;
    }

    private static AbstractValue above(ColumnType type, Object bound, boolean inclusive) {
        return hasOrder(type) ? new AbstractValue.Range(bound, inclusive, null, false) : AbstractValue.NOT_NULL;
    }

    private static boolean hasOrder(ColumnType type) {
        return switch (type.kind()) {
            case TEXT, FOLDED_TEXT -> type.equality() == ColumnType.Equality.EXACT_ORDERED;
            case FIXED_TEXT, UUID, OTHER -> false;
            default -> true;
        };
    }

    private static Object assigned(ColumnType.Kind kind, Object raw) {
        if (raw instanceof String text) {
            if (kind == ColumnType.Kind.DECIMAL) {
                return Canonical.decimal(text);
            }
            if (kind == ColumnType.Kind.FIXED_TEXT) {
                return Canonical.of(kind, withoutTrailingSpaces(text));
            }
        }
        return Canonical.of(kind, raw);
    }

    private static String withoutTrailingSpaces(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    private static boolean fits(ColumnType type, Object value) {
        int precision = type.precision();
        return switch (type.kind()) {
            case INTEGER -> fitsInteger(type, (Long) value);
            case DECIMAL -> fits(type, (BigDecimal) value);
            // chars are never fewer than characters: what databases count is not more than this
            case TEXT, FIXED_TEXT, FOLDED_TEXT -> precision < 0 || ((String) value).length() <= precision;
            case BYTES -> precision < 0 || ((ByteBuffer) value).limit() <= precision;
            case TIME, TIMESTAMP, TIMESTAMP_TZ ->
                Canonical.fractionalDigits((TemporalAccessor) value)
                        <= (precision < 0 ? DEFAULT_TIME_DIGITS : precision);
            default -> true;
        };
    }

    /** Counted in digits: a bound that every type can be given, whatever its own bounds are. */
    private static boolean fitsInteger(ColumnType type, long value) {
        boolean inside = type.precision() < 0
                || value != Long.MIN_VALUE && Long.toString(Math.abs(value)).length() <= type.precision();
        return inside
                && switch (type.scale()) {
                    case ColumnType.FROM_ZERO -> value >= 0;
                    case ColumnType.FROM_ONE -> value >= 1;
                    case ColumnType.BIT -> value == 0 || value == 1;
                    default -> true;
                };
    }

    /** The value has no trailing zeros, so its scale is the number of digits it needs after the point. */
    private static boolean fits(ColumnType type, BigDecimal value) {
        if (type.scale() < 0) {
            return type.precision() < 0;
        }
        int integerDigits = value.precision() - value.scale();
        return value.scale() <= type.scale()
                && (type.precision() < 0 || integerDigits <= type.precision() - type.scale());
    }
}
