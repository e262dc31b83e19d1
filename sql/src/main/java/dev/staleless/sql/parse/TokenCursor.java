package dev.staleless.sql.parse;

import dev.staleless.sql.lex.SqlSyntaxException;
import dev.staleless.sql.lex.Token;
import dev.staleless.sql.lex.TokenKind;
import java.util.List;
import java.util.Locale;

/** The tokens of one statement, and how far they are consumed. It also bounds how deep the parser nests. */
final class TokenCursor {

    /** A level costs about ten frames, 1.5 kB while not compiled: this must do with a quarter of a usual stack. */
    private static final int MAX_DEPTH = 200;

    private final List<Token> tokens;
    private int index;
    private int depth;

    /** The last token is of kind END. */
    TokenCursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(index);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(index + ahead, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(index);
        if (token.kind() != TokenKind.END) {
            index++;
        }
        return token;
    }

    boolean isWord(String word) {
        return peek().isWord(word);
    }

    boolean isWord(int ahead, String word) {
        return peek(ahead).isWord(word);
    }

    boolean isSymbol(String symbol) {
        return peek().isSymbol(symbol);
    }

    /** Consumes these words, if they all come next. */
    boolean accept(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).isWord(words[i])) {
                return false;
            }
        }
        index += words.length;
        return true;
    }

    boolean acceptSymbol(String symbol) {
        if (!isSymbol(symbol)) {
            return false;
        }
        index++;
        return true;
    }

    void expect(String... words) {
        if (!accept(words)) {
            throw error("expected " + String.join(" ", words).toUpperCase(Locale.ROOT));
        }
    }

    void expectSymbol(String symbol) {
        if (!acceptSymbol(symbol)) {
            throw error("expected " + symbol);
        }
    }

    /** One of these words. */
    String expectOneOf(String... words) {
        for (String word : words) {
            if (accept(word)) {
                return word;
            }
        }
        throw error("expected one of " + String.join(", ", words));
    }

    SqlSyntaxException error(String message) {
        return new SqlSyntaxException(message, peek().start());
    }

    /** Enters a nested construct; each call has its {@link #leave}. */
    void enter() {
        if (++depth > MAX_DEPTH) {
            throw error("nested deeper than " + MAX_DEPTH);
        }
    }

    void leave() {
        depth--;
    }
}
