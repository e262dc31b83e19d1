package dev.staleless.core.value;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The canonical form of a literal or parameter in the type of the column it meets, or {@link Parameters#OPAQUE} where the
 * database may see another value in it.
 *
 * <p>A string that meets another type is parsed only in the one notation that every supported database reads alike. An
 * integer of at most 15 digits is read alike even by a database that compares a number with a string as floating point.
 *
 * <p>Times are sure between the years 1600 and 9999 and up to the microsecond: outside lie 'infinity' and what drivers make
 * of it, years before Christ, and dates that drivers count by the Julian calendar; and what is finer is rounded by some
 * drivers and cut by others. {@link LocalTime#MAX}, which stands for 24:00, is finer than that, too.
 */
final class Canonical {

    private static final int MAX_DIGITS = 1000;
    private static final long MAX_SINGLE = 1 << 24;
    private static final int MIN_YEAR = 1600;
    private static final int MAX_YEAR = 9999;
    private static final Instant MIN_INSTANT = Instant.parse("1600-01-02T00:00:00Z");
    private static final Instant MAX_INSTANT = Instant.parse("9999-12-30T00:00:00Z");

    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,14}");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,100}(\\.[0-9]{1,100})?");
    private static final String DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    private static final String CLOCK = "[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?";
    private static final Pattern DATE = Pattern.compile(DAY);
    private static final Pattern TIME = Pattern.compile(CLOCK);
    private static final Pattern TIMESTAMP = Pattern.compile(DAY + "[ T]" + CLOCK);
    private static final Pattern OFFSET_TIMESTAMP =
            Pattern.compile(DAY + "[ T]" + CLOCK + "(Z|[+-][0-9]{2}(:[0-9]{2})?)");
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private Canonical() {}

    /** The canonical form of a value that is not null. Does not look at precision, scale and length. */
    static Object of(ColumnType.Kind kind, Object raw) {
        Object value = raw instanceof String text ? parse(kind, text) : convert(kind, raw);
        return value == null || !isSure(kind, value) ? Parameters.OPAQUE : value;
    }

    /** The decimal that a string surely is where it is assigned to a column of a decimal type. */
    static Object decimal(String text) {
        return DECIMAL.matcher(text).matches() ? new BigDecimal(text).stripTrailingZeros() : Parameters.OPAQUE;
    }

    /**
     * Whether a value is of the kind's canonical class and among those that are surely what they seem. Cheap: the characters
     * of a string are not looked at, see {@link #isStorable}.
     */
    static boolean isSure(ColumnType.Kind kind, Object value) {
        return switch (kind) {
            case BOOLEAN -> value instanceof Boolean;
            case INTEGER -> value instanceof Long;
            case DECIMAL ->
                value instanceof BigDecimal number
                        && Math.abs((long) number.scale()) <= MAX_DIGITS
                        && number.precision() <= MAX_DIGITS;
            case FLOAT -> value instanceof Double number && isSingle(number);
            case TEXT -> value instanceof String;
            case FIXED_TEXT -> value instanceof String text && !text.endsWith(" ");
            case FOLDED_TEXT -> value instanceof String text && isFolded(text);
            case BYTES -> value instanceof java.nio.ByteBuffer;
            case DATE -> value instanceof LocalDate date && isYear(date.getYear());
            case TIME -> value instanceof LocalTime time && isMicros(time.getNano());
            case TIMESTAMP -> value instanceof LocalDateTime time && isYear(time.getYear()) && isMicros(time.getNano());
            case TIMESTAMP_TZ ->
                value instanceof Instant instant
                        && isMicros(instant.getNano())
                        && instant.isAfter(MIN_INSTANT)
                        && instant.isBefore(MAX_INSTANT);
            case UUID -> value instanceof java.util.UUID;
            case OTHER -> false;
        };
    }

    /** Whether a string reaches the database unchanged: no half of a surrogate pair, no NUL. */
    static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFolded(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || (c >= 'A' && c <= 'Z')) {
                return false;
            }
        }
        return !text.endsWith(" ");
    }

    /** Letters of ASCII in lower case; whatever else is in it is looked at afterwards. */
    private static String folded(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (lower(text.charAt(i)) != text.charAt(i)) {
                char[] chars = text.toCharArray();
                for (int k = i; k < chars.length; k++) {
                    chars[k] = lower(chars[k]);
                }
                return new String(chars);
            }
        }
        return text;
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }

    private static @Nullable Object convert(ColumnType.Kind kind, Object raw) {
        return switch (kind) {
            // a database without truth values says 1 and 0 instead
            case BOOLEAN -> raw instanceof Long number && (number == 0 || number == 1) ? (Object) (number == 1) : raw;
            // 1 and 0 where a database takes a truth value for a number
            case INTEGER ->
                raw instanceof BigDecimal number ? integer(number) : raw instanceof Boolean b ? (b ? 1L : 0L) : raw;
            case DECIMAL -> {
                if (raw instanceof Long number) {
                    yield BigDecimal.valueOf(number).stripTrailingZeros();
                }
                // the test comes first: what has a huge exponent is not to be expanded
                yield isSure(kind, raw) ? ((BigDecimal) raw).stripTrailingZeros() : raw;
            }
            case FLOAT -> floating(raw);
            case TIMESTAMP ->
                raw instanceof LocalDate date && isSure(ColumnType.Kind.DATE, date) ? date.atStartOfDay() : raw;
            default -> raw;
        };
    }

    private static @Nullable Object integer(BigDecimal number) {
        if (!isSure(ColumnType.Kind.DECIMAL, number)) {
            return null;
        }
        BigDecimal plain = number.stripTrailingZeros();
        return plain.scale() <= 0 && plain.toBigInteger().bitLength() < Long.SIZE ? (Object) plain.longValue() : null;
    }

    private static @Nullable Object floating(Object raw) {
        if (raw instanceof Double number) {
            // -0.0 equals 0.0 in SQL
            return number == 0 ? (Object) 0.0 : number;
        }
        if (raw instanceof Long number) {
            return number >= -MAX_SINGLE && number <= MAX_SINGLE ? (Object) (double) number : null;
        }
        if (raw instanceof BigDecimal number && isSure(ColumnType.Kind.DECIMAL, number)) {
            double nearest = number.doubleValue();
            boolean same = isSingle(nearest) && new BigDecimal(nearest).compareTo(number) == 0;
            return same ? (Object) (nearest == 0 ? 0.0 : nearest) : null;
        }
        return null;
    }

    private static @Nullable Object parse(ColumnType.Kind kind, String text) {
        return switch (kind) {
            case TEXT, FIXED_TEXT -> isStorable(text) ? text : null;
            case FOLDED_TEXT -> folded(text);
            case BOOLEAN -> text.equals("true") ? (Object) true : text.equals("false") ? false : null;
            case INTEGER -> INTEGER.matcher(text).matches() ? (Object) Long.valueOf(text) : null;
            case UUID -> UUID.matcher(text).matches() ? java.util.UUID.fromString(text) : null;
            case DATE, TIME, TIMESTAMP, TIMESTAMP_TZ -> time(kind, text);
            default -> null;
        };
    }

    private static @Nullable Object time(ColumnType.Kind kind, String text) {
        try {
            return switch (kind) {
                case DATE -> DATE.matcher(text).matches() ? LocalDate.parse(text) : null;
                case TIME -> TIME.matcher(text).matches() ? LocalTime.parse(text) : null;
                case TIMESTAMP ->
                    TIMESTAMP.matcher(text).matches()
                            ? LocalDateTime.parse(text.replace(' ', 'T'))
                            : DATE.matcher(text).matches()
                                    ? LocalDate.parse(text).atStartOfDay()
                                    : null;
                default -> OFFSET_TIMESTAMP.matcher(text).matches() ? instant(text.replace(' ', 'T')) : null;
            };
        } catch (java.time.DateTimeException e) {
            return null; // no such day or hour: an error in one database, something else in another
        }
    }

    private static Instant instant(String text) {
        int sign = Math.max(text.indexOf('+'), text.lastIndexOf('-'));
        boolean zulu = text.endsWith("Z");
        LocalDateTime local = LocalDateTime.parse(text.substring(0, zulu ? text.length() - 1 : sign));
        return OffsetDateTime.of(local, zulu ? ZoneOffset.UTC : ZoneOffset.of(text.substring(sign)))
                .toInstant();
    }

    private static boolean isSingle(double number) {
        return !Double.isInfinite(number) && (double) (float) number == number;
    }

    private static boolean isYear(int year) {
        return year >= MIN_YEAR && year <= MAX_YEAR;
    }

    private static boolean isMicros(int nanos) {
        return nanos % 1000 == 0;
    }

    /** Number of fractional digits of a time's seconds. */
    static int fractionalDigits(java.time.temporal.TemporalAccessor time) {
        int nanos = time.get(ChronoField.NANO_OF_SECOND);
        int digits = 9;
        while (digits > 0 && nanos % 10 == 0) {
            nanos /= 10;
            digits--;
        }
        return digits;
    }
}
