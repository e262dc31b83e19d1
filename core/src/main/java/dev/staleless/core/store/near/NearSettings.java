package dev.staleless.core.store.near;

import java.time.Duration;

/**
 * How a near cache is kept.
 *
 * @param maxBytes what its entries may take
 * @param bound a read shows every change whose commit had returned longer ago than this before the read began
 */
public record NearSettings(long maxBytes, Duration bound) {

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** 64 MiB, and 100 ms. */
    public static final NearSettings DEFAULTS = new NearSettings(64L << 20, Duration.ofMillis(100));

    /** @throws IllegalArgumentException if a value makes no sense */
    public NearSettings {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("near.maxBytes must be positive: " + maxBytes);
        }
        if (bound.compareTo(SHORTEST) < 0 || bound.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("near.bound must be from 10 ms to 10 s: " + bound);
        }
    }

    public NearSettings withMaxBytes(long bytes) {
        return new NearSettings(bytes, bound);
    }

    public NearSettings withBound(Duration duration) {
        return new NearSettings(maxBytes, duration);
    }
}
