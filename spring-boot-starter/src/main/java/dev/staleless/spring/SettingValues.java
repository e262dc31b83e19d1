package dev.staleless.spring;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * Values of properties by their {@link PropertyNames canonical} names.
 *
 * @param all without white space around them
 */
record SettingValues(Map<String, String> all) {

    /** Null if it is not set. */
    @Nullable
    String text(String name) {
        return all.get(name);
    }

    String text(String name, String otherwise) {
        return all.getOrDefault(name, otherwise);
    }

    boolean bool(String name, boolean otherwise) {
        String value = text(name, String.valueOf(otherwise));
        if (!Set.of("true", "false").contains(value.toLowerCase(Locale.ROOT))) {
            throw bad(name, value, "true or false");
        }
        return Boolean.parseBoolean(value);
    }

    /** YAML takes on and off for true and false. */
    boolean isOn(String name) {
        String value = text(name, "off");
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "on", "true" -> true;
            case "off", "false" -> false;
            default -> throw bad(name, value, "on or off");
        };
    }

    Duration time(String name, Duration otherwise) {
        String value = text(name);
        return value == null ? otherwise : time(name, value);
    }

    long number(String name, String text) {
        try {
            long number = Long.parseLong(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // as below
        }
        throw bad(name, text, "a whole number of 1 or more");
    }

    static Duration time(String name, String text) {
        try {
            Duration time = DurationStyle.detectAndParse(text, ChronoUnit.SECONDS);
            if (!time.isNegative() && !time.isZero()) {
                return time;
            }
        } catch (IllegalArgumentException e) {
            // as below
        }
        throw bad(name, text, "a time such as 500ms, 60s, 10m, 1h");
    }

    static StalelessSettingsException bad(String name, String value, String allowed) {
        return new StalelessSettingsException(
                PropertyNames.PREFIX + name + " = " + value + " is not allowed.", "Allowed is " + allowed + ".");
    }
}
