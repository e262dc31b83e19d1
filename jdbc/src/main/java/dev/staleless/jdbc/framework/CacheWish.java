package dev.staleless.jdbc.framework;

import dev.staleless.jdbc.Caching;
import dev.staleless.jdbc.Ops;
import dev.staleless.jdbc.Staleless;
import org.jspecify.annotations.Nullable;

/**
 * What a query asks of the cache beside its SQL text. It narrows or widens what is asked for, never what is safe: where a comment of
 * the statement or a scope ({@link Staleless#uncached}) forbids, it is not heard. Immutable.
 *
 * @param caching which kinds of statements are cached and how; null to leave the time to scopes and profiles
 */
public record CacheWish(Kind kind, @Nullable Caching caching) {

    /** What is wished. */
    public enum Kind {
        /** Nothing: scopes and profiles say what is cached. */
        UNSAID,
        /** To be cached, even if no profile says so. */
        ON,
        /** To be asked of the database and not to be cached. */
        OFF,
        /** To be asked of the database; what is cached is replaced by what it says. */
        REFRESH
    }

    public static final CacheWish UNSAID = new CacheWish(Kind.UNSAID, null);

    /** Cached for as long as scopes or profiles say, an hour where they say nothing. */
    public static final CacheWish ON = new CacheWish(Kind.ON, null);

    public static final CacheWish OFF = new CacheWish(Kind.OFF, null);

    public static final CacheWish REFRESH = new CacheWish(Kind.REFRESH, null);

    /** Cached so. */
    public static CacheWish cached(Caching caching) {
        return new CacheWish(Kind.ON, caching);
    }

    /** The same of a query of any kind that is kept as said here. */
    public CacheWish kept(dev.staleless.core.protocol.Keeping keeping) {
        return new CacheWish(kind == Kind.UNSAID ? Kind.ON : kind, new Caching(Ops.all(), keeping));
    }
}
