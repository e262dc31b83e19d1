package dev.staleless.sql.analysis;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.sql.lex.Token;
import java.util.List;
import java.util.Set;

/**
 * Tells by its words that a query which was not understood changes nothing: it begins like a query, holds no word of a change,
 * and names nothing that may be a function the database did not come with. PostgreSQL's own functions change no table.
 */
final class ReadOnlyTokens {

    private static final Set<String> BEGINNINGS = Set.of("select", "with", "values", "table");
    private static final Set<String> CHANGES = Set.of(
            "insert", "update", "delete", "merge", "truncate", "into", "call", "do", "execute", "analyze", "analyse");

    private ReadOnlyTokens() {}

    static boolean test(List<Token> tokens, Catalog catalog) {
        int first = 0;
        while (tokens.get(first).isSymbol("(")) {
            first++;
        }
        if (!BEGINNINGS.contains(tokens.get(first).word())) {
            return false;
        }
        for (int i = first; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.isName()
                    && (CHANGES.contains(token.word())
                            || Builtins.changesSettings(token.word())
                            || catalog.isUserFunction(token.value())
                            || isCallInSchema(tokens, i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a call of a function of some schema other than the database's own stands here. */
    private static boolean isCallInSchema(List<Token> tokens, int index) {
        return index >= 2
                && index + 1 < tokens.size()
                && tokens.get(index + 1).isSymbol("(")
                && tokens.get(index - 1).isSymbol(".")
                && !tokens.get(index - 2).value().equals("pg_catalog");
    }
}
