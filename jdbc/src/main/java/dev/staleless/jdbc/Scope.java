package dev.staleless.jdbc;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a piece of code asks for the queries that its thread executes: to be cached this long, or not at all. Scopes nest; the
 * innermost holds.
 *
 * @param ttl null if nothing is to be cached
 */
record Scope(@Nullable Duration ttl) {

    private static final ThreadLocal<@Nullable Scope> CURRENT = new ThreadLocal<>();

    static final Scope UNCACHED = new Scope(null);

    static Scope cached(Duration ttl) {
        if (ttl.isNegative() || ttl.isZero()) {
            throw new IllegalArgumentException("ttl = " + ttl + ": more than 0 is allowed");
        }
        return new Scope(ttl);
    }

    /** The innermost scope of this thread, or null. */
    static @Nullable Scope current() {
        return CURRENT.get();
    }

    /** Runs something in this scope; the one around it holds again afterwards, whatever happens. */
    <T extends @Nullable Object, E extends Exception> T call(ThrowingSupplier<T, E> work) throws E {
        Scope around = CURRENT.get();
        CURRENT.set(this);
        try {
            return work.get();
        } finally {
            if (around == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(around);
            }
        }
    }
}
