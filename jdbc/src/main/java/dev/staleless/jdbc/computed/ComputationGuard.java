package dev.staleless.jdbc.computed;

import org.jspecify.annotations.Nullable;

/**
 * Knows what a thread holds that was read before and no query tells of, such as the entities of a persistence context. Asked on the
 * thread that is about to compute. Safe for any thread.
 */
public interface ComputationGuard {

    /** Why no kept value may be served to this thread now; null if it may. */
    default @Nullable String barsServing() {
        return null;
    }

    /** Why what this thread computes from now on is not to be kept; null if it may be. */
    default @Nullable String barsKeeping() {
        return null;
    }
}
