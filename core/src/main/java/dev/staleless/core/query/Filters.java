package dev.staleless.core.query;

import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.condition.Condition;
import java.util.List;

/**
 * Where in a query the columns of a table occurrence are named.
 *
 * @param conjuncts of WHERE and of ON in the occurrence's own block
 * @param elsewhere at least every column read that is named outside of these
 * @param deciding at least every column that is named outside of these in FROM and WHERE of its block
 */
public record Filters(List<Filter> conjuncts, ColumnSet elsewhere, ColumnSet deciding) {

    /**
     * One of the conditions that all must be true.
     *
     * @param condition its truth for a combination of rows, and not only what follows from it
     * @param columns at least every column of the occurrence that is named in it
     */
    public record Filter(Condition condition, ColumnSet columns) {}

    public Filters {
        conjuncts = List.copyOf(conjuncts);
    }
}
