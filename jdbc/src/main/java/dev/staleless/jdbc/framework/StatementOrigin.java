package dev.staleless.jdbc.framework;

import dev.staleless.jdbc.ThrowingSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the statements that a thread executes are sent for: a query in a framework's own language, and what that asks of the cache.
 * Origins nest: what an inner one does not say, the one around it does. Immutable.
 *
 * @param query the framework's text of the query, such as HQL; null if nothing is known of it
 */
public record StatementOrigin(@Nullable String query, CacheWish wish) {

    private static final ThreadLocal<@Nullable StatementOrigin> CURRENT = new ThreadLocal<>();

    /** The origin of the statements that this thread executes now; null if none was told. */
    public static @Nullable StatementOrigin current() {
        return CURRENT.get();
    }

    /** What is asked of the cache for the statements that this thread executes now. */
    public static CacheWish currentWish() {
        StatementOrigin origin = CURRENT.get();
        return origin == null ? CacheWish.UNSAID : origin.wish();
    }

    /** Runs something whose statements, executed on this thread, have this origin. */
    public <T extends @Nullable Object, E extends Exception> T call(ThrowingSupplier<T, E> work) throws E {
        StatementOrigin around = CURRENT.get();
        CURRENT.set(around == null ? this : within(around));
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

    private StatementOrigin within(StatementOrigin around) {
        return new StatementOrigin(
                query == null ? around.query : query, wish.kind() == CacheWish.Kind.UNSAID ? around.wish : wish);
    }
}
