package dev.staleless.core.expression;

import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.ColumnType.Kind;
import dev.staleless.core.value.Parameters;
import dev.staleless.core.value.Values;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Explicit casts as PostgreSQL makes them. What depends on settings (a date as text, a timestamp with zone as one without) is
 * not sure, and neither is what the database may refuse.
 */
public final class Casts {

    private static final ColumnType UNLIMITED = new ColumnType(Kind.DECIMAL, -1, -1, ColumnType.Equality.EXACT);

    private static final int SHORT_DIGITS = 5;
    private static final int INT_DIGITS = 10;

    private Casts() {}

    /**
     * The value that a cast surely yields.
     *
     * @param from type of the operand; null for a literal or parameter
     * @param value not NULL, in canonical form
     * @return in canonical form, or {@link Parameters#OPAQUE}
     */
    public static Object apply(@Nullable ColumnType from, ColumnType to, Object value) {
        if (value == Parameters.OPAQUE) {
            return value;
        }
        if (from != null && from.kind() == ColumnType.Kind.FOLDED_TEXT) {
            return Parameters.OPAQUE; // what is equal to the value may be other characters
        }
        return switch (to.kind()) {
            case TEXT -> text(from, to, value);
            case INTEGER -> integer(to, value);
            case DECIMAL -> decimal(to, value);
            case BOOLEAN -> value instanceof Long number ? (Object) (number != 0) : plain(to, value);
            case DATE -> value instanceof LocalDateTime timestamp ? timestamp.toLocalDate() : plain(to, value);
            case TIMESTAMP -> to.precision() >= 0 ? Parameters.OPAQUE : timestamp(to, value);
            case TIME ->
                to.precision() >= 0
                        ? Parameters.OPAQUE
                        : value instanceof LocalDateTime timestamp ? timestamp.toLocalTime() : plain(to, value);
            case UUID, FLOAT -> plain(to, value);
            case TIMESTAMP_TZ -> to.precision() >= 0 ? Parameters.OPAQUE : plain(to, value);
            case FIXED_TEXT, FOLDED_TEXT, BYTES, OTHER -> Parameters.OPAQUE;
        };
    }

    /** What is read or taken as it would be in a comparison with a column of the type. */
    private static Object plain(ColumnType to, Object value) {
        Object plain = Values.constant(to, value);
        return plain == null ? Parameters.OPAQUE : plain;
    }

    private static Object timestamp(ColumnType to, Object value) {
        return value instanceof LocalDate date ? date.atStartOfDay() : plain(to, value);
    }

    private static Object text(@Nullable ColumnType from, ColumnType to, Object value) {
        String text = null;
        if (value instanceof String string) {
            // how many characters a surrogate pair is differs
            text = string;
        } else if (value instanceof Long || value instanceof Boolean || value instanceof java.util.UUID) {
            text = value.toString();
        } else if (value instanceof BigDecimal number && from != null && from.scale() >= 0) {
            text = number.scale() <= from.scale()
                    ? number.setScale(from.scale()).toPlainString()
                    : null;
        }
        if (text == null) {
            return Parameters.OPAQUE;
        }
        if (to.precision() < 0 || text.length() <= to.precision()) {
            return text;
        }
        boolean surrogates = text.chars().anyMatch(c -> Character.isSurrogate((char) c));
        return surrogates ? Parameters.OPAQUE : text.substring(0, to.precision());
    }

    private static Object integer(ColumnType to, Object value) {
        Object integer = value;
        if (value instanceof BigDecimal number) {
            BigDecimal rounded = isHuge(number) ? null : number.setScale(0, RoundingMode.HALF_UP);
            integer = rounded == null || rounded.toBigInteger().bitLength() >= Long.SIZE
                    ? Parameters.OPAQUE
                    : (Object) rounded.longValueExact();
        } else if (value instanceof Boolean bool) {
            integer = bool ? 1L : 0L;
        } else if (value instanceof String) {
            integer = plain(to, value);
        }
        return integer instanceof Long number && fits(to, number) ? number : Parameters.OPAQUE;
    }

    private static boolean isHuge(BigDecimal number) {
        return number.precision() - (long) number.scale() > Long.SIZE || number.scale() > 1000;
    }

    /** Whether an integer type of this precision holds a number; of one that is not known the smallest is assumed. */
    public static boolean fits(ColumnType type, long number) {
        int digits = type.precision();
        if (digits < INT_DIGITS) {
            return number >= Short.MIN_VALUE && number <= Short.MAX_VALUE && digits <= SHORT_DIGITS;
        }
        return digits > INT_DIGITS || (number >= Integer.MIN_VALUE && number <= Integer.MAX_VALUE);
    }

    private static Object decimal(ColumnType to, Object value) {
        Object plain = value instanceof String text ? read(text) : plain(to, value);
        if (!(plain instanceof BigDecimal number) || to.precision() < 0) {
            return plain instanceof BigDecimal ? plain : Parameters.OPAQUE;
        }
        if (to.scale() < 0) {
            return Parameters.OPAQUE;
        }
        BigDecimal rounded = number.setScale(to.scale(), RoundingMode.HALF_UP).stripTrailingZeros();
        boolean fits = rounded.signum() == 0 || rounded.precision() - rounded.scale() <= to.precision() - to.scale();
        return fits ? rounded : Parameters.OPAQUE;
    }

    /** A number in the notation that every database reads alike, as it would be stored. */
    private static Object read(String text) {
        AbstractValue stored = Values.store(UNLIMITED, text);
        return stored instanceof AbstractValue.Exact exact && exact.value() != null ? exact.value() : Parameters.OPAQUE;
    }
}
