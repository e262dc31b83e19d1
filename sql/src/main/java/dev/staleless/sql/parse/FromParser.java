package dev.staleless.sql.parse;

import dev.staleless.sql.lex.Dialect;
import dev.staleless.sql.lex.Token;
import dev.staleless.sql.lex.TokenKind;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Name;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.Statement;
import dev.staleless.sql.tree.TableRef;
import dev.staleless.sql.tree.TableRef.JoinKind;
import dev.staleless.sql.tree.TypeName;
import dev.staleless.sql.tree.With;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in FROM. */
final class FromParser {

    /** What no table is called. */
    private static final Name DELTA = new Name("\0delta", true);

    private final Grammar grammar;
    private final TokenCursor cursor;

    FromParser(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor();
    }

    List<TableRef> list() {
        List<TableRef> list = new ArrayList<>();
        do {
            list.add(item());
        } while (cursor.acceptSymbol(","));
        return list;
    }

    /** One item with its joins. */
    TableRef item() {
        return joins(operand());
    }

    private TableRef joins(TableRef first) {
        TableRef left = first;
        while (startsJoin()) {
            left = join(left);
        }
        return left;
    }

    private boolean startsJoin() {
        Token token = cursor.peek();
        return token.kind() == TokenKind.WORD
                && switch (token.word()) {
                    case "join", "inner", "cross", "natural", "left", "right", "full" -> true;
                    default -> false;
                };
    }

    private TableRef join(TableRef left) {
        if (cursor.accept("cross", "join")) {
            TableRef right = operand();
            return grammar.isMariaDb() && cursor.isWord("on")
                    ? qualified(JoinKind.INNER, left, right)
                    : join(JoinKind.CROSS, false, left, right);
        }
        boolean natural = cursor.accept("natural");
        JoinKind kind = kind();
        cursor.expect("join");
        if (natural) {
            return join(kind, true, left, operand());
        }
        cursor.enter();
        // a JOIN b JOIN c ON .. ON ..: the condition of the inner one comes first
        TableRef right = operand();
        while (startsJoin()) {
            right = join(right);
        }
        cursor.leave();
        return qualified(kind, left, right);
    }

    private static TableRef join(JoinKind kind, boolean natural, TableRef left, TableRef right) {
        return new TableRef.Join(kind, natural, left, right, null, List.of(), null, null);
    }

    private JoinKind kind() {
        if (cursor.accept("inner") || cursor.isWord("join")) {
            return JoinKind.INNER;
        }
        String word = cursor.expectOneOf("left", "right", "full");
        cursor.accept("outer");
        return switch (word) {
            case "left" -> JoinKind.LEFT;
            case "right" -> JoinKind.RIGHT;
            default -> JoinKind.FULL;
        };
    }

    private TableRef qualified(JoinKind kind, TableRef left, TableRef right) {
        if (cursor.accept("on")) {
            Expr on = grammar.condition();
            return new TableRef.Join(kind, false, left, right, on, List.of(), null, null);
        }
        if (grammar.isMariaDb() && kind == JoinKind.INNER && !cursor.isWord("using")) {
            return join(JoinKind.CROSS, false, left, right);
        }
        cursor.expect("using");
        List<Name> using = grammar.names().columnList();
        Name alias = cursor.accept("as") ? grammar.names().column() : null;
        return new TableRef.Join(kind, false, left, right, null, using, alias, null);
    }

    // ---- operands

    private TableRef operand() {
        boolean lateral = cursor.accept("lateral");
        if (cursor.isSymbol("(")) {
            return parenthesised(lateral);
        }
        if (cursor.isWord("rows") && cursor.isWord(1, "from") && cursor.peek(2).isSymbol("(")) {
            return rowsFrom(lateral);
        }
        if (grammar.is(Dialect.H2) && isDeltaTable()) {
            return deltaTable();
        }
        if (isCall()) {
            return function(List.of(grammar.primaries().primary()), false, lateral);
        }
        if (lateral) {
            throw cursor.error("LATERAL before a table");
        }
        TableRef.Table table = relation();
        TableRef.Alias alias = grammar.names().alias();
        return new TableRef.Table(table.name(), table.only(), alias, sample());
    }

    private boolean isDeltaTable() {
        boolean option = cursor.isWord("final") || cursor.isWord("new") || cursor.isWord("old");
        return option && cursor.isWord(1, "table") && cursor.peek(2).isSymbol("(");
    }

    /**
     * H2's {@code FINAL TABLE (INSERT ..)} reads the rows that a change has changed: as a common table expression does that
     * returns them.
     */
    private TableRef deltaTable() {
        cursor.next();
        cursor.next();
        cursor.enter();
        cursor.expectSymbol("(");
        Statement change = grammar.dml().dml(null);
        cursor.expectSymbol(")");
        cursor.leave();
        With with = new With(false, List.of(new With.Cte(DELTA, List.of(), null, change)));
        Query.Body whole = new Query.Whole(new TableRef.Table(List.of(DELTA), false, null, null));
        Query query = new Query(with, whole, List.of(), null, false, null, List.of());
        return new TableRef.Derived(query, false, grammar.names().alias());
    }

    private boolean isCall() {
        int at = 1;
        while (cursor.peek(at).isSymbol(".") && cursor.peek(at + 1).isName()) {
            at += 2;
        }
        return cursor.peek().isName()
                && !cursor.isWord("only")
                && cursor.peek(at).isSymbol("(");
    }

    /** A table's name without alias: {@code [ONLY] s.t [*]}. */
    TableRef.Table relation() {
        boolean only = cursor.accept("only");
        boolean parenthesis = only && cursor.acceptSymbol("(");
        List<Name> name = grammar.names().qualified();
        if (parenthesis) {
            cursor.expectSymbol(")");
        } else if (!only && cursor.peek().isOperator("*")) {
            cursor.next();
        }
        return new TableRef.Table(name, only, null, null);
    }

    private TableRef.@Nullable Sample sample() {
        if (!cursor.accept("tablesample")) {
            return null;
        }
        List<Name> method = grammar.names().qualified();
        cursor.expectSymbol("(");
        List<Expr> arguments = grammar.expressions().list();
        cursor.expectSymbol(")");
        Expr seed = null;
        if (cursor.accept("repeatable")) {
            cursor.expectSymbol("(");
            seed = grammar.expressions().expression();
            cursor.expectSymbol(")");
        }
        return new TableRef.Sample(method, arguments, seed);
    }

    /** A query or a join. As with expressions, what follows the innermost parenthesis decides. */
    private TableRef parenthesised(boolean lateral) {
        cursor.enter();
        cursor.expectSymbol("(");
        TableRef inner = content();
        cursor.expectSymbol(")");
        cursor.leave();
        if (inner instanceof TableRef.Derived derived && derived.alias() == null && !derived.lateral()) {
            return new TableRef.Derived(
                    derived.query(), lateral, grammar.names().alias());
        }
        if (!(inner instanceof TableRef.Join join) || lateral) {
            throw cursor.error("parentheses around a single table");
        }
        TableRef.Alias alias = grammar.names().alias();
        if (alias == null) {
            return join;
        }
        if (join.alias() != null) {
            throw cursor.error("alias given twice");
        }
        return new TableRef.Join(
                join.kind(),
                join.natural(),
                join.left(),
                join.right(),
                join.on(),
                join.using(),
                join.usingAlias(),
                alias);
    }

    private TableRef content() {
        if (grammar.queries().startsQuery()) {
            return derived(grammar.queries().query());
        }
        TableRef first = operand();
        boolean query = first instanceof TableRef.Derived derived && derived.alias() == null && !derived.lateral();
        if (query && grammar.queries().continuesQuery()) {
            return derived(grammar.queries().continueWith(((TableRef.Derived) first).query()));
        }
        return joins(first);
    }

    private static TableRef derived(Query query) {
        return new TableRef.Derived(query, false, null);
    }

    // ---- functions

    private TableRef rowsFrom(boolean lateral) {
        cursor.next();
        cursor.next();
        cursor.expectSymbol("(");
        List<Expr> calls = new ArrayList<>();
        do {
            calls.add(grammar.primaries().primary());
        } while (cursor.acceptSymbol(","));
        cursor.expectSymbol(")");
        return function(calls, true, lateral);
    }

    private TableRef function(List<Expr> calls, boolean rowsFrom, boolean lateral) {
        boolean ordinality = cursor.accept("with", "ordinality");
        if (!cursor.accept("as") && !NameParser.isColumn(cursor.peek())) {
            return new TableRef.Function(calls, rowsFrom, lateral, ordinality, null, List.of());
        }
        Name name = cursor.isSymbol("(") ? null : grammar.names().column();
        List<Name> columns = new ArrayList<>();
        List<TypeName> types = new ArrayList<>();
        if (cursor.acceptSymbol("(")) {
            do {
                columns.add(grammar.names().column());
                if (!cursor.isSymbol(",") && !cursor.isSymbol(")")) {
                    types.add(grammar.types().type());
                }
            } while (cursor.acceptSymbol(","));
            cursor.expectSymbol(")");
        }
        if (name == null) {
            throw cursor.error("a record function without alias");
        }
        return new TableRef.Function(calls, rowsFrom, lateral, ordinality, new TableRef.Alias(name, columns), types);
    }
}
