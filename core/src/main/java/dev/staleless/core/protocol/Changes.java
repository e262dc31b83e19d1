package dev.staleless.core.protocol;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.coordination.Reading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction changed.
 *
 * @param everything why everything may be changed; null if the events are all there is
 * @param schemaVersion the one under which all statements were analysed; {@link #MIXED}, {@link Transaction#ANY_SCHEMA}
 */
record Changes(List<ChangeEvent> events, @Nullable String everything, long schemaVersion) {

    /** Statements of one transaction were analysed under several schema versions. */
    static final long MIXED = -2;

    Changes {
        events = List.copyOf(events);
    }

    boolean isEmpty() {
        return events.isEmpty() && everything == null;
    }

    /**
     * The events to report under a reading.
     *
     * @throws ReportException if everything may be changed and the reading does not tell what that is
     */
    List<ChangeEvent> in(Reading reading) {
        boolean sameSchema = schemaVersion == Transaction.ANY_SCHEMA || schemaVersion == reading.schemaVersion();
        if (everything == null && !reading.reportEverything() && sameSchema) {
            return events;
        }
        if (!reading.settled()) {
            throw new ReportException(
                    "A write that may change everything cannot be reported while the database's incarnation is not settled: "
                            + everything);
        }
        return Report.everything(reading);
    }
}
