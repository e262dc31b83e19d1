package dev.staleless.sql.analysis;

import dev.staleless.sql.lex.Token;
import dev.staleless.sql.lex.TokenKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All names among a statement's tokens, by the name in front of the point before them. Which columns of a table a statement
 * can read is told by these, and not by the tree: whatever the parser may have got wrong, a column that is not named here
 * and not covered by a {@code *}, a whole row or a natural join cannot be read.
 */
final class Identifiers {

    private final Set<String> unqualified = new HashSet<>();
    private final Map<String, Set<String>> qualified = new HashMap<>();

    Identifiers(List<Token> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (!token.isName()) {
                continue;
            }
            boolean behindPoint = i >= 2
                    && tokens.get(i - 1).isSymbol(".")
                    && tokens.get(i - 2).isName();
            if (behindPoint) {
                qualified
                        .computeIfAbsent(tokens.get(i - 2).value(), q -> new HashSet<>())
                        .add(token.value());
            } else if (token.kind() == TokenKind.QUOTED_NAME || token.kind() == TokenKind.WORD) {
                unqualified.add(token.value());
            }
        }
    }

    /** Whether the name stands anywhere. */
    boolean contains(String name) {
        return unqualified.contains(name) || qualified.values().stream().anyMatch(names -> names.contains(name));
    }

    /**
     * The names that can mean a column of the table occurrence.
     *
     * @param aliases the aliases of everything that stands in FROM anywhere in the statement: a name behind another of them
     *     is no column of this one
     */
    boolean mayName(String column, String alias, Set<String> aliases) {
        if (unqualified.contains(column)) {
            return true;
        }
        for (Map.Entry<String, Set<String>> entry : qualified.entrySet()) {
            boolean other = !entry.getKey().equals(alias) && aliases.contains(entry.getKey());
            if (!other && entry.getValue().contains(column)) {
                return true;
            }
        }
        return false;
    }
}
