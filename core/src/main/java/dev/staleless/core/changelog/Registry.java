package dev.staleless.core.changelog;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A table's in-flight registry as read at one moment, in one command.
 *
 * @param creation id of its creation mark; null if there is none, or if it carries the ids of another server than the one
 *     asked: the registry then proves nothing
 * @param version state version written into the field named after {@code creation}; null if there is none
 * @param marks the transactions in flight
 */
public record Registry(@Nullable UUID creation, @Nullable Long version, List<Mark> marks) {
    public Registry {
        marks = List.copyOf(marks);
    }
}
