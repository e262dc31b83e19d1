package dev.staleless.jdbc.computed;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The key of a computed value: the function that computes it, and what that is called with. Two keys are one if both are equal, the
 * classes of the arguments included.
 *
 * @param function names what is computed
 * @param arguments in a form that tells equal ones from others
 */
public record ComputedKey(String function, List<String> arguments) {

    public ComputedKey {
        if (function.isEmpty()) {
            throw new IllegalArgumentException("function = \"\": a name of one character or more is allowed");
        }
        arguments = List.copyOf(arguments);
    }

    /**
     * The key of a function called with these arguments.
     *
     * @param arguments texts, numbers, booleans, characters, enumeration constants, UUIDs, classes, dates and times, locales, null;
     *     arrays, lists and other collections of these in their order
     * @throws IllegalArgumentException if one is of another class
     */
    public static ComputedKey of(String function, @Nullable Object... arguments) {
        List<String> forms = new ArrayList<>(arguments.length);
        for (Object argument : arguments) {
            forms.add(form(argument));
        }
        return new ComputedKey(function, forms);
    }

    private static String form(@Nullable Object argument) {
        if (argument == null) {
            return "null";
        } else if (argument instanceof Iterable<?> several) {
            return form(several);
        } else if (argument instanceof Object[] several) {
            return form(Arrays.asList(several));
        } else if (argument instanceof Enum<?> constant) {
            return constant.getDeclaringClass().getName() + ":" + constant.name();
        } else if (argument instanceof Class<?> type) {
            return "class:" + type.getName();
        } else if (isPlain(argument)) {
            return argument.getClass().getName() + ":" + argument;
        }
        throw new IllegalArgumentException(
                "an argument of " + argument.getClass().getName()
                        + " is not allowed in a key: texts, numbers, booleans, enumeration constants, UUIDs, dates and times,"
                        + " and collections of these are. Give what tells it from others, such as its id.");
    }

    private static boolean isPlain(Object argument) {
        return argument instanceof CharSequence
                || argument instanceof Integer
                || argument instanceof Long
                || argument instanceof Short
                || argument instanceof Byte
                || argument instanceof Double
                || argument instanceof Float
                || argument instanceof BigDecimal
                || argument instanceof BigInteger
                || argument instanceof Boolean
                || argument instanceof Character
                || argument instanceof UUID
                || argument instanceof Locale
                || argument instanceof Temporal && argument.getClass().getName().startsWith("java.time.");
    }

    /** Each with its length, so that no two sequences look alike. */
    private static String form(Iterable<?> several) {
        StringBuilder all = new StringBuilder("several:");
        for (Object each : several) {
            String form = form(each);
            all.append(form.length()).append(':').append(form);
        }
        return all.toString();
    }

    @Override
    public String toString() {
        return function + arguments;
    }
}
