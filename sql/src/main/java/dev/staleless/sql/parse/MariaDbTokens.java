package dev.staleless.sql.parse;

import dev.staleless.sql.lex.SqlSyntaxException;
import dev.staleless.sql.lex.Token;
import dev.staleless.sql.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Brings the tokens of a MariaDB statement into the form in which the parser knows them: names in lower case, since they are
 * compared without it; words that are reserved elsewhere alone as names; other spellings of what the parser knows replaced by
 * its own; hints for the optimiser left out. What means the same is all that is replaced.
 *
 * <p>Refused: names with other than ASCII letters, whose case the server folds by tables of its own; code in comments; {@code
 * SQL_CALC_FOUND_ROWS}, which keeps a number in the session; {@code XOR}.
 */
final class MariaDbTokens {

    /** Reserved by PostgreSQL, and mere names here. */
    private static final Set<String> NAMES = Set.of(
            "analyse",
            "array",
            "asymmetric",
            "authorization",
            "collation",
            "concurrently",
            "current_catalog",
            "current_schema",
            "deferrable",
            "do",
            "freeze",
            "full",
            "ilike",
            "initially",
            "isnull",
            "normalize",
            "notnull",
            "only",
            "overlaps",
            "overlay",
            "placing",
            "session_user",
            "similar",
            "symmetric",
            "system_user",
            "tablesample",
            "treat",
            "user",
            "variadic",
            "verbose");

    private static final Set<String> SELECT_OPTIONS = Set.of(
            "high_priority",
            "sql_big_result",
            "sql_buffer_result",
            "sql_cache",
            "sql_no_cache",
            "sql_small_result",
            "straight_join");

    private static final Set<String> CHANGE_OPTIONS = Set.of("low_priority", "delayed", "high_priority", "quick");
    private static final Set<String> CHANGES = Set.of("insert", "update", "delete", "replace");
    private static final Set<String> REFUSED = Set.of("sql_calc_found_rows", "xor");

    /** Operators that are words; the parser reads them as operators of its own. */
    private static final Set<String> OPERATORS = Set.of("div", "regexp", "rlike");

    private static final Set<String> CLOCKS =
            Set.of("current_timestamp", "current_date", "current_time", "localtime", "localtimestamp");

    private final List<Token> tokens;
    private final List<Token> adapted = new ArrayList<>();
    private int index;
    private boolean selectOptions;
    private boolean updatesDuplicate;

    private MariaDbTokens(List<Token> tokens) {
        this.tokens = tokens;
    }

    /**
     * The tokens of one statement, the last one of kind END, as the parser knows them.
     *
     * @throws SqlSyntaxException if something is refused
     */
    static List<Token> adapt(List<Token> tokens) {
        MariaDbTokens adapter = new MariaDbTokens(tokens);
        while (adapter.index < tokens.size()) {
            adapter.next();
        }
        return adapter.adapted;
    }

    private void next() {
        Token token = tokens.get(index);
        switch (token.kind()) {
            case SIGNIFICANT_COMMENT -> comment(token);
            case WORD -> word(token, token.word());
            case QUOTED_NAME -> add(named(token, TokenKind.QUOTED_NAME, lower(token)));
            case OPERATOR -> add(operator(token));
            case STRING -> {
                boolean label = !adapted.isEmpty() && last().isWord("as");
                add(label ? named(token, TokenKind.QUOTED_NAME, token.value()) : token);
            }
            default -> add(token);
        }
    }

    /** A hint for the optimiser changes no result. */
    private void comment(Token token) {
        if (!token.value().startsWith("/*+")) {
            throw new SqlSyntaxException("code in a comment", token.start());
        }
        index++;
    }

    private static Token operator(Token token) {
        return switch (token.value()) {
            case "&&" -> named(token, TokenKind.WORD, "and");
            case "||" -> named(token, TokenKind.WORD, "or");
            default -> token;
        };
    }

    private void word(Token token, String word) {
        if (REFUSED.contains(word)) {
            throw new SqlSyntaxException(word + " is not supported", token.start());
        }
        boolean behindPoint = !adapted.isEmpty() && last().isSymbol(".");
        if (behindPoint) {
            add(named(token, TokenKind.WORD, lower(token)));
        } else if (!isOption(word) && !isHint(word) && !isSpelledOtherwise(token, word)) {
            TokenKind kind =
                    isName(word) || word.equals("values") && isValueOfColumn() ? TokenKind.QUOTED_NAME : TokenKind.WORD;
            add(named(token, kind, lower(token)));
            selectOptions = word.equals("select") || selectOptions && word.equals("distinct");
        }
    }

    /** {@code only} is one but behind FETCH FIRST n ROWS. */
    private boolean isName(String word) {
        boolean ends = word.equals("only") && !adapted.isEmpty() && (last().isWord("rows") || last().isWord("row"));
        return NAMES.contains(word) && !ends;
    }

    /** {@code VALUES(a)} behind ON DUPLICATE KEY UPDATE is a function; elsewhere a row has its own parenthesis. */
    private boolean isValueOfColumn() {
        return peek(1).isSymbol("(")
                && !adapted.isEmpty()
                && (last().kind() == TokenKind.OPERATOR
                        || last().isSymbol("(")
                        || last().isSymbol(",") && isUpdateOfDuplicate());
    }

    private boolean isUpdateOfDuplicate() {
        return updatesDuplicate;
    }

    // ---- what is left out

    private boolean isOption(String word) {
        if (selectOptions && SELECT_OPTIONS.contains(word)) {
            index++;
            return true;
        }
        if (!adapted.isEmpty() && CHANGE_OPTIONS.contains(word) && CHANGES.contains(last().word())) {
            index++;
            return true;
        }
        return false;
    }

    /** {@code USE INDEX FOR JOIN (a, b)}, and {@code SEPARATOR ','}. */
    private boolean isHint(String word) {
        boolean index = peek(1).isWord("index") || peek(1).isWord("key");
        if (index && (word.equals("use") || word.equals("force") || word.equals("ignore"))) {
            while (!tokens.get(this.index).isSymbol(")")
                    && tokens.get(this.index).kind() != TokenKind.END) {
                this.index++;
            }
            if (tokens.get(this.index).kind() == TokenKind.END) {
                throw new SqlSyntaxException(
                        "hint without end", tokens.get(this.index).start());
            }
            this.index++;
            return true;
        }
        if (word.equals("separator") && peek(1).kind() == TokenKind.STRING) {
            this.index += 2;
            return true;
        }
        return false;
    }

    // ---- what is replaced

    private boolean isSpelledOtherwise(Token token, String word) {
        if (word.equals("distinctrow")) {
            add(named(token, TokenKind.WORD, "distinct"));
        } else if (word.equals("straight_join")) {
            add(named(token, TokenKind.WORD, "join"));
        } else if (word.equals("lock") && peek(1).isWord("in") && peek(2).isWord("share") && peek(3).isWord("mode")) {
            index += 3;
            adapted.add(named(token, TokenKind.WORD, "for"));
            add(named(token, TokenKind.WORD, "share"));
        } else if (word.equals("limit") && peek(2).isSymbol(",") && isCount(peek(1)) && isCount(peek(3))) {
            adapted.addAll(List.of(token, peek(3), named(token, TokenKind.WORD, "offset"), peek(1)));
            index += 4;
        } else if (OPERATORS.contains(word)) {
            boolean negated = !adapted.isEmpty() && last().isWord("not");
            if (negated) {
                adapted.remove(adapted.size() - 1);
            }
            add(named(token, TokenKind.OPERATOR, negated ? "not " + word : word));
        } else if (CLOCKS.contains(word) && peek(1).isSymbol("(") && peek(2).isSymbol(")")) {
            index += 2;
            add(named(token, TokenKind.WORD, word));
        } else {
            return false;
        }
        return true;
    }

    private static boolean isCount(Token token) {
        return token.kind() == TokenKind.NUMBER || token.kind() == TokenKind.PARAMETER;
    }

    // ---- tokens

    private Token peek(int ahead) {
        return tokens.get(Math.min(index + ahead, tokens.size() - 1));
    }

    private Token last() {
        return adapted.get(adapted.size() - 1);
    }

    private void add(Token token) {
        adapted.add(token);
        updatesDuplicate |= token.isWord("duplicate");
        index++;
        selectOptions = false;
    }

    private static Token named(Token token, TokenKind kind, String value) {
        return new Token(kind, token.start(), token.end(), token.gap(), value, 0);
    }

    private static String lower(Token token) {
        String name = token.value();
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 0x80) {
                throw new SqlSyntaxException("a name with other than ASCII letters", token.start());
            }
        }
        return name.toLowerCase(java.util.Locale.ROOT);
    }
}
