package dev.staleless.core.decision;

import dev.staleless.core.value.AbstractValue;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * {@code lower()} and {@code upper()} under every rule by which the database may compute them, since the locale is not known.
 *
 * <p>For the characters of {@link #isCertain} there are three: the C locale maps ASCII letters only; the Turkic locales (tr,
 * az and those made from them) pair i with U+0130 and I with U+0131; all others map each letter to its one counterpart in
 * Unicode. Left out are the characters for which locales, libraries or Unicode versions differ further: those that map to
 * several characters or by context (U+00DF, Greek), those that Lithuanian maps with a dot above, the micro sign, and
 * everything newer or rarer than the alphabets listed.
 */
enum CaseMapping {
    C,
    COMMON,
    TURKIC;

    private static final char DOTLESS_I = '\u0131';
    private static final char DOTTED_I = '\u0130';

    /** The possible results of {@code lower(value)} or {@code upper(value)}. */
    static AbstractValue map(AbstractValue value, boolean upper) {
        Set<Object> results = new LinkedHashSet<>();
        if (value instanceof AbstractValue.Exact exact) {
            if (exact.value() == null || (exact.value() instanceof String text && isFixed(text, upper))) {
                return value;
            }
            add(results, exact.value(), upper);
        } else if (value instanceof AbstractValue.OneOf oneOf) {
            for (Object one : oneOf.values()) {
                if (!add(results, one, upper)) {
                    return AbstractValue.NOT_NULL;
                }
            }
        } else if (value instanceof AbstractValue.Unknown) {
            return value;
        }
        return switch (results.size()) {
            case 0 -> AbstractValue.NOT_NULL;
            case 1 -> new AbstractValue.Exact(results.iterator().next());
            default -> new AbstractValue.OneOf(results);
        };
    }

    private static boolean add(Set<Object> results, Object value, boolean upper) {
        if (!(value instanceof String text) || !isCertain(text)) {
            return false;
        }
        for (CaseMapping mapping : values()) {
            results.add(mapping.map(text, upper));
        }
        return true;
    }

    /** Whether no mapping changes the string. */
    private static boolean isFixed(String text, boolean upper) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isCertain(c) || COMMON.map(c, upper) != c || TURKIC.map(c, upper) != c) {
                return false;
            }
        }
        return true;
    }

    private String map(String text, boolean upper) {
        for (int i = 0; i < text.length(); i++) {
            if (map(text.charAt(i), upper) != text.charAt(i)) {
                char[] chars = text.toCharArray();
                for (int k = i; k < chars.length; k++) {
                    chars[k] = map(chars[k], upper);
                }
                return new String(chars);
            }
        }
        return text;
    }

    private char map(char c, boolean upper) {
        return upper ? upper(c) : lower(c);
    }

    char lower(char c) {
        if (c < 0x80) {
            boolean letter = c >= 'A' && c <= 'Z';
            return letter ? (this == TURKIC && c == 'I' ? DOTLESS_I : (char) (c + 32)) : c;
        }
        return this == C ? c : Character.toLowerCase(c);
    }

    char upper(char c) {
        if (c < 0x80) {
            boolean letter = c >= 'a' && c <= 'z';
            return letter ? (this == TURKIC && c == 'i' ? DOTTED_I : (char) (c - 32)) : c;
        }
        return this == C ? c : Character.toUpperCase(c);
    }

    /** Whether every possible result for a string is among those of the three mappings. */
    static boolean isCertain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isCertain(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCertain(char c) {
        if (c < 0x80) {
            return true;
        }
        if (c < 0x100) {
            // micro sign, I with grave and with acute (Lithuanian), sharp s, y with diaeresis (its capital is not in
            // Latin-1)
            return c >= 0xA0 && c != 0xB5 && c != 0xCC && c != 0xCD && c != 0xDF && c != 0xFF;
        }
        return (c >= 0x401 && c <= 0x45F && c != 0x40D && c != 0x45D && c != 0x450) // Cyrillic
                || (c >= 0x5D0 && c <= 0x5EA) // Hebrew
                || (c >= 0x621 && c <= 0x64A) // Arabic
                || (c >= 0x3041 && c <= 0x3096) // Hiragana
                || (c >= 0x30A1 && c <= 0x30FA) // Katakana
                || (c >= 0x4E00 && c <= 0x9FA5) // Chinese characters
                || (c >= 0xAC00 && c <= 0xD7A3); // Hangul
    }
}
