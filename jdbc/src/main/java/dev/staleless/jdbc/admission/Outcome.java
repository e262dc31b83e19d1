package dev.staleless.jdbc.admission;

import dev.staleless.core.protocol.MissReason;
import org.jspecify.annotations.Nullable;

/** What became of an execution that was looked up. */
enum Outcome {
    HIT,
    /** Nothing was there: it may be the first time that it was asked for. */
    ABSENT,
    /** What was there is right no more, or must not be kept. */
    CHANGED;

    /** Null for what tells nothing of the query: the node, its store or the transaction are to blame. */
    static @Nullable Outcome of(MissReason reason) {
        return switch (reason) {
            case ABSENT -> ABSENT;
            case CHANGED, OFFSET_LOST, OUTDATED, IN_FLIGHT -> CHANGED;
            case OWN_CHANGES, NOT_ENLISTED, NOT_FRESH, STORE_UNAVAILABLE, REFRESHED -> null;
        };
    }
}
