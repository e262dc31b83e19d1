package dev.staleless.sql.lex;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The lexical rules in which databases differ. Sources: PostgreSQL manual 4.1, MariaDB Knowledge Base "Lexical
 * Structure", H2 "SQL Grammar".
 *
 * @param backslashEscapes a backslash escapes the next character in every string
 * @param prefixedStrings {@code E'' U&''} are strings, and strings on several lines are one
 * @param dollarQuotes {@code $tag$ .. $tag$} are strings
 * @param doubleQuotedStrings {@code ".."} is a string and not a name
 * @param backtickNames {@code `..`} is a name
 * @param hashComments {@code #} begins a comment
 * @param dashNeedsSpace {@code --} begins a comment only before white space
 * @param nestedComments block comments nest
 * @param executableComments {@code /*! ..} is code
 * @param doubledQuestionMark {@code ??} is the operator character {@code ?}, as in pgjdbc
 * @param operators the operators of several characters, longest match; empty: PostgreSQL's rule
 * @param folding what becomes of an unquoted name
 */
public record Dialect(
        String name,
        boolean backslashEscapes,
        boolean prefixedStrings,
        boolean dollarQuotes,
        boolean doubleQuotedStrings,
        boolean backtickNames,
        boolean hashComments,
        boolean dashNeedsSpace,
        boolean nestedComments,
        boolean executableComments,
        boolean doubledQuestionMark,
        Set<String> operators,
        Folding folding) {

    /** What becomes of an unquoted name. */
    public enum Folding {
        LOWER,
        UPPER,
        /** Kept; comparison ignores case or not, as the server's settings say. */
        NONE
    }

    private static final Set<String> COMMON = Set.of("<>", "!=", "<=", ">=", "||", "&&", "->", "->>", ":=", "<<", ">>");

    /** PostgreSQL with {@code standard_conforming_strings = on}; with {@code off} the session is not understood. */
    public static final Dialect POSTGRESQL = new Dialect(
            "PostgreSQL", false, true, true, false, false, false, false, true, false, true, Set.of(), Folding.LOWER);

    /** MariaDB and MySQL without {@code ANSI_QUOTES} and {@code NO_BACKSLASH_ESCAPES}. */
    public static final Dialect MARIADB = new Dialect(
            "MariaDB", true, false, false, true, true, true, true, false, true, false, with("<=>"), Folding.LOWER);

    /** H2 in its regular mode. */
    public static final Dialect H2 = new Dialect(
            "H2", false, false, true, false, false, false, false, true, false, false, COMMON, Folding.UPPER);

    /** An unquoted name as the database stores it: PostgreSQL with UTF-8 folds ASCII letters only, H2 all. */
    public String fold(String name) {
        return switch (folding) {
            case LOWER -> isAscii(name) ? name.toLowerCase(Locale.ROOT) : foldAscii(name, 'A', 'Z', 32);
            case UPPER -> name.toUpperCase(Locale.ROOT);
            case NONE -> name;
        };
    }

    /** A word in lower case, in which keywords are written: only ASCII letters have one. */
    static String lower(String word) {
        return word.chars().noneMatch(c -> c >= 'A' && c <= 'Z') ? word : foldAscii(word, 'A', 'Z', 32);
    }

    static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }

    private static boolean isAscii(String name) {
        return name.chars().allMatch(c -> c < 128);
    }

    private static String foldAscii(String name, char from, char to, int shift) {
        StringBuilder folded = new StringBuilder(name);
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (c >= from && c <= to) {
                folded.setCharAt(i, (char) (c + shift));
            }
        }
        return folded.toString();
    }

    private static Set<String> with(String... more) {
        Set<String> all = new HashSet<>(COMMON);
        all.addAll(Set.of(more));
        return Set.copyOf(all);
    }
}
