package dev.staleless.sql;

import dev.staleless.core.catalog.TableName;
import java.util.List;

/**
 * What a query tells of rows that it locks: each row of its result is one row of one table as it is stored, which no other transaction
 * can change until this one ends.
 *
 * @param key columns of the table's primary key; all of them are among the cells
 * @param cells the columns of the result that are columns of the table, as {@link RowImages.Part#OLD}
 */
public record LockedRead(TableName table, List<String> key, List<RowImages.Cell> cells) {

    public LockedRead {
        key = List.copyOf(key);
        cells = List.copyOf(cells);
    }
}
