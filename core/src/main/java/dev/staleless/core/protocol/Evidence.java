package dev.staleless.core.protocol;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import java.util.Map;
import java.util.UUID;

/**
 * Up to where it is known that something holds: what was read from the database later shows every change up to these offsets, or
 * such changes do not affect it. Immutable.
 *
 * @param epoch of the reading by which it was found out
 * @param generations of the tables in that reading's directory
 * @param offsets position in each log; those of logs that nobody will go by are harmless
 */
public record Evidence(UUID epoch, Map<TableName, Long> generations, Map<Partition, Offset> offsets) {
    public Evidence {
        generations = Map.copyOf(generations);
        offsets = Map.copyOf(offsets);
    }
}
