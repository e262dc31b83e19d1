package dev.staleless.jdbc.connection;

import dev.staleless.core.change.ChangeEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement changes.
 *
 * @param everything why anything may be changed; null if the events tell all of it
 * @param inTransaction whether the statement, sent in a transaction, is a part of it and nothing more; otherwise it may end the
 *     transaction by itself, or be refused in one
 * @param session whether it may change settings of the session
 * @param schema whether it may change the catalog
 * @param migrates whether it may change what the statements of others do, so that a barrier is needed
 */
record Changes(
        List<ChangeEvent> events,
        @Nullable String everything,
        boolean inTransaction,
        boolean session,
        boolean schema,
        boolean migrates) {
    static final Changes NONE = new Changes(List.of(), null, true, false, false, false);

    static Changes of(List<ChangeEvent> events) {
        return events.isEmpty() ? NONE : new Changes(events, null, true, false, false, false);
    }

    boolean isNone() {
        return events.isEmpty() && everything == null;
    }

    /** The events to report, null for everything. */
    @Nullable
    List<ChangeEvent> reported() {
        return everything == null ? events : null;
    }
}
