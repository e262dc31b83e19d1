package dev.staleless.core.changelog;

import dev.staleless.core.catalog.TableName;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says in a table's in-flight registry that a transaction has appended, or is about to append, and may commit. A mark
 * counts until it is removed by its exact value, or its node is gone.
 *
 * @param transaction a fresh id for each begin
 * @param node id of the registering of the node that wrote it
 * @param partitions names of the table's partitions appended to, other than the table's own log, which is always meant;
 *     null for all of them
 * @param session the database session whose end ends the mark, for what commits by itself; null otherwise
 */
public record Mark(
        TableName table,
        UUID transaction,
        UUID node,
        @Nullable Set<String> partitions,
        @Nullable String session) {

    /** More partitions than this are written as "all". */
    public static final int MAX_PARTITIONS = 16;

    public Mark {
        partitions = partitions == null ? null : Set.copyOf(partitions);
    }

    /** Whether the mark says that its transaction appends to this partition. */
    public boolean names(Partition partition) {
        return partition.table().equals(table)
                && (partition.kind() == Partition.Kind.TABLE
                        || partitions == null
                        || partitions.contains(partition.name()));
    }
}
