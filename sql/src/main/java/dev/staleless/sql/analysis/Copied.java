package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Table;
import dev.staleless.sql.lex.Token;
import dev.staleless.sql.lex.TokenKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's COPY between a table and the client or a file. A query that is copied, a program, and a condition on the rows could do
 * anything; they are not understood.
 *
 * @param table whose rows are read or written
 * @param into whether rows are added to it
 */
record Copied(Table table, boolean into) {

    /** What the text of a COPY does; null if it is not understood. */
    static @Nullable Copied of(List<Token> tokens, Catalog catalog) {
        int at = 1;
        if (!tokens.get(at).isName()) {
            return null;
        }
        String name = tokens.get(at++).value();
        String schema = null;
        if (tokens.get(at).isSymbol(".") && tokens.get(at + 1).isName()) {
            schema = name;
            name = tokens.get(at + 1).value();
            at += 2;
        }
        if (tokens.get(at).isSymbol("(")) {
            while (at < tokens.size() - 1 && !tokens.get(at).isSymbol(")")) {
                at++;
            }
            at++;
        }
        Table table = catalog.resolve(schema, name);
        return table == null || at + 1 >= tokens.size() ? null : of(table, tokens, at);
    }

    private static @Nullable Copied of(Table table, List<Token> tokens, int at) {
        boolean into = tokens.get(at).isWord("from");
        Token place = tokens.get(at + 1);
        boolean plain = into
                ? place.isWord("stdin") || place.kind() == TokenKind.STRING
                : tokens.get(at).isWord("to") && place.isWord("stdout");
        boolean conditional = tokens.stream().anyMatch(token -> token.isWord("where"));
        return plain && !conditional ? new Copied(table, into) : null;
    }
}
