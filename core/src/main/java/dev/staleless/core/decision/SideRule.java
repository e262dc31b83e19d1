package dev.staleless.core.decision;

import dev.staleless.core.change.ChangeEvent;
import org.jspecify.annotations.Nullable;

/**
 * A reason for which it cannot matter that one row comes to an occurrence of its table, or leaves it, whatever other rows there
 * are: its comment proves it for every state in which the query returns the cached rows.
 */
interface SideRule {

    RuleName name();

    /**
     * Whether the changed row does not matter on one side of the change.
     *
     * @param after false for the row that leaves, as it was; true for the row that comes, as it is
     */
    boolean spares(BoundQuery.Use use, @Nullable IndexedRows rows, ChangeEvent event, boolean after);

    /** What is so, of the row on one side. */
    String words(boolean after);
}
