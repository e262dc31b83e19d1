package dev.staleless.sql.parse;

import dev.staleless.sql.lex.Token;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Name;
import dev.staleless.sql.tree.Node;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.Statement;
import dev.staleless.sql.tree.Statement.Assignment;
import dev.staleless.sql.tree.Statement.Target;
import dev.staleless.sql.tree.TableRef;
import dev.staleless.sql.tree.With;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** INSERT, REPLACE, UPDATE and DELETE of MariaDB; its tokens have gone through {@link MariaDbTokens}. */
final class MariaDbDmlParser {

    private final Grammar grammar;
    private final TokenCursor cursor;

    MariaDbDmlParser(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor();
    }

    static boolean starts(Token token) {
        return token.isWord("insert") || token.isWord("replace") || token.isWord("update") || token.isWord("delete");
    }

    Statement dml(@Nullable With with) {
        String word = cursor.expectOneOf("insert", "replace", "update", "delete");
        cursor.accept("ignore");
        return switch (word) {
            case "insert" -> insert(with);
            case "replace" -> replace(with);
            case "update" -> update(with);
            default -> delete(with);
        };
    }

    // ---- INSERT and REPLACE

    private Statement insert(@Nullable With with) {
        cursor.accept("into");
        TableRef.Table table = relation();
        List<Target> columns = new ArrayList<>();
        Query source = source(columns);
        Statement.OnConflict duplicate = null;
        if (cursor.accept("on", "duplicate", "key", "update")) {
            duplicate = new Statement.OnConflict(List.of(), null, null, assignments(), null);
        }
        return new Statement.Insert(with, table, columns, "", source, duplicate, returning());
    }

    /** Rows that have the new row's value in any unique key go. */
    private Statement replace(@Nullable With with) {
        cursor.accept("into");
        TableRef.Table table = relation();
        List<Target> columns = new ArrayList<>();
        Query source = source(columns);
        List<Node> parts = new ArrayList<>(List.of(source));
        parts.addAll(returning());
        return new Statement.Coarse(with, List.of(table), List.of(), parts);
    }

    private TableRef.Table relation() {
        TableRef.Table table = grammar.from().relation();
        partition();
        return table;
    }

    /** Named partitions narrow what is read or changed; that is not looked at. */
    private void partition() {
        if (cursor.isWord("partition") && cursor.peek(1).isSymbol("(")) {
            cursor.next();
            var unused = grammar.names().columnList();
        }
    }

    private Query source(List<Target> columns) {
        if (cursor.accept("set")) {
            List<Expr> values = new ArrayList<>();
            for (Assignment assignment : assignments()) {
                columns.addAll(assignment.targets());
                values.add(assignment.value());
            }
            return query(List.of(new Expr.Row(values)));
        }
        boolean parenthesis = cursor.isSymbol("(")
                && !cursor.peek(1).isSymbol("(")
                && !cursor.isWord(1, "select")
                && !cursor.isWord(1, "with");
        if (parenthesis) {
            cursor.next();
            while (!cursor.acceptSymbol(")")) {
                columns.add(target());
                if (!cursor.acceptSymbol(",") && !cursor.isSymbol(")")) {
                    throw cursor.error("expected , or )");
                }
            }
        }
        return cursor.accept("values") || cursor.accept("value")
                ? query(rows())
                : grammar.queries().query();
    }

    private static Query query(List<Expr.Row> rows) {
        return new Query(null, new Query.Values(rows), List.of(), null, false, null, List.of());
    }

    private List<Expr.Row> rows() {
        List<Expr.Row> rows = new ArrayList<>();
        do {
            cursor.expectSymbol("(");
            List<Expr> fields = cursor.isSymbol(")")
                    ? List.of()
                    : grammar.expressions().list().stream().map(grammar::value).toList();
            cursor.expectSymbol(")");
            rows.add(new Expr.Row(fields));
        } while (cursor.acceptSymbol(","));
        return rows;
    }

    // ---- UPDATE and DELETE

    private Statement update(@Nullable With with) {
        List<TableRef> refs = grammar.from().list();
        cursor.expect("set");
        List<Name> qualifiers = new ArrayList<>();
        List<Assignment> assignments = assignments(qualifiers);
        Expr where = where();
        List<Node> limits = limits();
        if (refs.size() == 1 && refs.get(0) instanceof TableRef.Table table) {
            return limits.isEmpty()
                    ? new Statement.Update(with, table, assignments, List.of(), where, List.of())
                    : new Statement.Limited(
                            new Statement.Update(with, table, assignments, List.of(), where, List.of()), limits);
        }
        boolean all = qualifiers.size() < assignments.size();
        List<Node> parts = new ArrayList<>(assignments);
        addIfThere(parts, where);
        parts.addAll(limits);
        return new Statement.Coarse(with, named(refs, all ? null : qualifiers), refs, parts);
    }

    private Statement delete(@Nullable With with) {
        if (!cursor.accept("from")) {
            List<Name> targets = targets();
            cursor.expect("from");
            return deleteFrom(with, targets, grammar.from().list());
        }
        if (namesTargets()) {
            List<Name> targets = targets();
            cursor.expect("using");
            return deleteFrom(with, targets, grammar.from().list());
        }
        TableRef.Table table = relation();
        TableRef.Alias alias = grammar.names().alias();
        TableRef.Table target = new TableRef.Table(table.name(), false, alias, null);
        Expr where = where();
        List<Node> limits = limits();
        Statement.Delete delete = new Statement.Delete(with, target, List.of(), where, returning());
        return limits.isEmpty() ? delete : new Statement.Limited(delete, limits);
    }

    /** Whether {@code a, b.* USING ..} stands here, and not one table. */
    private boolean namesTargets() {
        for (int i = 0; cursor.peek(i).isName() || ".,*".contains(cursor.peek(i).value()) && !isEnd(i); i++) {
            if (cursor.isWord(i, "using")) {
                return true;
            } else if (cursor.isWord(i, "where") || cursor.isWord(i, "order") || cursor.isWord(i, "limit")) {
                return false;
            }
        }
        return false;
    }

    private boolean isEnd(int ahead) {
        return cursor.peek(ahead).value().isEmpty();
    }

    private List<Name> targets() {
        List<Name> names = new ArrayList<>();
        do {
            Name name = grammar.names().column();
            while (cursor.acceptSymbol(".")) {
                if (cursor.peek().isOperator("*")) {
                    cursor.next();
                } else {
                    name = grammar.names().label();
                }
            }
            names.add(name);
        } while (cursor.acceptSymbol(","));
        return names;
    }

    private Statement deleteFrom(@Nullable With with, List<Name> targets, List<TableRef> refs) {
        List<Node> parts = new ArrayList<>();
        addIfThere(parts, where());
        parts.addAll(limits());
        return new Statement.Coarse(with, named(refs, targets), refs, parts);
    }

    private static void addIfThere(List<Node> parts, @Nullable Expr expr) {
        if (expr != null) {
            parts.add(expr);
        }
    }

    /** The tables among these that have one of these names or aliases; all of them without names. */
    private List<TableRef.Table> named(List<TableRef> refs, @Nullable List<Name> names) {
        List<TableRef.Table> tables = new ArrayList<>();
        refs.forEach(ref -> addTables(ref, tables));
        if (names == null) {
            return tables;
        }
        Set<String> wanted = new HashSet<>();
        names.forEach(name -> wanted.add(name.text()));
        List<TableRef.Table> found = new ArrayList<>();
        for (TableRef.Table table : tables) {
            TableRef.Alias alias = table.alias();
            String shown = alias == null
                    ? table.name().get(table.name().size() - 1).text()
                    : alias.name().text();
            if (wanted.remove(shown)) {
                found.add(table);
            }
        }
        if (!wanted.isEmpty()) {
            throw cursor.error("no table is named " + wanted);
        }
        return found;
    }

    private static void addTables(TableRef ref, List<TableRef.Table> into) {
        if (ref instanceof TableRef.Table table) {
            into.add(table);
        } else if (ref instanceof TableRef.Join join) {
            addTables(join.left(), into);
            addTables(join.right(), into);
        }
    }

    // ---- parts

    private @Nullable Expr where() {
        return cursor.accept("where") ? grammar.condition() : null;
    }

    /** ORDER BY and LIMIT, which leave some of the rows as they are. */
    private List<Node> limits() {
        List<Node> limits = new ArrayList<>(grammar.queries().orderBy());
        if (cursor.accept("limit")) {
            limits.add(grammar.expressions().expression());
        }
        return limits;
    }

    private List<Query.Item> returning() {
        return cursor.accept("returning") ? grammar.queries().items() : List.of();
    }

    private List<Assignment> assignments() {
        return assignments(new ArrayList<>());
    }

    private List<Assignment> assignments(List<Name> qualifiers) {
        List<Assignment> assignments = new ArrayList<>();
        do {
            Target target = target(qualifiers);
            if (!cursor.peek().isOperator("=")) {
                throw cursor.error("expected =");
            }
            cursor.next();
            Expr value = grammar.value(grammar.expressions().expression());
            assignments.add(new Assignment(List.of(target), false, value));
        } while (cursor.acceptSymbol(","));
        return assignments;
    }

    private Target target() {
        return target(new ArrayList<>());
    }

    /** {@code a}, {@code t.a} or {@code s.t.a}. */
    private Target target(List<Name> qualifiers) {
        List<Name> name = grammar.names().qualified();
        if (name.size() > 1) {
            qualifiers.add(name.get(name.size() - 2));
        }
        return new Target(name.get(name.size() - 1), List.of(), List.of());
    }
}
