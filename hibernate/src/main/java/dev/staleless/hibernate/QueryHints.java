package dev.staleless.hibernate;

import dev.staleless.core.protocol.Keeping;
import dev.staleless.jdbc.Caching;
import dev.staleless.jdbc.framework.CacheWish;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Hints of a query: {@code staleless.cache} (on, off, refresh), {@code staleless.ttl}, and whether it is cacheable for Hibernate, by
 * {@code org.hibernate.cacheable}. Immutable.
 *
 * @param given as they were set
 * @param cache what {@code staleless.cache} says; null for nothing
 */
record QueryHints(
        Map<String, Object> given,
        CacheWish.@Nullable Kind cache,
        @Nullable Duration ttl,
        @Nullable Boolean cacheable) {

    static final String PREFIX = "staleless.";
    static final String CACHE = PREFIX + "cache";
    static final String TTL = PREFIX + "ttl";
    static final String CACHEABLE = "org.hibernate.cacheable";

    static final QueryHints NONE = new QueryHints(Map.of(), null, null, null);

    static boolean isOurs(String name) {
        return name.startsWith(PREFIX);
    }

    boolean areNone() {
        return equals(NONE);
    }

    /**
     * With another hint; those that are others' are left out.
     *
     * @throws IllegalArgumentException if it is one of ours and not understood
     */
    QueryHints with(String name, @Nullable Object value) {
        if (name.equals(CACHEABLE)) {
            Boolean said = value == null ? null : Boolean.valueOf(value.toString());
            return new QueryHints(given, cache, ttl, said);
        } else if (!isOurs(name)) {
            return this;
        } else if (value == null) {
            throw new IllegalArgumentException(name + " has no value");
        }
        Map<String, Object> more = new TreeMap<>(given);
        more.put(name, value);
        return switch (name) {
            case CACHE -> new QueryHints(more, kind(value), ttl, cacheable);
            case TTL -> new QueryHints(more, cache, time(value), cacheable);
            default -> throw new IllegalArgumentException(name + " is no hint: allowed are " + CACHE + ", " + TTL);
        };
    }

    /** With the hints among settings. What else is named staleless is not meant for a query. */
    QueryHints withAll(Map<?, ?> settings) {
        QueryHints all = this;
        for (String name : new String[] {CACHE, TTL}) {
            Object value = settings.get(name);
            all = value == null ? all : all.with(name, value);
        }
        return all;
    }

    /** These, and what they do not say as those say it. */
    QueryHints over(QueryHints those) {
        if (areNone()) {
            return those;
        }
        Map<String, Object> all = new TreeMap<>(those.given);
        all.putAll(given);
        return new QueryHints(
                all,
                cache == null ? those.cache : cache,
                ttl == null ? those.ttl : ttl,
                cacheable == null ? those.cacheable : cacheable);
    }

    /** These among hints that Hibernate tells of. */
    Map<Object, Object> among(Map<?, ?> theirs) {
        Map<Object, Object> all = new LinkedHashMap<>(theirs);
        all.putAll(given);
        return all;
    }

    /** What the query asks of the cache: a hint of ours says it before Hibernate's. */
    CacheWish wish() {
        CacheWish wish = cache != null
                ? new CacheWish(cache, null)
                : ttl != null ? CacheWish.ON : cacheable == null ? CacheWish.UNSAID : ofHibernate(cacheable);
        return ttl == null || wish.kind() == CacheWish.Kind.OFF
                ? wish
                : wish.kept(Keeping.of(ttl).withLock(true));
    }

    private static CacheWish ofHibernate(boolean cacheable) {
        return cacheable ? CacheWish.ON : CacheWish.OFF;
    }

    private static CacheWish.Kind kind(Object value) {
        return switch (value.toString().strip().toLowerCase(Locale.ROOT)) {
            case "on", "true" -> CacheWish.Kind.ON;
            case "off", "false" -> CacheWish.Kind.OFF;
            case "refresh" -> CacheWish.Kind.REFRESH;
            default -> throw new IllegalArgumentException(CACHE + " = " + value + ": allowed are on, off, refresh");
        };
    }

    private static Duration time(Object value) {
        if (value instanceof Duration duration) {
            return Keeping.of(duration).ttl();
        }
        try {
            return Caching.parse("all ttl=" + value.toString().replaceAll("\\s", ""))
                    .keeping()
                    .ttl();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    TTL + " = " + value + ": allowed is a number of seconds, or one with ms, s, m, h or d, more than 0",
                    e);
        }
    }
}
