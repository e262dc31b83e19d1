package dev.staleless.core.expression;

import dev.staleless.core.condition.Function;
import dev.staleless.core.value.Parameters;
import java.util.List;

/**
 * Functions of text under a deterministic collation. Positions count characters, so that texts with characters outside the Basic
 * Multilingual Plane, which some databases count as two, are left to them.
 */
final class TextFunctions {

    /** Results longer than this are not computed. */
    private static final int MAX_LENGTH = 1 << 20;

    private TextFunctions() {}

    static Object apply(Function function, List<?> arguments) {
        if (function == Function.CONCATENATE) {
            return concatenate(arguments);
        }
        if (!(arguments.get(0) instanceof String text) || hasSurrogates(arguments)) {
            return Parameters.OPAQUE;
        }
        Object second = arguments.size() > 1 ? arguments.get(1) : null;
        return switch (function) {
            case LENGTH -> arguments.size() == 1 ? (Object) (long) text.length() : Parameters.OPAQUE;
            case REVERSE -> new StringBuilder(text).reverse().toString();
            case LEFT, RIGHT, REPEAT ->
                second instanceof Long number ? counted(function, text, number) : Parameters.OPAQUE;
            case SUBSTRING -> substring(text, arguments);
            case TRIM, TRIM_START, TRIM_END -> trim(function, text, second == null ? " " : second);
            case POSITION -> second instanceof String of ? (Object) (text.indexOf(of) + 1L) : Parameters.OPAQUE;
            case STARTS_WITH -> second instanceof String of ? (Object) text.startsWith(of) : Parameters.OPAQUE;
            case REPLACE -> replace(text, arguments);
            case PAD_START, PAD_END -> pad(function, text, arguments);
            case SPLIT_PART -> splitPart(text, arguments);
            default -> Parameters.OPAQUE;
        };
    }

    /** An integer is taken as it is written; of other types it depends on settings. */
    private static Object concatenate(List<?> arguments) {
        StringBuilder text = new StringBuilder();
        for (Object argument : arguments) {
            if (!(argument instanceof String) && !(argument instanceof Long)) {
                return Parameters.OPAQUE;
            }
            text.append(argument);
        }
        return text.length() > MAX_LENGTH ? Parameters.OPAQUE : text.toString();
    }

    private static boolean hasSurrogates(List<?> arguments) {
        for (Object argument : arguments) {
            if (argument instanceof String text) {
                for (int i = 0; i < text.length(); i++) {
                    if (Character.isSurrogate(text.charAt(i))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** A negative number of characters leaves out that many at the other end. */
    private static Object counted(Function function, String text, long number) {
        int length = text.length();
        if (function == Function.REPEAT) {
            boolean huge = number > 0 && length > 0 && number > MAX_LENGTH / length;
            return huge ? Parameters.OPAQUE : text.repeat((int) Math.max(0, length == 0 ? 0 : number));
        }
        int kept = (int) Math.max(0, number < 0 ? Math.max(number, -length) + length : Math.min(number, length));
        return function == Function.LEFT ? text.substring(0, kept) : text.substring(length - kept);
    }

    /** From a character on, the first being 1, maybe so many: what lies before the first counts as well. */
    private static Object substring(String text, List<?> arguments) {
        if (!(arguments.get(1) instanceof Long start)) {
            return Parameters.OPAQUE; // a pattern
        }
        long end = text.length() + 1L;
        if (arguments.size() == 3) {
            if (!(arguments.get(2) instanceof Long count) || count < 0) {
                return Parameters.OPAQUE;
            }
            end = Math.min(end, Math.addExact(start, count));
        }
        int from = (int) Math.min(Math.max(start, 1), text.length() + 1L);
        return text.substring(from - 1, (int) Math.max(from, end) - 1);
    }

    private static Object trim(Function function, String text, Object characters) {
        if (!(characters instanceof String set)) {
            return Parameters.OPAQUE;
        }
        int from = 0;
        int to = text.length();
        while (function != Function.TRIM_END && from < to && set.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (function != Function.TRIM_START && from < to && set.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }

    private static Object replace(String text, List<?> arguments) {
        if (!(arguments.get(1) instanceof String from) || !(arguments.get(2) instanceof String to)) {
            return Parameters.OPAQUE;
        }
        boolean huge = (long) text.length() * (to.length() + 1) > MAX_LENGTH;
        return from.isEmpty() ? text : huge ? Parameters.OPAQUE : text.replace(from, to);
    }

    /** To a length, with spaces or a text; what is longer is cut at its end. */
    private static Object pad(Function function, String text, List<?> arguments) {
        Object fill = arguments.size() == 3 ? arguments.get(2) : " ";
        if (!(arguments.get(1) instanceof Long wanted) || !(fill instanceof String filling) || wanted > MAX_LENGTH) {
            return Parameters.OPAQUE;
        }
        int length = (int) Math.max(0, wanted);
        if (length <= text.length()) {
            return text.substring(0, length);
        }
        int missing = length - text.length();
        String padding = filling.isEmpty()
                ? ""
                : filling.repeat(missing / filling.length() + 1).substring(0, missing);
        return function == Function.PAD_START ? padding + text : text + padding;
    }

    private static Object splitPart(String text, List<?> arguments) {
        if (!(arguments.get(1) instanceof String separator) || !(arguments.get(2) instanceof Long number)) {
            return Parameters.OPAQUE;
        }
        if (separator.isEmpty() || number < 1) {
            return Parameters.OPAQUE;
        }
        int from = 0;
        for (long i = 1; i < number; i++) {
            int at = text.indexOf(separator, from);
            if (at < 0) {
                return "";
            }
            from = at + separator.length();
        }
        int end = text.indexOf(separator, from);
        return text.substring(from, end < 0 ? text.length() : end);
    }
}
