package dev.staleless.jdbc.connection;

import dev.staleless.jdbc.driver.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * A session of the database, over all the logical connections that borrow it one after the other. Used by one at a time.
 */
final class Session {
    private volatile @Nullable SessionState state;
    private volatile @Nullable SessionState lastKnown;

    /** Its state, or null if it is not known: it was never asked for, or something may have changed it since. */
    @Nullable
    SessionState state() {
        return state;
    }

    /** The state when it was asked for last; its name is still the session's. */
    @Nullable
    SessionState lastKnown() {
        return lastKnown;
    }

    void known(SessionState now) {
        state = now;
        lastKnown = now;
    }

    /** Something may have changed it. */
    void touched() {
        state = null;
    }
}
