package dev.staleless.sql.parse;

import dev.staleless.sql.lex.Dialect;
import dev.staleless.sql.lex.Token;
import dev.staleless.sql.lex.TokenKind;
import dev.staleless.sql.tree.Expr;
import dev.staleless.sql.tree.Name;
import dev.staleless.sql.tree.OrderItem;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.Statement;
import dev.staleless.sql.tree.TableRef;
import dev.staleless.sql.tree.Window;
import dev.staleless.sql.tree.With;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queries. As in PostgreSQL, {@code (SELECT ..) ORDER BY ..} is the same query as without the parentheses. */
final class QueryParser {

    private final Grammar grammar;
    private final TokenCursor cursor;
    private final WindowParser windows;
    private final boolean h2;

    QueryParser(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor();
        this.windows = new WindowParser(grammar);
        this.h2 = grammar.is(Dialect.H2);
    }

    /** Whether a query begins here that is not in parentheses. */
    boolean startsQuery() {
        Token token = cursor.peek();
        return token.isWord("select")
                || token.isWord("with")
                || token.isWord("table")
                || token.isWord("values") && cursor.peek(1).isSymbol("(");
    }

    /** Whether this can follow a query that stood in parentheses, so that both are one query. */
    boolean continuesQuery() {
        return switch (cursor.peek().word()) {
            case "union", "intersect", "except", "minus", "order", "limit", "offset", "fetch", "for" -> true;
            default -> false;
        };
    }

    Query query() {
        cursor.enter();
        With with = cursor.isWord("with") ? with() : null;
        Query query = queryAfter(with);
        cursor.leave();
        return query;
    }

    /** The query behind its WITH. */
    Query queryAfter(@Nullable With with) {
        return clauses(with, setOperations(operand(), 1));
    }

    /** Goes on with a query whose first operand stood in parentheses and has been read. */
    Query continueWith(Query first) {
        return clauses(null, setOperations(first, 1));
    }

    private static Query simple(Query.Body body) {
        return new Query(null, body, List.of(), null, false, null, List.of());
    }

    private Query setOperations(Query first, int minimum) {
        Query left = first;
        while (true) {
            Token token = cursor.peek();
            boolean intersect = token.isWord("intersect");
            boolean minus = h2 && token.isWord("minus");
            boolean other = token.isWord("union") || token.isWord("except") || minus;
            if (!(intersect || other && minimum == 1)) {
                return left;
            }
            cursor.next();
            boolean all = cursor.accept("all");
            if (!all) {
                cursor.accept("distinct");
            }
            Query right = operand();
            if (!intersect) {
                right = setOperations(right, 2);
            }
            left = simple(new Query.SetOperation(minus ? "except" : token.word(), all, left, right));
        }
    }

    private Query operand() {
        if (cursor.isSymbol("(")) {
            cursor.enter();
            cursor.next();
            Query query = cursor.isSymbol("(") ? continueWith(operand()) : query();
            cursor.expectSymbol(")");
            cursor.leave();
            return query;
        }
        if (cursor.accept("select")) {
            return simple(select());
        }
        if (cursor.isWord("values")) {
            cursor.next();
            return simple(values());
        }
        cursor.expect("table");
        return simple(new Query.Whole(grammar.from().relation()));
    }

    // ---- what applies to the whole query

    private Query clauses(@Nullable With with, Query query) {
        List<OrderItem> orderBy = orderBy();
        Limits limits = new Limits();
        boolean more = true;
        while (more) {
            more = limits.accept();
        }
        if (with == null && orderBy.isEmpty() && limits.isEmpty()) {
            return query;
        }
        boolean twice = with != null && query.with() != null
                || !orderBy.isEmpty() && !query.orderBy().isEmpty()
                || limits.limit != null && query.limit() != null
                || limits.offset != null && query.offset() != null;
        if (twice) {
            throw cursor.error("clause given twice");
        }
        limits.locking.addAll(0, query.locking());
        return new Query(
                with != null ? with : query.with(),
                query.body(),
                orderBy.isEmpty() ? query.orderBy() : orderBy,
                limits.limit != null ? limits.limit : query.limit(),
                limits.withTies || query.withTies(),
                limits.offset != null ? limits.offset : query.offset(),
                limits.locking);
    }

    List<OrderItem> orderBy() {
        List<OrderItem> items = new ArrayList<>();
        if (!cursor.accept("order", "by")) {
            return items;
        }
        do {
            Expr expr = grammar.value(grammar.expressions().expression());
            String direction = "";
            if (cursor.isWord("asc") || cursor.isWord("desc")) {
                direction = cursor.next().word();
            } else if (cursor.accept("using")) {
                direction = "using " + grammar.expressions().operator();
            }
            Boolean nullsFirst = null;
            if (cursor.accept("nulls")) {
                nullsFirst = cursor.expectOneOf("first", "last").equals("first");
            }
            if (nullsFirst == null && grammar.isMariaDb()) {
                // NULL is less than everything else
                nullsFirst = !direction.equals("desc");
            }
            items.add(new OrderItem(expr, direction, nullsFirst));
        } while (cursor.acceptSymbol(","));
        return items;
    }

    Window window() {
        return windows.window();
    }

    /** LIMIT, OFFSET, FETCH and FOR, in any order. */
    private final class Limits {

        private @Nullable Expr limit;
        private boolean all;
        private boolean withTies;
        private @Nullable Expr offset;
        private final List<Query.Locking> locking = new ArrayList<>();

        boolean isEmpty() {
            return limit == null && offset == null && locking.isEmpty();
        }

        boolean accept() {
            if (limit == null && !all && cursor.accept("limit")) {
                all = cursor.accept("all");
                limit = all ? null : grammar.expressions().expression();
                return true;
            }
            if (offset == null && cursor.accept("offset")) {
                offset = grammar.expressions().expression();
                rows(false);
                return true;
            }
            if (limit == null && !all && cursor.accept("fetch")) {
                fetch();
                return true;
            }
            return cursor.accept("for") && lock();
        }

        private void fetch() {
            cursor.expectOneOf("first", "next");
            limit = cursor.isWord("row") || cursor.isWord("rows")
                    ? new Expr.Literal(Expr.LiteralKind.NUMBER, "1")
                    : grammar.expressions().expression();
            rows(true);
            if (!cursor.accept("only")) {
                cursor.expect("with", "ties");
                withTies = true;
            }
        }

        private void rows(boolean required) {
            if (!cursor.accept("row") && !cursor.accept("rows") && required) {
                throw cursor.error("expected ROWS");
            }
        }

        private boolean lock() {
            if (cursor.accept("read", "only")) {
                return true;
            }
            String strength = lockStrength();
            List<Name> of = new ArrayList<>();
            if (cursor.accept("of")) {
                do {
                    of.addAll(grammar.names().qualified());
                } while (cursor.acceptSymbol(","));
            }
            String wait = "";
            if (cursor.accept("nowait")) {
                wait = "nowait";
            } else if (cursor.accept("skip", "locked")) {
                wait = "skip locked";
            }
            locking.add(new Query.Locking(strength, of, wait));
            return true;
        }

        private String lockStrength() {
            if (cursor.accept("no", "key", "update")) {
                return "no key update";
            }
            if (cursor.accept("key", "share")) {
                return "key share";
            }
            return cursor.expectOneOf("update", "share");
        }
    }

    // ---- WITH

    With with() {
        cursor.expect("with");
        boolean recursive = cursor.accept("recursive");
        List<With.Cte> ctes = new ArrayList<>();
        do {
            ctes.add(cte());
        } while (cursor.acceptSymbol(","));
        return new With(recursive, ctes);
    }

    private With.Cte cte() {
        Name name = grammar.names().column();
        List<Name> columns = cursor.isSymbol("(") ? grammar.names().columnList() : List.of();
        cursor.expect("as");
        Boolean materialized = null;
        if (cursor.accept("not", "materialized")) {
            materialized = false;
        } else if (cursor.accept("materialized")) {
            materialized = true;
        }
        cursor.expectSymbol("(");
        Statement statement = cursor.isSymbol("(") ? query() : statement();
        cursor.expectSymbol(")");
        return new With.Cte(name, columns, materialized, statement);
    }

    private Statement statement() {
        cursor.enter();
        Statement statement =
                startsQuery() ? grammar.dml().afterWith(true) : grammar.dml().dml(null);
        cursor.leave();
        return statement;
    }

    // ---- blocks

    private Query.Values values() {
        List<Expr.Row> rows = new ArrayList<>();
        do {
            cursor.expectSymbol("(");
            rows.add(new Expr.Row(
                    grammar.expressions().list().stream().map(grammar::value).toList()));
            cursor.expectSymbol(")");
        } while (cursor.acceptSymbol(","));
        return new Query.Values(rows);
    }

    private Query.Select select() {
        boolean distinct = cursor.accept("distinct");
        List<Expr> distinctOn = List.of();
        if (!distinct) {
            cursor.accept("all");
        } else if (cursor.accept("on")) {
            cursor.expectSymbol("(");
            distinctOn = grammar.expressions().list();
            cursor.expectSymbol(")");
        }
        List<Query.Item> items = endsItems() ? List.of() : items();
        List<Name> into = cursor.accept("into") ? into() : null;
        List<TableRef> from = cursor.accept("from") ? grammar.from().list() : List.of();
        Expr where = cursor.accept("where") ? grammar.condition() : null;
        boolean groupByDistinct = false;
        List<Expr> groupBy = List.of();
        if (cursor.accept("group", "by")) {
            groupByDistinct = cursor.accept("distinct");
            if (!groupByDistinct) {
                cursor.accept("all");
            }
            groupBy = groupings();
        }
        Expr having = cursor.accept("having") ? grammar.condition() : null;
        List<Window.Named> named = cursor.accept("window") ? windows.named() : List.of();
        if (h2 && cursor.accept("qualify")) {
            having = qualified(having);
        }
        return new Query.Select(
                distinct, distinctOn, items, into, from, where, groupByDistinct, groupBy, having, named);
    }

    /** QUALIFY takes rows away behind everything else, as HAVING does where there is grouping. */
    private Expr qualified(@Nullable Expr having) {
        Expr qualify = grammar.expressions().expression();
        return having == null ? qualify : new Expr.And(List.of(having, qualify));
    }

    private boolean endsItems() {
        Token token = cursor.peek();
        return token.isSymbol(")") || token.isWord("from") || token.isWord("where") || token.kind() == TokenKind.END;
    }

    /** The columns of a result, of RETURNING too. */
    List<Query.Item> items() {
        List<Query.Item> items = new ArrayList<>();
        do {
            if (cursor.peek().isOperator("*")) {
                cursor.next();
                items.add(new Query.Item(new Expr.Star(List.of()), null));
            } else {
                Expr expr = grammar.expressions().expression();
                expr = grammar.isMariaDb() ? Uninterpreted.item(expr) : expr;
                items.add(new Query.Item(expr, grammar.names().resultLabel()));
            }
        } while (cursor.acceptSymbol(","));
        return items;
    }

    private List<Name> into() {
        while (cursor.accept("temporary")
                || cursor.accept("temp")
                || cursor.accept("local")
                || cursor.accept("unlogged")
                || cursor.accept("table")) {
            // what kind of table it is does not matter: the statement is never cached
            continue;
        }
        return grammar.names().qualified();
    }

    private List<Expr> groupings() {
        List<Expr> groupings = new ArrayList<>();
        do {
            groupings.add(grouping());
        } while (cursor.acceptSymbol(","));
        return groupings;
    }

    private Expr grouping() {
        if (cursor.isSymbol("(") && cursor.peek(1).isSymbol(")")) {
            cursor.next();
            cursor.next();
            return new Expr.Row(List.of());
        }
        boolean sets = cursor.isWord("grouping") && cursor.isWord(1, "sets");
        boolean other = (cursor.isWord("rollup") || cursor.isWord("cube"))
                && cursor.peek(1).isSymbol("(");
        if (!sets && !other) {
            return grammar.expressions().expression();
        }
        cursor.enter();
        String kind = cursor.next().word();
        if (sets) {
            cursor.next();
            kind = "grouping sets";
        }
        cursor.expectSymbol("(");
        Expr grouping = new Expr.Grouping(kind, groupings());
        cursor.expectSymbol(")");
        cursor.leave();
        return grouping;
    }
}
