package dev.staleless.jdbc.connection;

import dev.staleless.core.change.ChangeEvent;
import java.util.List;

/** Something that is sent, of which it is known more closely what it has changed once it was answered. */
interface ReportedWork<T> extends Work<T> {

    /** What it has changed, once it has been answered. */
    List<ChangeEvent> known();
}
