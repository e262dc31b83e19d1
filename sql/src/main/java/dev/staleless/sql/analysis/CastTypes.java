package dev.staleless.sql.analysis;

import dev.staleless.core.condition.Interval;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.ColumnType.Equality;
import dev.staleless.core.value.ColumnType.Kind;
import dev.staleless.sql.tree.TypeName;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The types that PostgreSQL's casts and typed literals name, as far as casting to them is understood. */
final class CastTypes {

    /** Under the database's own collation, which is deterministic, as PostgreSQL demands. */
    static final ColumnType TEXT = new ColumnType(Kind.TEXT, -1, -1, Equality.EXACT);

    private static final int INT2_DIGITS = 5;
    private static final int INT4_DIGITS = 10;
    private static final int INT8_DIGITS = 19;
    private static final int MAX_TEXT = 100;
    private static final int MAX_NUMBER = 1_000_000;
    private static final int DAYS_PER_WEEK = 7;
    private static final long MICROS = 1_000_000L;
    private static final long SECONDS_PER_MINUTE = 60;
    private static final long SECONDS_PER_HOUR = 3600;

    private static final Pattern SPAN =
            Pattern.compile("\\s*([+-]?[0-9]{1,7})\\s*(year|mon|month|week|day|hour|minute|min|second|sec)s?\\b\\s*");

    private CastTypes() {}

    /** Null if it is not understood; an array counts as the type of its elements. */
    static @Nullable ColumnType of(TypeName type) {
        String name =
                type.name().startsWith("pg_catalog.") ? type.name().substring("pg_catalog.".length()) : type.name();
        if (type.setOf()) {
            return null;
        }
        if (!type.modifiers().isEmpty()) {
            return limited(name, type.modifiers());
        }
        return switch (name) {
            case "smallint", "int2" -> new ColumnType(Kind.INTEGER, INT2_DIGITS, 0, Equality.EXACT);
            case "integer", "int", "int4" -> new ColumnType(Kind.INTEGER, INT4_DIGITS, 0, Equality.EXACT);
            case "bigint", "int8" -> new ColumnType(Kind.INTEGER, INT8_DIGITS, 0, Equality.EXACT);
            case "numeric", "decimal", "dec" -> exact(Kind.DECIMAL);
            case "text", "varchar", "character varying" -> TEXT;
            case "boolean", "bool" -> exact(Kind.BOOLEAN);
            case "date" -> exact(Kind.DATE);
            case "timestamp", "timestamp without time zone" -> exact(Kind.TIMESTAMP);
            case "timestamptz", "timestamp with time zone" -> exact(Kind.TIMESTAMP_TZ);
            case "time", "time without time zone" -> exact(Kind.TIME);
            case "uuid" -> exact(Kind.UUID);
            default -> null;
        };
    }

    private static ColumnType exact(Kind kind) {
        return new ColumnType(kind, -1, -1, Equality.EXACT);
    }

    private static @Nullable ColumnType limited(String name, List<String> modifiers) {
        int first = number(modifiers.get(0));
        if (first < 0 || modifiers.size() > 2) {
            return null;
        }
        return switch (name) {
            case "varchar", "character varying" ->
                modifiers.size() == 1 ? new ColumnType(Kind.TEXT, first, -1, Equality.EXACT) : null;
            case "numeric", "decimal", "dec" -> {
                int scale = modifiers.size() == 1 ? 0 : number(modifiers.get(1));
                yield scale < 0 ? null : new ColumnType(Kind.DECIMAL, first, scale, Equality.EXACT);
            }
            default -> null;
        };
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
    }

    /**
     * A literal interval.
     *
     * @param suffix the field behind it, or empty
     * @return null if it is not understood
     */
    static @Nullable Interval interval(String text, String suffix) {
        String whole = suffix.isEmpty() ? text : text + " " + suffix;
        if (whole.length() > MAX_TEXT || !whole.matches("[0-9a-z+ -]+")) {
            return null;
        }
        Matcher matcher = SPAN.matcher(whole);
        Interval sum = new Interval(0, 0, 0);
        int at = 0;
        while (at < whole.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                return null;
            }
            sum = plus(sum, Integer.parseInt(matcher.group(1)), matcher.group(2));
            at = matcher.end();
        }
        boolean huge = Math.abs(sum.months()) > MAX_NUMBER || Math.abs(sum.days()) > MAX_NUMBER;
        return huge ? null : sum;
    }

    private static Interval plus(Interval sum, int number, String unit) {
        return switch (unit) {
            case "year" -> new Interval(sum.months() + 12 * (number % MAX_NUMBER), sum.days(), sum.micros());
            case "mon", "month" -> new Interval(sum.months() + number, sum.days(), sum.micros());
            case "week" -> new Interval(sum.months(), sum.days() + DAYS_PER_WEEK * number, sum.micros());
            case "day" -> new Interval(sum.months(), sum.days() + number, sum.micros());
            case "hour" -> seconds(sum, number * SECONDS_PER_HOUR);
            case "min", "minute" -> seconds(sum, number * SECONDS_PER_MINUTE);
            default -> seconds(sum, number);
        };
    }

    private static Interval seconds(Interval sum, long seconds) {
        return new Interval(sum.months(), sum.days(), sum.micros() + seconds * MICROS);
    }
}
