package dev.staleless.sql.lex;

import java.util.List;

/**
 * A text cut into tokens.
 *
 * @param tokens all tokens; the last one, and no other, is {@link TokenKind#END}
 * @param comments the content of the ordinary block comments
 * @param parameters how many {@code ?} stand in the text
 * @param dialect by whose rules it was cut
 */
public record LexedText(String text, List<Token> tokens, List<String> comments, int parameters, Dialect dialect) {

    public LexedText {
        tokens = List.copyOf(tokens);
        comments = List.copyOf(comments);
    }
}
