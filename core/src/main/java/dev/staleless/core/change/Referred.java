package dev.staleless.core.change;

import dev.staleless.core.catalog.TableName;
import java.util.List;

/**
 * The row of another table to which a row refers over a foreign key.
 *
 * @param table the other table
 * @param columns by which the row refers, in the order of the foreign key
 */
public record Referred(TableName table, List<String> columns) {
    public Referred {
        columns = List.copyOf(columns);
    }
}
