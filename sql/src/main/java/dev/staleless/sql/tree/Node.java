package dev.staleless.sql.tree;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A part of a statement. */
public interface Node {

    /** Gives each direct child, in the order of the text. */
    void forEachChild(Consumer<? super Node> action);

    /** Gives the children that are there. */
    static void each(Consumer<? super Node> action, @Nullable Node... children) {
        for (Node child : children) {
            if (child != null) {
                action.accept(child);
            }
        }
    }
}
