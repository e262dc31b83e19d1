package dev.staleless.core.coordination;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The versioned state as one node reads and raises it. */
interface Versions {

    /** The reading in use, or null. */
    @Nullable
    Reading reading();

    /**
     * Raises the version, if it is still that of the reading.
     *
     * @return the new version, which is the old one and one; null if a condition did not hold
     */
    @Nullable
    Long raise(Reading expected, @Nullable UUID epoch, @Nullable Directory directory);

    /** Waits until the version is in force and this node's reading says so (for {@code SEEN}). */
    boolean awaitInForce(long version, CoordinationTables.Stage stage, Deadline deadline);

    /** Reads again, by a reading asked after this call. */
    boolean refresh(Duration timeout);
}
