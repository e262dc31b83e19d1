package dev.staleless.core.expression;

import dev.staleless.core.condition.Function;
import dev.staleless.core.condition.Interval;
import dev.staleless.core.value.Parameters;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Arithmetic of integers, exact numbers, dates and timestamps. Floating point numbers are left out: their results depend on the
 * order and the precision of each step. Dates meet numbers of days, timestamps meet literal intervals.
 */
final class Arithmetic {

    /** PostgreSQL keeps at least 16 significant digits of a quotient. */
    private static final int MAX_QUOTIENT_DIGITS = 15;

    private static final int MAX_DIGITS = 200;
    private static final int MAX_ROUND = 100;

    private Arithmetic() {}

    static Object binary(Function function, List<?> arguments) {
        if (arguments.size() != 2) {
            return Parameters.OPAQUE;
        }
        Object left = arguments.get(0);
        Object right = arguments.get(1);
        if (left instanceof Long l && right instanceof Long r) {
            return integers(function, l, r);
        } else if (isNumber(left) && isNumber(right)) {
            BigDecimal l = decimal(left);
            BigDecimal r = decimal(right);
            return isLong(l) || isLong(r) ? Parameters.OPAQUE : decimals(function, l, r);
        }
        return times(function, left, right);
    }

    static Object unary(Function function, List<?> arguments) {
        Object value = arguments.get(0);
        boolean digits = arguments.size() == 2;
        if (arguments.size() > 2 || (digits && function != Function.ROUND && function != Function.TRUNCATE)) {
            return Parameters.OPAQUE;
        }
        if (value instanceof Long number && !digits) {
            return switch (function) {
                case NEGATE -> Math.negateExact(number);
                case ABS -> number < 0 ? Math.negateExact(number) : number;
                default -> Parameters.OPAQUE; // of integers these are floating point numbers
            };
        }
        if (!(value instanceof BigDecimal number) || isLong(number)) {
            return Parameters.OPAQUE;
        }
        Object scale = digits ? arguments.get(1) : 0L;
        return scale instanceof Long places && Math.abs(places) <= MAX_ROUND
                ? rounded(function, number, places.intValue())
                : Parameters.OPAQUE;
    }

    private static Object rounded(Function function, BigDecimal number, int places) {
        return switch (function) {
            case NEGATE -> number.negate();
            case ABS -> number.abs();
            case FLOOR -> plain(number.setScale(0, RoundingMode.FLOOR));
            case CEILING -> plain(number.setScale(0, RoundingMode.CEILING));
            case ROUND -> plain(number.setScale(places, RoundingMode.HALF_UP));
            default -> plain(number.setScale(places, RoundingMode.DOWN));
        };
    }

    private static Object integers(Function function, long left, long right) {
        return switch (function) {
            case ADD -> Math.addExact(left, right);
            case SUBTRACT -> Math.subtractExact(left, right);
            case MULTIPLY -> Math.multiplyExact(left, right);
            // towards zero, as Java; the one quotient that has no 64 bits is left out
            case DIVIDE -> right == 0 || right == -1 ? quotientByMinusOne(left, right) : left / right;
            default -> right == 0 ? Parameters.OPAQUE : (Object) (left % right);
        };
    }

    private static Object quotientByMinusOne(long left, long right) {
        return right == 0 ? Parameters.OPAQUE : (Object) Math.negateExact(left);
    }

    private static Object decimals(Function function, BigDecimal left, BigDecimal right) {
        return switch (function) {
            case ADD -> plain(left.add(right));
            case SUBTRACT -> plain(left.subtract(right));
            case MULTIPLY -> plain(left.multiply(right));
            case DIVIDE -> quotient(left, right);
            default -> right.signum() == 0 ? Parameters.OPAQUE : plain(left.remainder(right));
        };
    }

    /** Sure only if it has so few digits that none is rounded away. */
    private static Object quotient(BigDecimal left, BigDecimal right) {
        if (right.signum() == 0) {
            return Parameters.OPAQUE;
        }
        BigDecimal quotient = left.divide(right).stripTrailingZeros(); // or an ArithmeticException: it has no end
        boolean few = quotient.precision() <= MAX_QUOTIENT_DIGITS && quotient.scale() <= MAX_QUOTIENT_DIGITS;
        return few ? quotient : Parameters.OPAQUE;
    }

    private static Object times(Function function, Object left, Object right) {
        boolean add = function == Function.ADD;
        if (!add && function != Function.SUBTRACT) {
            return Parameters.OPAQUE;
        }
        if (left instanceof LocalDate l && right instanceof LocalDate r && !add) {
            return ChronoUnit.DAYS.between(r, l);
        } else if (left instanceof LocalDate date && right instanceof Long days) {
            return add ? date.plusDays(days) : date.minusDays(days);
        } else if (left instanceof Long days && right instanceof LocalDate date && add) {
            return date.plusDays(days);
        } else if (right instanceof Interval interval) {
            return shifted(left, add ? interval : interval.negated());
        }
        return left instanceof Interval interval && add ? shifted(right, interval) : Parameters.OPAQUE;
    }

    private static Object shifted(Object time, Interval interval) {
        if (time instanceof LocalDate date) {
            return shifted(date.atStartOfDay(), interval);
        } else if (time instanceof LocalDateTime timestamp) {
            return timestamp
                    .plusMonths(interval.months())
                    .plusDays(interval.days())
                    .plus(interval.micros(), ChronoUnit.MICROS);
        } else if (time instanceof Instant instant && interval.months() == 0 && interval.days() == 0) {
            return instant.plus(interval.micros(), ChronoUnit.MICROS);
        }
        return Parameters.OPAQUE; // how long a day is depends on the time zone
    }

    private static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof BigDecimal;
    }

    private static BigDecimal decimal(Object number) {
        return number instanceof Long integer ? BigDecimal.valueOf(integer) : (BigDecimal) number;
    }

    /** So many digits that computing would take long. */
    private static boolean isLong(BigDecimal number) {
        return number.precision() > MAX_DIGITS || Math.abs((long) number.scale()) > MAX_DIGITS;
    }

    private static BigDecimal plain(BigDecimal number) {
        return number.stripTrailingZeros();
    }
}
