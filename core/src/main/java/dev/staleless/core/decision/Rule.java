package dev.staleless.core.decision;

import dev.staleless.core.change.ChangeEvent;
import org.jspecify.annotations.Nullable;

/**
 * A reason for which a change of a table cannot matter through one occurrence of it in a query. A rule's comment proves it:
 * for <em>every</em> state of the database in which the query returns the cached rows, whatever the other occurrences hold.
 */
interface Rule {

    /**
     * The verdict if the event cannot matter through this occurrence of its table; null if this rule does not tell.
     *
     * @param rows the cached rows; null where there are none at hand
     */
    Verdict.@Nullable Unaffected spares(BoundQuery.Use use, @Nullable IndexedRows rows, ChangeEvent event);
}
