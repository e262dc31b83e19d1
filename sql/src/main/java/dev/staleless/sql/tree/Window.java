package dev.staleless.sql.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A window: {@code OVER w}, {@code OVER (..)} or a definition in WINDOW.
 *
 * @param reference the name of another window it is made of
 * @param parentheses false for {@code OVER w}
 * @param frame null if not said
 */
public record Window(
        @Nullable Name reference,
        boolean parentheses,
        List<Expr> partitionBy,
        List<OrderItem> orderBy,
        @Nullable Frame frame)
        implements Node {

    public Window {
        partitionBy = List.copyOf(partitionBy);
        orderBy = List.copyOf(orderBy);
    }

    @Override
    public void forEachChild(Consumer<? super Node> action) {
        partitionBy.forEach(action);
        orderBy.forEach(action);
        Node.each(action, frame);
    }

    /**
     * The frame of a window.
     *
     * @param unit {@code rows range groups}
     * @param end null without BETWEEN
     * @param exclusion what stands behind EXCLUDE, or empty
     */
    public record Frame(String unit, Bound start, @Nullable Bound end, String exclusion) implements Node {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(action, start, end);
        }
    }

    /**
     * An end of a frame.
     *
     * @param kind {@code unbounded preceding}, {@code current row}, {@code preceding} ..
     */
    public record Bound(String kind, @Nullable Expr offset) implements Node {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            Node.each(action, offset);
        }
    }

    /** {@code WINDOW w AS (..)}. */
    public record Named(Name name, Window window) implements Node {
        @Override
        public void forEachChild(Consumer<? super Node> action) {
            action.accept(window);
        }
    }
}
