package dev.staleless.sql.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A query: {@code SELECT}, {@code VALUES} or {@code TABLE}, or several with set operations between, and what applies to
 * the whole.
 *
 * @param withTies {@code FETCH FIRST .. WITH TIES}
 * @param limit null without, and for {@code LIMIT ALL}
 */
public record Query(
        @Nullable With with,
        Body body,
        List<OrderItem> orderBy,
        @Nullable Expr limit,
        boolean withTies,
        @Nullable Expr offset,
        List<Locking> locking)
        implements Statement {

    public Query {
        orderBy = List.copyOf(orderBy);
        locking = List.copyOf(locking);
    }

    @Override
    public void forEachChild(Consumer<? super Node> action) {
        Node.each(action, with, body);
        orderBy.forEach(action);
        Node.each(action, limit, offset);
        locking.forEach(action);
    }

    /** What a query consists of. */
    public sealed interface Body extends Node {}

    /**
     * One block.
     *
     * @param distinctOn the expressions of {@code DISTINCT ON}
     * @param into the table that SELECT INTO makes
     */
    public record Select(
            boolean distinct,
            List<Expr> distinctOn,
            List<Item> items,
            @Nullable List<Name> into,
            List<TableRef> from,
            @Nullable Expr where,
            boolean groupByDistinct,
            List<Expr> groupBy,
            @Nullable Expr having,
            List<Window.Named> windows)
            implements Body {

        public Select {
            distinctOn = List.copyOf(distinctOn);
            items = List.copyOf(items);
            into = into == null ? null : List.copyOf(into);
            from = List.copyOf(from);
            groupBy = List.copyOf(groupBy);
            windows = List.copyOf(windows);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            distinctOn.forEach(action);
            items.forEach(action);
            from.forEach(action);
            Node.each(action, where);
            groupBy.forEach(action);
            Node.each(action, having);
            windows.forEach(action);
        }
    }

    /** A column of the result. */
    public record Item(Expr expr, @Nullable Name alias) implements Node {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(expr);
        }
    }

    /** {@code VALUES (..), (..)}. */
    public record Values(List<Expr.Row> rows) implements Body {
        public Values {
            rows = List.copyOf(rows);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {
            rows.forEach(action);
        }
    }

    /** {@code TABLE t}. */
    public record Whole(TableRef.Table table) implements Body {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(table);
        }
    }

    /**
     * {@code UNION}, {@code INTERSECT} or {@code EXCEPT}.
     *
     * @param operator in lower case
     */
    public record SetOperation(String operator, boolean all, Query left, Query right) implements Body {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(action, left, right);
        }
    }

    /**
     * {@code FOR UPDATE} and the like.
     *
     * @param strength {@code update}, {@code no key update}, {@code share}, {@code key share}
     * @param waiting {@code nowait}, {@code skip locked} or empty
     */
    public record Locking(String strength, List<Name> of, String waiting) implements Node {
        public Locking {
            of = List.copyOf(of);
        }

        @Override
        public void forEachChild(Consumer<? super Node> action) {}
    }
}
