package dev.staleless.jdbc.policy;

import dev.staleless.core.protocol.Keeping;
import dev.staleless.core.query.QueryTemplate;
import dev.staleless.sql.CacheHint;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides which of the cacheable queries are cached, and for how long. Asked for each execution on the thread that executes,
 * so it may look at a scope of that thread; it must be quick, must not use the wrapped data source, and is safe for any
 * thread.
 */
@FunctionalInterface
public interface CachePolicy {

    /**
     * How long a result of the query may be kept.
     *
     * @param hint what a comment of the statement says
     * @return positive; null if the query is not to be cached
     */
    @Nullable
    Duration ttl(QueryTemplate template, CacheHint hint);

    /** As {@link #ttl}, with what else is said of how the result is kept and served: as nobody wants it otherwise, unless overridden. */
    default @Nullable Keeping keeping(QueryTemplate template, CacheHint hint) {
        Duration ttl = ttl(template, hint);
        return ttl == null ? null : Keeping.of(ttl).withLock(true);
    }

    /** Whether a query that is cached is to be asked of the database now, and what is cached of it to be replaced. */
    default boolean refreshes(CacheHint hint) {
        return hint instanceof CacheHint.Refresh;
    }

    /** How a result would be kept if the node served; null if it would not be, or {@link #keeping} tells. */
    default @Nullable Keeping wouldKeep(QueryTemplate template, CacheHint hint) {
        return null;
    }

    /** Whether this hit is answered by the database as well, and compared with what it says. */
    default boolean verifies() {
        return false;
    }

    /** Whether a transaction at REPEATABLE READ is served until its first statement on the database. */
    default boolean servesBeforeSnapshot() {
        return false;
    }
}
