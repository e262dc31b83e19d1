package dev.staleless.core.decision;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A LIKE or ILIKE pattern, prepared for matching. Between its {@code %} stand segments of characters and {@code _}; the
 * first has to begin the string, the last to end it, and each of those between is looked for once, leftmost first, which
 * finds a match if there is one: nothing is tried again, so the work is at most the product of the two lengths.
 *
 * <p>ILIKE compares the lower-cased string with the lower-cased pattern; as the locale is not known, it is answered for each
 * of {@link CaseMapping}, and where a character is not certain, either answer is possible.
 */
final class LikePattern {

    /** A {@code _}; this code unit is no character. */
    private static final char ANY_CHARACTER = '\uFFFF';

    private final String text;
    private final String[] segments;
    private final boolean ignoreCase;
    private final boolean wildcard;
    private final boolean certain;

    private LikePattern(String text, String[] segments, boolean ignoreCase, boolean wildcard, boolean certain) {
        this.text = text;
        this.segments = segments;
        this.ignoreCase = ignoreCase;
        this.wildcard = wildcard;
        this.certain = certain;
    }

    /**
     * Prepares a pattern.
     *
     * @param escape the escape character, -1 for none
     * @return null if the database may refuse it, or understand it in a way that is not known
     */
    static @Nullable LikePattern of(String pattern, int escape, boolean ignoreCase) {
        if (pattern.indexOf(ANY_CHARACTER) >= 0 || (ignoreCase && !isPlainEscape(escape))) {
            return null;
        }
        List<String> segments = new ArrayList<>();
        StringBuilder segment = new StringBuilder();
        boolean wildcard = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == escape) {
                if (++i == pattern.length()) {
                    return null; // an error in PostgreSQL
                }
                segment.append(pattern.charAt(i));
            } else if (c == '%') {
                segments.add(segment.toString());
                segment.setLength(0);
            } else {
                wildcard |= c == '_';
                segment.append(c == '_' ? ANY_CHARACTER : c);
            }
        }
        segments.add(segment.toString());
        boolean certain = !ignoreCase || CaseMapping.isCertain(pattern);
        return new LikePattern(pattern, segments.toArray(new String[0]), ignoreCase, wildcard, certain);
    }

    /** An escape character that is a letter would be lower-cased like the rest. */
    private static boolean isPlainEscape(int escape) {
        return escape < 0x80 && !Character.isLetter(escape);
    }

    /** The truth values that {@code value LIKE pattern} could have. */
    int truths(String value) {
        if (wildcard && hasSurrogates(value)) {
            return Logic.TRUE | Logic.FALSE; // how many characters a pair is differs
        }
        if (!ignoreCase) {
            return matches(value, null) ? Logic.TRUE : Logic.FALSE;
        }
        if (!certain || !CaseMapping.isCertain(value)) {
            return Logic.TRUE | Logic.FALSE;
        }
        int truths = 0;
        for (CaseMapping mapping : CaseMapping.values()) {
            truths |= matches(value, mapping) ? Logic.TRUE : Logic.FALSE;
        }
        return truths;
    }

    private boolean matches(String value, @Nullable CaseMapping mapping) {
        String first = segments[0];
        int last = segments.length - 1;
        if (last == 0) {
            return value.length() == first.length() && matchesAt(value, 0, first, mapping);
        }
        int end = value.length() - segments[last].length();
        if (end < first.length()
                || !matchesAt(value, 0, first, mapping)
                || !matchesAt(value, end, segments[last], mapping)) {
            return false;
        }
        int from = first.length();
        for (int i = 1; i < last; i++) {
            int found = find(value, from, end, segments[i], mapping);
            if (found < 0) {
                return false;
            }
            from = found + segments[i].length();
        }
        return true;
    }

    private int find(String value, int from, int end, String segment, @Nullable CaseMapping mapping) {
        if (mapping == null && !wildcard) {
            int found = value.indexOf(segment, from);
            return found + segment.length() <= end ? found : -1;
        }
        for (int at = from; at + segment.length() <= end; at++) {
            if (matchesAt(value, at, segment, mapping)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean matchesAt(String value, int at, String segment, @Nullable CaseMapping mapping) {
        for (int i = 0; i < segment.length(); i++) {
            char expected = segment.charAt(i);
            char actual = value.charAt(at + i);
            if (expected != ANY_CHARACTER && expected != actual) {
                if (mapping == null || mapping.lower(expected) != mapping.lower(actual)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean hasSurrogates(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isSurrogate(value.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** The pattern as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
