package dev.staleless.jdbc;

import dev.staleless.core.protocol.Keeping;
import java.util.Set;

/**
 * What is cached of something, and how it is kept. Immutable.
 *
 * @param ops which kinds of queries
 */
public record Caching(Ops ops, Keeping keeping) {

    /**
     * As properties say it: {@code get,fetch ttl=10m}, then {@code lock=on} or {@code off}, then {@code allow-stale} and a time.
     *
     * @throws IllegalArgumentException if it says something else
     */
    public static Caching parse(String text) {
        return PropertySettings.caching(text.strip());
    }

    /**
     * As an annotation says it.
     *
     * @throws IllegalArgumentException if one of its times is none
     */
    public static Caching of(CacheResults annotation) {
        Keeping keeping = new Keeping(
                PropertySettings.time(annotation.ttl()),
                annotation.lock(),
                PropertySettings.time(annotation.allowStale()));
        return new Caching(new Ops(Set.of(annotation.ops())), keeping);
    }
}
