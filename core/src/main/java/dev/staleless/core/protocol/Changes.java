package dev.staleless.core.protocol;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.coordination.Reading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction changed.
 *
 * @param everything why everything may be changed; null if the events are all there is
 */
record Changes(List<ChangeEvent> events, @Nullable String everything) {

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
        if (everything == null && !reading.reportEverything()) {
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
