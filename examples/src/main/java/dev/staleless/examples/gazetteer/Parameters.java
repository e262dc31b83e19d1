package dev.staleless.examples.gazetteer;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of one request, read field by field; an empty value is one not given. What is not understood is
 * refused with the field's name and what it may be.
 */
final class Parameters {

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9-]{1,12}");
    private static final int TEXT_LIMIT = 100;

    private final Map<String, List<String>> values;

    Parameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /** Refuses parameters that are not in this list, so that a slip of the pen does not widen a filter. */
    void allowOnly(Set<String> names) {
        for (String name : values.keySet()) {
            if (!names.contains(name)) {
                throw new BadInputException(
                        name, String.valueOf(value(name)), "only " + String.join(", ", new TreeSet<>(names)));
            }
        }
    }

    @Nullable
    String text(String name) {
        var text = value(name);
        if (text != null && text.length() > TEXT_LIMIT) {
            throw new BadInputException(name, text, "at most " + TEXT_LIMIT + " characters");
        }
        return text;
    }

    @Nullable
    String code(String name) {
        var code = value(name);
        if (code != null && !CODE.matcher(code).matches()) {
            throw new BadInputException(
                    name, code, "a code of up to 12 letters and digits, like DE, EUR, 150 or zh-Hant");
        }
        return code;
    }

    @Nullable
    Long number(String name) {
        var text = value(name);
        try {
            if (text == null || Long.parseLong(text) >= 0) {
                return text == null ? null : Long.valueOf(text);
            }
        } catch (NumberFormatException e) {
            // refused below, like a negative number
        }
        throw new BadInputException(name, text, "a whole number from 0 to " + Long.MAX_VALUE);
    }

    int number(String name, int orElse, int from, int to) {
        var text = value(name);
        try {
            int number = text == null ? orElse : Integer.parseInt(text);
            if (number >= from && number <= to) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below, like a number out of range
        }
        throw new BadInputException(name, String.valueOf(text), "a whole number from " + from + " to " + to);
    }

    @Nullable
    BigDecimal percent(String name) {
        var text = value(name);
        if (text == null) {
            return null;
        }
        if (text.matches("\\d{1,3}(\\.\\d{1,5})?")) {
            var percent = new BigDecimal(text);
            if (percent.compareTo(BigDecimal.valueOf(100)) <= 0) {
                return percent;
            }
        }
        throw new BadInputException(name, text, "a number from 0 to 100 with at most five decimals");
    }

    @Nullable
    LocalDate date(String name) {
        var text = value(name);
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new BadInputException(name, String.valueOf(text), "a date like 1999-01-31");
        }
    }

    boolean flag(String name) {
        var text = value(name);
        if (text == null || text.equals("true") || text.equals("false")) {
            return "true".equals(text);
        }
        throw new BadInputException(name, text, "true or false");
    }

    private @Nullable String value(String name) {
        var given = values.get(name);
        if (given == null || given.isEmpty()) {
            return null;
        }
        if (given.size() > 1) {
            throw new BadInputException(name, given, "one value");
        }
        var text = given.get(0).strip();
        return text.isEmpty() ? null : text;
    }
}
