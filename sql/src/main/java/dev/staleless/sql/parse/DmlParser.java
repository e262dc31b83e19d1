package dev.staleless.sql.parse;

import dev.staleless.sql.lex.Dialect;
import dev.staleless.sql.lex.TokenKind;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Name;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.Statement;
import dev.staleless.sql.tree.Statement.Assignment;
import dev.staleless.sql.tree.Statement.Target;
import dev.staleless.sql.tree.TableRef;
import dev.staleless.sql.tree.With;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** INSERT, UPDATE, DELETE, TRUNCATE and MERGE. */
final class DmlParser {

    private final Grammar grammar;
    private final TokenCursor cursor;

    DmlParser(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor();
    }

    /** A query or a change, with its WITH if one stands before it. */
    Statement afterWith(boolean withAllowed) {
        With with = withAllowed && cursor.isWord("with") ? grammar.queries().with() : null;
        if (grammar.isMariaDb() && MariaDbDmlParser.starts(cursor.peek())) {
            return new MariaDbDmlParser(grammar).dml(with);
        }
        if (cursor.isWord("insert") || cursor.isWord("update") || cursor.isWord("delete") || cursor.isWord("merge")) {
            return dml(with);
        }
        return grammar.queries().queryAfter(with);
    }

    /** A change; the cursor stands on its first word. */
    Statement dml(@Nullable With with) {
        if (cursor.accept("insert", "into")) {
            return insert(with);
        }
        if (cursor.accept("update")) {
            return update(with);
        }
        if (cursor.accept("delete", "from")) {
            return delete(with);
        }
        cursor.expect("merge", "into");
        return merge(with);
    }

    // ---- INSERT

    private Statement insert(@Nullable With with) {
        TableRef.Table table = grammar.from().relation();
        TableRef.Alias alias =
                cursor.accept("as") ? new TableRef.Alias(grammar.names().column(), List.of()) : null;
        TableRef.Table target = new TableRef.Table(table.name(), table.only(), alias, null);
        List<Target> columns = startsColumns() ? targets() : List.of();
        String overriding = overriding();
        Query source =
                cursor.accept("default", "values") ? null : grammar.queries().query();
        Statement.OnConflict onConflict = cursor.accept("on", "conflict") ? onConflict() : null;
        return new Statement.Insert(with, target, columns, overriding, source, onConflict, returning());
    }

    /** Whether the parenthesis here holds column names, and not a query. */
    private boolean startsColumns() {
        return cursor.isSymbol("(") && NameParser.isColumn(cursor.peek(1)) && !isValues();
    }

    private boolean isValues() {
        return cursor.isWord(1, "values") && cursor.peek(2).isSymbol("(");
    }

    private String overriding() {
        if (!cursor.accept("overriding")) {
            return "";
        }
        String who = cursor.expectOneOf("system", "user");
        cursor.expect("value");
        return who;
    }

    private Statement.OnConflict onConflict() {
        List<Expr> keys = new ArrayList<>();
        Expr keysWhere = null;
        Name constraint = null;
        if (cursor.accept("on", "constraint")) {
            constraint = grammar.names().column();
        } else if (cursor.acceptSymbol("(")) {
            do {
                keys.add(conflictKey());
            } while (cursor.acceptSymbol(","));
            cursor.expectSymbol(")");
            keysWhere = cursor.accept("where") ? grammar.expressions().expression() : null;
        }
        cursor.expect("do");
        if (cursor.accept("nothing")) {
            return new Statement.OnConflict(keys, keysWhere, constraint, List.of(), null);
        }
        cursor.expect("update", "set");
        List<Assignment> assignments = assignments();
        return new Statement.OnConflict(keys, keysWhere, constraint, assignments, where());
    }

    /** An index element; its operator class does not matter. */
    private Expr conflictKey() {
        Expr key = grammar.expressions().expression();
        if (NameParser.isColumn(cursor.peek())) {
            grammar.names().qualified();
        }
        return key;
    }

    // ---- UPDATE and DELETE

    private Statement update(@Nullable With with) {
        TableRef.Table target = targetTable();
        cursor.expect("set");
        List<Assignment> assignments = assignments();
        List<TableRef> from = cursor.accept("from") ? grammar.from().list() : List.of();
        return new Statement.Update(with, target, assignments, from, limited(where()), returning());
    }

    private Statement delete(@Nullable With with) {
        TableRef.Table target = targetTable();
        List<TableRef> using = cursor.accept("using") ? grammar.from().list() : List.of();
        return new Statement.Delete(with, target, using, limited(where()), returning());
    }

    /** A table with an alias, which cannot be {@code set} without AS. */
    private TableRef.Table targetTable() {
        return aliased(grammar.from().relation());
    }

    private TableRef.Table aliased(TableRef.Table table) {
        TableRef.Alias alias = null;
        if (cursor.accept("as") || NameParser.isColumn(cursor.peek()) && !cursor.isWord("set")) {
            alias = new TableRef.Alias(grammar.names().column(), List.of());
        }
        return new TableRef.Table(table.name(), table.only(), alias, null);
    }

    private @Nullable Expr where() {
        if (!cursor.accept("where")) {
            return null;
        }
        if (cursor.accept("current", "of")) {
            return new Expr.CurrentOf(grammar.names().column());
        }
        return grammar.expressions().expression();
    }

    /**
     * A condition, and H2's {@code FETCH FIRST n ROWS ONLY} or {@code LIMIT n} behind it. Which of the rows that meet the condition
     * are changed does not matter: it is said of all.
     */
    private @Nullable Expr limited(@Nullable Expr where) {
        if (!grammar.is(Dialect.H2) || !cursor.isWord("fetch") && !cursor.isWord("limit")) {
            return where;
        }
        boolean fetch = cursor.next().isWord("fetch");
        if (fetch) {
            cursor.expectOneOf("first", "next");
        }
        // a constant, so that it depends on nothing
        TokenKind limit = cursor.next().kind();
        if (limit != TokenKind.NUMBER) {
            throw cursor.error("expected a number");
        }
        if (fetch) {
            cursor.expectOneOf("row", "rows");
            cursor.expect("only");
        }
        return where;
    }

    private List<Query.Item> returning() {
        return cursor.accept("returning") ? grammar.queries().items() : List.of();
    }

    List<Assignment> assignments() {
        List<Assignment> assignments = new ArrayList<>();
        do {
            boolean row = cursor.isSymbol("(");
            List<Target> targets = row ? targets() : List.of(target());
            if (!cursor.peek().isOperator("=")) {
                throw cursor.error("expected =");
            }
            cursor.next();
            assignments.add(new Assignment(targets, row, grammar.expressions().expression()));
        } while (cursor.acceptSymbol(","));
        return assignments;
    }

    private List<Target> targets() {
        cursor.expectSymbol("(");
        List<Target> targets = new ArrayList<>();
        do {
            targets.add(target());
        } while (cursor.acceptSymbol(","));
        cursor.expectSymbol(")");
        return targets;
    }

    private Target target() {
        Name column = grammar.names().column();
        List<Expr> subscripts = new ArrayList<>();
        List<Name> fields = new ArrayList<>();
        while (cursor.isSymbol("[") || cursor.isSymbol(".")) {
            if (cursor.acceptSymbol(".")) {
                fields.add(grammar.names().label());
            } else {
                cursor.next();
                subscripts.add(grammar.expressions().expression());
                if (cursor.acceptSymbol(":")) {
                    subscripts.add(grammar.expressions().expression());
                }
                cursor.expectSymbol("]");
            }
        }
        return new Target(column, subscripts, fields);
    }

    // ---- TRUNCATE and MERGE

    /** TRUNCATE; the word itself has been read. */
    Statement truncate() {
        cursor.accept("table");
        List<TableRef.Table> tables = new ArrayList<>();
        do {
            tables.add(grammar.from().relation());
        } while (cursor.acceptSymbol(","));
        boolean restart = cursor.accept("restart", "identity");
        if (!restart) {
            cursor.accept("continue", "identity");
        }
        boolean cascade = cursor.accept("cascade");
        if (!cascade) {
            cursor.accept("restrict");
        }
        return new Statement.Truncate(tables, restart, cascade);
    }

    private Statement merge(@Nullable With with) {
        if (grammar.is(Dialect.H2)) {
            TableRef.Table keyed = grammar.from().relation();
            if (cursor.isSymbol("(")
                    || cursor.isWord("key")
                    || grammar.queries().startsQuery()) {
                return mergeByKey(with, keyed);
            }
            return merge(with, aliased(keyed));
        }
        return merge(with, targetTable());
    }

    private Statement merge(@Nullable With with, TableRef.Table target) {
        cursor.expect("using");
        TableRef source = grammar.from().item();
        cursor.expect("on");
        Expr on = grammar.expressions().expression();
        List<Statement.MergeWhen> whens = new ArrayList<>();
        while (cursor.accept("when")) {
            whens.add(mergeWhen());
        }
        return new Statement.Merge(with, target, source, on, whens, returning());
    }

    /**
     * H2's {@code MERGE INTO t (a, b) KEY (a) VALUES (..)}: an INSERT that updates the row with the same key where there is one.
     * Where columns or key are left to the catalog, it may change any row.
     */
    private Statement mergeByKey(@Nullable With with, TableRef.Table target) {
        List<Target> columns = cursor.isSymbol("(") ? targets() : List.of();
        List<Name> keys = cursor.accept("key") ? grammar.names().columnList() : List.of();
        Query source = grammar.queries().query();
        if (columns.isEmpty() || keys.isEmpty()) {
            TableRef.Alias alias = new TableRef.Alias(new Name("source", true), List.of());
            TableRef rows = new TableRef.Derived(source, false, alias);
            return new Statement.Merge(
                    with, target, rows, new Expr.Literal(Expr.LiteralKind.TRUE, "true"), List.of(), List.of());
        }
        List<Expr> index = new ArrayList<>();
        keys.forEach(key -> index.add(new Expr.Column(List.of(key))));
        List<Assignment> assignments = new ArrayList<>();
        for (Target column : columns) {
            if (keys.stream().noneMatch(key -> key.text().equals(column.column().text()))) {
                Expr given = new Expr.Column(List.of(new Name("excluded", false), column.column()));
                assignments.add(new Assignment(List.of(column), false, given));
            }
        }
        Statement.OnConflict update = new Statement.OnConflict(index, null, null, assignments, null);
        return new Statement.Insert(with, target, columns, "", source, update, List.of());
    }

    private Statement.MergeWhen mergeWhen() {
        String match = cursor.accept("not") ? "not matched" : "matched";
        cursor.expect("matched");
        if (cursor.accept("by")) {
            match += " by " + cursor.expectOneOf("source", "target");
        }
        Expr condition = cursor.accept("and") ? grammar.expressions().expression() : null;
        cursor.expect("then");
        if (cursor.accept("update", "set")) {
            return mergeWhen(match, condition, "update", assignments());
        }
        if (cursor.accept("insert")) {
            return mergeInsert(match, condition);
        }
        if (cursor.accept("delete")) {
            return mergeWhen(match, condition, "delete", List.of());
        }
        cursor.expect("do", "nothing");
        return mergeWhen(match, condition, "do nothing", List.of());
    }

    private static Statement.MergeWhen mergeWhen(
            String match, @Nullable Expr condition, String action, List<Assignment> assignments) {
        return new Statement.MergeWhen(match, condition, action, assignments, List.of(), "", null);
    }

    private Statement.MergeWhen mergeInsert(String match, @Nullable Expr condition) {
        List<Target> columns = cursor.isSymbol("(") ? targets() : List.of();
        String overriding = overriding();
        Expr.Row values = null;
        if (!cursor.accept("default", "values")) {
            cursor.expect("values");
            cursor.expectSymbol("(");
            values = new Expr.Row(grammar.expressions().list());
            cursor.expectSymbol(")");
        }
        return new Statement.MergeWhen(match, condition, "insert", List.of(), columns, overriding, values);
    }
}
