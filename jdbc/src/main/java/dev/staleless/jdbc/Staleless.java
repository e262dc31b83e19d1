package dev.staleless.jdbc;

import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * SQL result caching that never serves a stale row: the entry point.
 *
 * <pre>{@code
 * DataSource cached = Staleless.wrap(dataSource)
 *     .store(RedisStore.connect("redis://localhost"))
 *     .profile("public.product*", ops(GET, FETCH), Duration.ofMinutes(10))
 *     .build();
 * }</pre>
 *
 * <p>Nothing is cached that was not asked for: by a profile, by a scope ({@link #cached}), or by a comment in the statement
 * ({@code /* staleless: ttl=60 *}{@code /}, {@code /* staleless: off *}{@code /}).
 *
 * <p>Everything that writes to a cached table has to go through a data source wrapped like this one, in the same namespace
 * ({@link StalelessBuilder#namespace}), or tell it ({@link StalelessDataSource#invalidate}).
 */
public final class Staleless {

    private Staleless() {}

    /**
     * Starts to wrap a data source. The data source stays the caller's: closing the wrapper does not close it.
     *
     * @param dataSource leads to the primary; a pool, usually
     */
    public static StalelessBuilder wrap(DataSource dataSource) {
        return new StalelessBuilder(Objects.requireNonNull(dataSource, "dataSource"));
    }

    /**
     * Runs something whose queries, executed on this thread, are cached for {@code ttl} where that is safe, whatever the
     * profiles say. Scopes nest; the innermost holds.
     *
     * @param ttl more than 0
     */
    public static <E extends Exception> void cached(Duration ttl, ThrowingRunnable<E> work) throws E {
        run(Scope.cached(ttl), work);
    }

    /** As {@link #cached(Duration, ThrowingRunnable)}, for something that yields a value. */
    public static <T extends @Nullable Object, E extends Exception> T cached(Duration ttl, ThrowingSupplier<T, E> work)
            throws E {
        return Scope.cached(ttl).call(work);
    }

    /**
     * Runs something whose queries, executed on this thread, are answered by the database and not cached, whatever profiles
     * and hints say. Its writes are reported as always.
     */
    public static <E extends Exception> void uncached(ThrowingRunnable<E> work) throws E {
        run(Scope.UNCACHED, work);
    }

    /** As {@link #uncached(ThrowingRunnable)}, for something that yields a value. */
    public static <T extends @Nullable Object, E extends Exception> T uncached(ThrowingSupplier<T, E> work) throws E {
        return Scope.UNCACHED.call(work);
    }

    private static <E extends Exception> void run(Scope scope, ThrowingRunnable<E> work) throws E {
        scope.<@Nullable Object, E>call(() -> {
            work.run();
            return null;
        });
    }
}
