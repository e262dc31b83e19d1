package dev.staleless.sql;

import dev.staleless.sql.lex.Dialect;
import dev.staleless.sql.lex.LexedText;
import dev.staleless.sql.lex.Lexer;
import dev.staleless.sql.lex.SqlSyntaxException;
import dev.staleless.sql.lex.Token;
import dev.staleless.sql.lex.TokenKind;
import java.util.List;

/**
 * A statement's text as it enters the cache key, and its hint. Two texts have the same key only if they differ in
 * nothing but ordinary comments and the white space between tokens: every token stands in it byte by byte, each gap is
 * one space, and no gap is nothing. A text that has no tokens (a string without end) is its own key.
 */
public record NormalizedSql(String key, CacheHint hint) {

    /** Normalises a statement for PostgreSQL. */
    public static NormalizedSql of(String sql) {
        return of(sql, Dialect.POSTGRESQL);
    }

    static NormalizedSql of(String sql, Dialect dialect) {
        LexedText lexed;
        try {
            lexed = Lexer.lex(sql, dialect);
        } catch (SqlSyntaxException e) {
            return new NormalizedSql(sql, new CacheHint.None());
        }
        return of(lexed);
    }

    static NormalizedSql of(LexedText lexed) {
        return new NormalizedSql(key(lexed.text(), lexed.tokens()), HintParser.parse(lexed.comments()));
    }

    private static String key(String sql, List<Token> tokens) {
        StringBuilder key = new StringBuilder(sql.length());
        for (Token token : tokens) {
            if (token.gap() && !key.isEmpty() && token.kind() != TokenKind.END) {
                key.append(' ');
            }
            key.append(sql, token.start(), token.end());
        }
        return key.toString();
    }
}
