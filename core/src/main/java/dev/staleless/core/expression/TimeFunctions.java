package dev.staleless.core.expression;

import dev.staleless.core.condition.Function;
import dev.staleless.core.value.Parameters;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Locale;

/** Fields of dates and of timestamps without zone. Those of timestamps with zone depend on the session's zone. */
final class TimeFunctions {

    private static final int DAYS_PER_WEEK = 7;
    private static final int MONTHS_PER_QUARTER = 3;

    private TimeFunctions() {}

    static Object apply(Function function, List<?> arguments) {
        if (arguments.size() != 2 || !(arguments.get(0) instanceof String name)) {
            return Parameters.OPAQUE;
        }
        String field = name.toLowerCase(Locale.ROOT);
        Object time = arguments.get(1);
        if (function == Function.DATE_TRUNCATE) {
            return time instanceof LocalDateTime timestamp ? truncated(field, timestamp) : Parameters.OPAQUE;
        }
        long number = time instanceof LocalDate date
                ? ofDate(field, date)
                : time instanceof LocalDateTime timestamp ? ofTimestamp(field, timestamp) : -1;
        if (number < 0) {
            return Parameters.OPAQUE;
        }
        return function == Function.EXTRACT
                ? (Object) BigDecimal.valueOf(number).stripTrailingZeros()
                : (Object) (double) number;
    }

    /** Negative if it is not sure. */
    private static long ofDate(String field, LocalDate date) {
        return switch (field) {
            case "year" -> date.getYear();
            case "quarter" -> date.get(IsoFields.QUARTER_OF_YEAR);
            case "month" -> date.getMonthValue();
            case "week" -> date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case "isoyear" -> date.get(IsoFields.WEEK_BASED_YEAR);
            case "day" -> date.getDayOfMonth();
            case "doy" -> date.getDayOfYear();
            case "dow" -> date.getDayOfWeek().getValue() % DAYS_PER_WEEK;
            case "isodow" -> date.getDayOfWeek().getValue();
            default -> -1;
        };
    }

    private static long ofTimestamp(String field, LocalDateTime timestamp) {
        return switch (field) {
            case "hour" -> timestamp.getHour();
            case "minute" -> timestamp.getMinute();
            // with a fraction, how it is rounded depends on the version
            case "second" -> timestamp.get(ChronoField.NANO_OF_SECOND) == 0 ? timestamp.getSecond() : -1;
            default -> ofDate(field, timestamp.toLocalDate());
        };
    }

    private static Object truncated(String field, LocalDateTime timestamp) {
        LocalDate date = timestamp.toLocalDate();
        return switch (field) {
            case "year" -> date.withDayOfYear(1).atStartOfDay();
            case "quarter" -> {
                int month = (date.getMonthValue() - 1) / MONTHS_PER_QUARTER * MONTHS_PER_QUARTER + 1;
                yield LocalDate.of(date.getYear(), month, 1).atStartOfDay();
            }
            case "month" -> date.withDayOfMonth(1).atStartOfDay();
            case "week" -> date.minusDays(date.getDayOfWeek().getValue() - 1L).atStartOfDay();
            case "day" -> date.atStartOfDay();
            case "hour" -> timestamp.truncatedTo(ChronoUnit.HOURS);
            case "minute" -> timestamp.truncatedTo(ChronoUnit.MINUTES);
            case "second" -> timestamp.truncatedTo(ChronoUnit.SECONDS);
            default -> Parameters.OPAQUE;
        };
    }
}
