package dev.staleless.sql.lex;

/** What a token is. */
public enum TokenKind {
    /** A keyword or an unquoted name; its value is folded as the dialect folds names. */
    WORD,
    /** A quoted name; its value is without quotes. */
    QUOTED_NAME,
    /** A character string whose characters are known; its value is those characters. */
    STRING,
    /** A string whose value is not computed here (national, Unicode, byte escapes); its value is the raw text. */
    OPAQUE_STRING,
    /** {@code B'..'} or {@code X'..'}; its value is the raw text. */
    BIT_STRING,
    /** A number without sign. */
    NUMBER,
    /** A JDBC parameter; see {@link Token#parameter()}. */
    PARAMETER,
    /** An operator; {@code !=} has the value {@code <>}. */
    OPERATOR,
    /** One of {@code ( ) [ ] , ; . : ::}, or a brace, which begins or ends an escape of JDBC. */
    SYMBOL,
    /** A comment that is code to somebody: an optimiser hint or an executable comment. */
    SIGNIFICANT_COMMENT,
    /** The end of the text. */
    END
}
