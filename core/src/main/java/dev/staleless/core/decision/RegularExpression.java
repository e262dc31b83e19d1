package dev.staleless.core.decision;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of the kind that every dialect of them reads alike: characters, {@code .}, sets of characters, groups,
 * alternatives, {@code * + ?}, anchors and the classes {@code \d \s \w}. Anything else (bounds, back references, look-around,
 * options, named classes) is not sure.
 *
 * <p>It is run as a nondeterministic automaton (K. Thompson, Regular Expression Search Algorithm, CACM 11, 1968), all states at
 * once, so that its time is at most the product of the two lengths.
 *
 * <p>Case is ignored as PostgreSQL does: each character of the expression stands for itself, its lower and its upper case. Since the
 * locale is not known, both ways of pairing the letter i are tried; other than ASCII characters are left out.
 */
final class RegularExpression {

    private static final int MAX_LENGTH = 500;
    private static final int ASCII = 0x80;

    private static final CaseMapping[] EXACT = {CaseMapping.C};
    private static final CaseMapping[] IGNORING = {CaseMapping.COMMON, CaseMapping.TURKIC};

    /** A state: what it takes and where it goes. */
    private sealed interface State {}

    /** Takes one character. */
    private record Take(Characters characters) implements State {}

    /** Goes on in two states, without taking a character; each is an index. */
    private record Split(int first, int second) implements State {}

    /** Goes on at the begin of the text, or at its end. */
    private record Anchor(boolean end) implements State {}

    /** A set of characters. */
    private record Characters(BitSet set, boolean negated) {
        boolean contains(char c, boolean ignoreCase, CaseMapping mapping) {
            boolean in = set.get(c);
            if (ignoreCase && !in) {
                in = set.stream().anyMatch(one -> mapping.lower((char) one) == c || mapping.upper((char) one) == c);
            }
            return in != negated;
        }
    }

    private final String text;
    private final boolean ignoreCase;
    private final List<State> states = new ArrayList<>();
    private boolean asciiOnly;
    private int at;

    private RegularExpression(String text, boolean ignoreCase) {
        this.text = text;
        this.ignoreCase = ignoreCase;
    }

    /** Prepares an expression; null if it is not sure what it means. */
    static @Nullable RegularExpression of(String text, boolean ignoreCase) {
        boolean sure = text.length() <= MAX_LENGTH
                && text.chars().noneMatch(c -> c == 0 || Character.isSurrogate((char) c))
                && (!ignoreCase || text.chars().allMatch(c -> c < ASCII));
        RegularExpression expression = new RegularExpression(text, ignoreCase);
        return sure && !text.isEmpty() && expression.alternatives() && expression.at == text.length()
                ? expression
                : null;
    }

    // ---- reading; each method is false if it is not sure what stands there

    private boolean alternatives() {
        int begin = states.size();
        if (!branch()) {
            return false;
        }
        if (!next('|')) {
            return true;
        }
        // first branch, then a way past the others
        states.add(begin, new Split(begin + 1, states.size() + 2));
        shift(begin + 1, begin, 1);
        int past = states.size();
        states.add(new Split(past, past));
        if (!alternatives()) {
            return false;
        }
        states.set(past, new Split(states.size(), states.size()));
        return true;
    }

    private boolean branch() {
        boolean any = false;
        while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
            if (!quantified()) {
                return false;
            }
            any = true;
        }
        return any;
    }

    private boolean quantified() {
        int begin = states.size();
        char c = text.charAt(at);
        if (c == '^' || c == '$') {
            at++;
            states.add(new Anchor(c == '$'));
            return !isQuantifier();
        }
        if (!atom()) {
            return false;
        }
        if (!isQuantifier()) {
            return true;
        }
        char quantifier = text.charAt(at++);
        if (isQuantifier() || quantifier == '{') {
            return false;
        }
        if (quantifier != '+') {
            int past = states.size() + (quantifier == '*' ? 2 : 1);
            states.add(begin, new Split(begin + 1, past));
            shift(begin + 1, begin, 1);
        }
        if (quantifier == '*') {
            states.add(new Split(begin, begin));
        } else if (quantifier == '+') {
            states.add(new Split(begin, states.size() + 1));
        }
        return true;
    }

    private boolean isQuantifier() {
        return at < text.length() && "*+?{".indexOf(text.charAt(at)) >= 0;
    }

    /** Corrects the targets of states that were moved. */
    private void shift(int from, int above, int by) {
        for (int i = from; i < states.size(); i++) {
            if (states.get(i) instanceof Split split) {
                states.set(i, new Split(moved(split.first(), above, by), moved(split.second(), above, by)));
            }
        }
    }

    private static int moved(int target, int above, int by) {
        return target >= above ? target + by : target;
    }

    private boolean atom() {
        char c = text.charAt(at++);
        return switch (c) {
            case '(' -> at < text.length() && !isQuantifier() && alternatives() && next(')');
            case '[' -> set();
            case '\\' -> escape();
            case '.' -> take(new Characters(new BitSet(), true));
            case '*', '+', '?', '{', '}', ']' -> false;
            default -> take(only(c));
        };
    }

    private boolean take(Characters characters) {
        states.add(new Take(characters));
        return true;
    }

    private static Characters only(char c) {
        BitSet set = new BitSet();
        set.set(c);
        return new Characters(set, false);
    }

    private boolean next(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private boolean escape() {
        if (at == text.length()) {
            return false;
        }
        char c = text.charAt(at++);
        if (c >= ASCII) {
            return false;
        }
        BitSet set = new BitSet();
        switch (Character.toLowerCase(c)) {
            case 'd' -> set.set('0', '9' + 1);
            case 's' -> " \t\n\u000b\f\r".chars().forEach(set::set);
            case 'w' -> {
                set.set('0', '9' + 1);
                set.set('a', 'z' + 1);
                set.set('A', 'Z' + 1);
                set.set('_');
            }
            default -> {
                return !Character.isLetterOrDigit(c) && take(only(c));
            }
        }
        asciiOnly = true; // what else is a digit or letter, the locale tells
        return take(new Characters(set, Character.isUpperCase(c)));
    }

    private boolean set() {
        boolean negated = next('^');
        BitSet set = new BitSet();
        boolean first = true;
        while (at < text.length() && (first || text.charAt(at) != ']')) {
            first = false;
            char low = text.charAt(at++);
            if (low == '[' || low == '\\') {
                return false;
            }
            boolean range = at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']';
            if (!range) {
                set.set(low);
                continue;
            }
            char high = text.charAt(at + 1);
            at += 2;
            if (low > high || high >= ASCII || low == '-' || "[\\".indexOf(high) >= 0) {
                return false;
            }
            set.set(low, high + 1);
        }
        return next(']') && take(new Characters(set, negated));
    }

    // ---- running

    /** The truth values that {@code value ~ expression} could have. */
    int truths(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isSurrogate(c) || (asciiOnly && c >= ASCII)) {
                return Logic.TRUE | Logic.FALSE;
            }
        }
        int truths = 0;
        for (CaseMapping mapping : ignoreCase ? IGNORING : EXACT) {
            truths |= matches(value, mapping) ? Logic.TRUE : Logic.FALSE;
        }
        return truths;
    }

    private boolean matches(String value, CaseMapping mapping) {
        BitSet active = new BitSet();
        for (int i = 0; i <= value.length(); i++) {
            reach(0, i, value.length(), active); // a match may begin anywhere
            if (active.get(states.size())) {
                return true;
            }
            if (i < value.length()) {
                active = step(active, value, i, mapping);
            }
        }
        return false;
    }

    private BitSet step(BitSet active, String value, int i, CaseMapping mapping) {
        BitSet following = new BitSet();
        for (int state = active.nextSetBit(0); state >= 0; state = active.nextSetBit(state + 1)) {
            if (states.get(state) instanceof Take take
                    && take.characters().contains(value.charAt(i), ignoreCase, mapping)) {
                reach(state + 1, i + 1, value.length(), following);
            }
        }
        return following;
    }

    /** Adds a state and all that it leads to without taking a character. */
    private void reach(int from, int position, int length, BitSet into) {
        List<Integer> open = new ArrayList<>(List.of(from));
        while (!open.isEmpty()) {
            int state = open.remove(open.size() - 1);
            if (into.get(state)) {
                continue;
            }
            into.set(state);
            if (state == states.size()) {
                continue;
            }
            if (states.get(state) instanceof Split split) {
                open.add(split.first());
                open.add(split.second());
            } else if (states.get(state) instanceof Anchor anchor && position == (anchor.end() ? length : 0)) {
                open.add(state + 1);
            }
        }
    }

    /** The expression as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
