package dev.staleless.core.coordination;

import org.jspecify.annotations.Nullable;

/**
 * The time in which something is decided by one reading: it begins before the reading is looked at, and ends when nothing
 * that was decided by it can take effect any more. A node tells the others that it has seen a version only when the turns
 * begun under older ones have ended. Safe for any thread.
 */
public interface Turn extends AutoCloseable {

    /** What is decided in a turn. */
    enum Kind {
        /** Whether a result is served. */
        SERVE,
        /** What a commit reports. */
        COMMIT
    }

    /** The reading by which is decided; null if this node has none. */
    @Nullable
    Reading reading();

    /** Whether results may be served by the reading: the watch of its registering is fresh, and the reading allows it. */
    boolean mayServe();

    /** Whether a COMMIT may be sent: the watch is fresh, and the node still has the id of the reading. */
    boolean mayCommit();

    /** Ends the turn. Only the first call counts. */
    @Override
    void close();
}
