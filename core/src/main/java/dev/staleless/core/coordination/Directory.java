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
        /** Added to the generation of a table that is being taken out: it is above every version then, and so never in force. */
        private static final long LEAVING = 1L << 62;

        public Entry {
            partitionColumns = List.copyOf(partitionColumns);
        }

        /** Whether it is being taken out: writers still report, and nobody reads. */
        public boolean leaving() {
            return generation >= LEAVING;
        }

        Entry left() {
            return new Entry(generation + LEAVING, partitionColumns);
        }

        /** As it was before: it was in the directory all the time, so its generation still holds. */
        Entry back() {
            return new Entry(generation - LEAVING, partitionColumns);
        }
    }

    /** A partition column and the type by which its values are hashed. */
    public record PartitionColumn(String name, dev.staleless.core.value.ColumnType type) {}

    public Directory {
        entries = Map.copyOf(entries);
    }
}
