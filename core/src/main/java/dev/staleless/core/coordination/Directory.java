package dev.staleless.core.coordination;

import dev.staleless.core.catalog.TableName;
import java.util.List;
import java.util.Map;

/**
 * The tables that some node caches, as agreed on through the state. A write to a table outside it reports nothing.
 *
 * @param entries by table
 */
public record Directory(Map<TableName, Entry> entries) {

    public static final Directory EMPTY = new Directory(Map.of());

    /**
     * A table in the directory.
     *
     * @param generation the version that added it: one that was taken out and added again has another
     * @param partitionColumns columns whose values name partitions
     */
    public record Entry(long generation, List<PartitionColumn> partitionColumns) {
        public Entry {
            partitionColumns = List.copyOf(partitionColumns);
        }
    }

    /** A partition column and the type by which its values are hashed. */
    public record PartitionColumn(String name, dev.staleless.core.value.ColumnType type) {}

    public Directory {
        entries = Map.copyOf(entries);
    }
}
