package dev.staleless.sql.parse;

import dev.staleless.sql.lex.Dialect;
import dev.staleless.sql.lex.Token;
import dev.staleless.sql.lex.TokenKind;
import dev.staleless.sql.tree.Name;
import dev.staleless.sql.tree.TableRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names and aliases. */
final class NameParser {

    /** Words that begin a clause in H2, and so are no alias there without AS. */
    private static final Set<String> H2_CLAUSES = Set.of("minus", "qualify", "use");

    private final TokenCursor cursor;
    private final Set<String> clauses;

    NameParser(TokenCursor cursor, Dialect dialect) {
        this.cursor = cursor;
        this.clauses =
                dialect.equals(Dialect.H2) ? H2_CLAUSES : dialect.equals(Dialect.MARIADB) ? Set.of("set") : Set.of();
    }

    /** The name of a column, table or alias. */
    Name column() {
        if (!isColumn(cursor.peek())) {
            throw cursor.error("expected a name");
        }
        return name(cursor.next());
    }

    static boolean isColumn(Token token) {
        return token.kind() == TokenKind.QUOTED_NAME
                || token.kind() == TokenKind.WORD && Keywords.isColumnName(token.word());
    }

    /** A name where every word is allowed: behind a point or AS. */
    Name label() {
        if (!cursor.peek().isName()) {
            throw cursor.error("expected a name");
        }
        return name(cursor.next());
    }

    /** The name of a function or type, where every word is allowed: in lower case, whatever the database folds names to. */
    Name keyword() {
        if (!cursor.peek().isName()) {
            throw cursor.error("expected a name");
        }
        return keyword(cursor.next());
    }

    static Name keyword(Token token) {
        return token.kind() == TokenKind.WORD ? new Name(token.word(), false) : name(token);
    }

    static Name name(Token token) {
        return new Name(token.value(), token.kind() == TokenKind.QUOTED_NAME);
    }

    /** {@code a}, {@code s.a} or {@code c.s.a}. */
    List<Name> qualified() {
        List<Name> parts = new ArrayList<>();
        parts.add(column());
        while (cursor.acceptSymbol(".")) {
            parts.add(label());
        }
        return parts;
    }

    /** {@code (a, b)}. */
    List<Name> columnList() {
        cursor.expectSymbol("(");
        List<Name> names = new ArrayList<>();
        do {
            names.add(column());
        } while (cursor.acceptSymbol(","));
        cursor.expectSymbol(")");
        return names;
    }

    /** The label of a result column, if there is one. */
    @Nullable
    Name resultLabel() {
        if (cursor.accept("as")) {
            return label();
        }
        Token token = cursor.peek();
        boolean bare = token.kind() == TokenKind.QUOTED_NAME
                || token.kind() == TokenKind.WORD
                        && Keywords.isBareLabel(token.word())
                        && !clauses.contains(token.word());
        return bare ? name(cursor.next()) : null;
    }

    /** The alias of something in FROM, if there is one. */
    TableRef.@Nullable Alias alias() {
        if (clauses.contains(cursor.peek().word()) || !cursor.accept("as") && !isColumn(cursor.peek())) {
            return null;
        }
        Name name = column();
        return new TableRef.Alias(name, cursor.isSymbol("(") ? columnList() : List.of());
    }
}
