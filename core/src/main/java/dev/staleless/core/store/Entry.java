package dev.staleless.core.store;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import java.util.Map;
import java.util.UUID;

/**
 * A cached result: a fact, never a claim about now. "These were the rows as of these offsets." One value, written whole;
 * it is never patched in place.
 *
 * @param id unique; an entry that is rewritten has another one
 * @param key identity of its key ({@link EntryKey#identity()})
 * @param epoch the epoch of the reading that let its fill begin
 * @param generations generation of each table of its partitions in the directory of that reading
 * @param offsets per partition how far it has seen
 * @param rows the result, in the format of whoever published it; not to be changed
 */
public record Entry(
        UUID id,
        byte[] key,
        UUID epoch,
        Map<TableName, Long> generations,
        Map<Partition, Offset> offsets,
        byte[] rows) {
    public Entry {
        generations = Map.copyOf(generations);
        offsets = Map.copyOf(offsets);
    }
}
