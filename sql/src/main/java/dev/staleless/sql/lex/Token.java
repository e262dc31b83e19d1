package dev.staleless.sql.lex;

/**
 * A token and where it stands.
 *
 * @param start its first character, in UTF-16 units from 0
 * @param end behind its last character
 * @param gap whether white space or an ordinary comment stands before it
 * @param value of a word, the name that it is: folded as the database folds names
 * @param parameter the number of a parameter in order of appearance, from 1; 0 for all other tokens
 */
public record Token(TokenKind kind, int start, int end, boolean gap, String value, int parameter) {

    /** The unquoted word in lower case, by which keywords and functions are known; empty for what is none. */
    public String word() {
        return kind == TokenKind.WORD ? Dialect.lower(value) : "";
    }

    /** Whether this is the unquoted word, given in lower case. */
    public boolean isWord(String word) {
        if (kind != TokenKind.WORD || value.length() != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (Dialect.lower(value.charAt(i)) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    public boolean isSymbol(String symbol) {
        return kind == TokenKind.SYMBOL && value.equals(symbol);
    }

    public boolean isOperator(String operator) {
        return kind == TokenKind.OPERATOR && value.equals(operator);
    }

    /** Whether this can be a name: a word or a quoted name. */
    public boolean isName() {
        return kind == TokenKind.WORD || kind == TokenKind.QUOTED_NAME;
    }
}
