package dev.staleless.core.changelog;

import dev.staleless.core.change.ChangeEvent;
import java.util.List;
import java.util.UUID;

/**
 * One element of a log: all the change events of one transaction for one partition.
 *
 * @param id unique: an append tried again has another one
 * @param transaction the transaction id of the {@link Mark} under which it was appended
 */
public record Element(UUID id, UUID transaction, List<ChangeEvent> events) {
    public Element {
        events = List.copyOf(events);
    }
}
