package dev.staleless.core.store.memory;

import dev.staleless.core.changelog.Mark;
import dev.staleless.core.changelog.Registry;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One table's in-flight registry. Guarded by itself: each call is one command. */
final class MemoryRegistry {

    private final Set<Mark> marks = new LinkedHashSet<>();
    private @Nullable UUID creation;
    private @Nullable Long version;

    synchronized Registry read() {
        return new Registry(creation, version, List.copyOf(marks));
    }

    synchronized UUID create() {
        UUID id = creation;
        if (id == null) {
            id = UUID.randomUUID();
            creation = id;
        }
        return id;
    }

    /** Has no effect if the creation mark is another one by now. */
    synchronized void confirm(UUID id, long stateVersion) {
        if (id.equals(creation)) {
            version = stateVersion;
        }
    }

    synchronized void begin(Mark mark) {
        marks.add(mark);
    }

    synchronized void resolve(Mark mark) {
        marks.remove(mark);
    }
}
