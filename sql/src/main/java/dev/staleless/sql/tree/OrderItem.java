package dev.staleless.sql.tree;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An item of ORDER BY.
 *
 * @param direction {@code asc}, {@code desc}, {@code using <op>} or empty
 * @param nullsFirst null if not said
 */
public record OrderItem(
        Expr expr, String direction, @Nullable Boolean nullsFirst) implements Node {
    @Override
    public void forEachChild(Consumer<? super Node> action) {
        action.accept(expr);
    }
}
