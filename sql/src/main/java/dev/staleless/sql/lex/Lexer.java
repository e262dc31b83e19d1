package dev.staleless.sql.lex;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into tokens as the database does. One pass without backtracking over more than the current token, so it
 * is linear; no recursion. What the database refuses, and what it may read differently from version to version, is
 * refused here too.
 *
 * <p>Where the rules come from: PostgreSQL's scan.l and manual 4.1; pgjdbc for {@code ?} and {@code ??}, which are
 * replaced before the server sees the text.
 */
public final class Lexer {

    /** PostgreSQL cuts longer names silently; which column is meant would then depend on how the server was built. */
    private static final int MAX_NAME_BYTES = 63;

    private final Dialect dialect;
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final List<String> comments = new ArrayList<>();
    private final StringScanner strings;
    private final OperatorScanner operators;
    private int parameters;
    private int position;
    private boolean gap;

    private Lexer(String text, Dialect dialect) {
        this.text = text;
        this.dialect = dialect;
        this.strings = new StringScanner(text, dialect);
        this.operators = new OperatorScanner(text, dialect);
    }

    /**
     * All tokens of a text.
     *
     * @throws SqlSyntaxException if a string, name or comment has no end, or a character belongs nowhere
     */
    public static LexedText lex(String text, Dialect dialect) {
        Lexer lexer = new Lexer(text, dialect);
        lexer.run();
        return new LexedText(text, lexer.tokens, lexer.comments, lexer.parameters, dialect);
    }

    private void run() {
        while (true) {
            skipGap();
            if (position >= text.length()) {
                add(TokenKind.END, position, "");
                return;
            }
            next();
            gap = false;
        }
    }

    private void next() {
        char c = text.charAt(position);
        if (c == '/' && at(position + 1) == '*') {
            significantComment();
        } else if (isNameStart(c)) {
            word();
        } else if (isDigit(c) || c == '.' && isDigit(at(position + 1))) {
            number();
        } else if (c == '\'' || c == '"' && dialect.doubleQuotedStrings()) {
            string(strings.quoted(position));
        } else if (c == '"' || c == '`' && dialect.backtickNames()) {
            quotedName(c);
        } else if (c == '$' && dialect.dollarQuotes()) {
            string(strings.dollarQuoted(position));
        } else if (c == '?' && !(dialect.doubledQuestionMark() && at(position + 1) == '?')) {
            parameters++;
            tokens.add(new Token(TokenKind.PARAMETER, position, position + 1, gap, "?", parameters));
            position++;
        } else {
            symbolOrOperator(c);
        }
    }

    // ---- gaps

    private void skipGap() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (isSpace(c)) {
                position++;
            } else if (startsLineComment(c)) {
                position = endOfLine(position);
            } else if (c == '/' && at(position + 1) == '*' && !isSignificantComment()) {
                int end = endOfBlockComment(position);
                comments.add(text.substring(position + 2, end - 2));
                position = end;
            } else {
                return;
            }
            gap = true;
        }
    }

    private boolean startsLineComment(char c) {
        if (c == '#' && dialect.hashComments()) {
            return true;
        }
        if (c != '-' || at(position + 1) != '-') {
            return false;
        }
        return !dialect.dashNeedsSpace() || position + 2 >= text.length() || at(position + 2) <= ' ';
    }

    private int endOfLine(int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    /** An optimiser hint, or code that only some servers run. MariaDB also has {@code /*M!}. */
    private boolean isSignificantComment() {
        char third = at(position + 2);
        return third == '+' || third == '!' || third == 'M' && at(position + 3) == '!';
    }

    private void significantComment() {
        int end = endOfBlockComment(position);
        add(TokenKind.SIGNIFICANT_COMMENT, end, text.substring(position, end));
    }

    private int endOfBlockComment(int start) {
        int depth = 0;
        int i = start;
        while (i + 1 < text.length()) {
            char c = text.charAt(i);
            if (c == '/' && text.charAt(i + 1) == '*' && (depth == 0 || dialect.nestedComments())) {
                depth++;
                i += 2;
            } else if (c == '*' && text.charAt(i + 1) == '/') {
                depth--;
                i += 2;
                if (depth == 0) {
                    return i;
                }
            } else {
                i++;
            }
        }
        throw new SqlSyntaxException("comment without end", start);
    }

    // ---- words and names

    private void word() {
        int end = position + 1;
        while (end < text.length() && isNamePart(text.charAt(end))) {
            end++;
        }
        if (end == position + 1 && prefixedString(end)) {
            return;
        }
        String word = text.substring(position, end);
        checkLength(word);
        checkLetters(word);
        add(TokenKind.WORD, end, dialect.fold(word));
    }

    /** Reads a string with a letter before its quote; false if the letter is only a word. */
    private boolean prefixedString(int end) {
        char prefix = (char) (text.charAt(position) | 0x20);
        if (prefix == 'u' && at(end) == '&' && dialect.prefixedStrings()) {
            if (at(end + 1) == '"') {
                throw new SqlSyntaxException("names with Unicode escapes are not supported", position);
            }
            if (at(end + 1) == '\'') {
                string(strings.prefixed(position, end + 1));
                return true;
            }
            return false;
        }
        String prefixes = dialect.prefixedStrings() ? "enbx" : "nbx";
        if (at(end) != '\'' || prefixes.indexOf(prefix) < 0) {
            return false;
        }
        string(strings.prefixed(position, end));
        return true;
    }

    private void quotedName(char quote) {
        StringBuilder name = new StringBuilder();
        int i = position + 1;
        while (true) {
            if (i >= text.length()) {
                throw new SqlSyntaxException("quoted name without end", position);
            }
            char c = text.charAt(i++);
            if (c == quote) {
                if (at(i) != quote) {
                    break;
                }
                i++;
            } else if (c == 0) {
                throw new SqlSyntaxException("NUL in a name", i - 1);
            }
            name.append(c);
        }
        if (name.isEmpty()) {
            throw new SqlSyntaxException("empty name", position);
        }
        checkLength(name.toString());
        add(TokenKind.QUOTED_NAME, i, name.toString());
    }

    /** H2 takes names as Java does, and what Java calls a space for white space. */
    private void checkLetters(String word) {
        boolean letters = dialect.folding() != Dialect.Folding.UPPER
                || word.chars()
                        .allMatch(c -> c < 0x80 || Character.isJavaIdentifierPart(c) && !Character.isSpaceChar(c));
        if (!letters) {
            throw new SqlSyntaxException("a character that may be white space, in a name", position);
        }
    }

    private void checkLength(String name) {
        if (name.length() * 3 <= MAX_NAME_BYTES || !dialect.equals(Dialect.POSTGRESQL)) {
            return;
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw new SqlSyntaxException("name longer than " + MAX_NAME_BYTES + " bytes", position);
        }
    }

    // ---- numbers, strings, operators

    private void number() {
        int end = digits(position);
        if (at(end) == '.') {
            end = digits(end + 1);
        }
        if (at(end) == 'e' || at(end) == 'E') {
            int exponent = at(end + 1) == '+' || at(end + 1) == '-' ? end + 2 : end + 1;
            end = digits(exponent);
            if (end == exponent) {
                throw new SqlSyntaxException("number without exponent", position);
            }
        }
        // 1a, 0x1F, 1_000 and 1..2 are read differently by different versions
        if (end < text.length() && (isNamePart(text.charAt(end)) || text.charAt(end) == '.')) {
            throw new SqlSyntaxException("characters after a number", end);
        }
        add(TokenKind.NUMBER, end, text.substring(position, end));
    }

    private int digits(int from) {
        int end = from;
        while (isDigit(at(end))) {
            end++;
        }
        return end;
    }

    private void string(StringScanner.Scanned scanned) {
        add(scanned.kind(), scanned.end(), scanned.value());
    }

    private void symbolOrOperator(char c) {
        if ("()[],;{}".indexOf(c) >= 0) {
            add(TokenKind.SYMBOL, position + 1, String.valueOf(c));
        } else if (c == '.') {
            add(TokenKind.SYMBOL, position + 1, ".");
        } else if (c == ':' && at(position + 1) == ':') {
            add(TokenKind.SYMBOL, position + 2, "::");
        } else if (c == ':' && at(position + 1) == '=') {
            add(TokenKind.OPERATOR, position + 2, ":=");
        } else if (c == ':') {
            add(TokenKind.SYMBOL, position + 1, ":");
        } else {
            OperatorScanner.Scanned scanned = operators.scan(position);
            add(TokenKind.OPERATOR, scanned.end(), scanned.value());
        }
    }

    private void add(TokenKind kind, int end, String value) {
        tokens.add(new Token(kind, position, end, gap, value, 0));
        position = end;
    }

    private char at(int index) {
        return index < text.length() ? text.charAt(index) : 0;
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isNameStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80;
    }

    static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c) || c == '$';
    }
}
