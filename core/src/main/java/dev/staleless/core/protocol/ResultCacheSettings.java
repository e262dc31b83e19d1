package dev.staleless.core.protocol;

import java.time.Duration;

/**
 * Settings of a {@link ResultCache}. Immutable.
 *
 * @param maxTtl no result is kept for longer; positive
 * @param flightWait how long a lookup waits, at most, for another thread that fills the same key; not negative
 * @param watchWait how long a commit waits, at most, for a fresh reading; positive
 * @param outage what is done while the store cannot be reached
 * @param advances how many entries' advanced offsets this node remembers; not negative
 */
public record ResultCacheSettings(
        Duration maxTtl, Duration flightWait, Duration watchWait, OutageSettings outage, long advances) {

    /** A day, two seconds, five seconds, those of {@link OutageSettings#DEFAULTS}, 100,000. */
    public static final ResultCacheSettings DEFAULTS = new ResultCacheSettings(
            Duration.ofDays(1), Duration.ofSeconds(2), Duration.ofSeconds(5), OutageSettings.DEFAULTS, 100_000);

    public ResultCacheSettings {
        positive("maxTtl", maxTtl);
        notNegative("flightWait", flightWait);
        positive("watchWait", watchWait);
        if (advances < 0) {
            throw new IllegalArgumentException("advances = " + advances + ": must be 0 or more");
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " = " + value + ": must be more than 0");
        }
    }

    private static void notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " = " + value + ": must be 0 or more");
        }
    }

    public ResultCacheSettings withMaxTtl(Duration value) {
        return new ResultCacheSettings(value, flightWait, watchWait, outage, advances);
    }

    public ResultCacheSettings withFlightWait(Duration value) {
        return new ResultCacheSettings(maxTtl, value, watchWait, outage, advances);
    }

    public ResultCacheSettings withWatchWait(Duration value) {
        return new ResultCacheSettings(maxTtl, flightWait, value, outage, advances);
    }

    public ResultCacheSettings withAdvances(long value) {
        return new ResultCacheSettings(maxTtl, flightWait, watchWait, outage, value);
    }

    public ResultCacheSettings withOutage(OutageSettings value) {
        return new ResultCacheSettings(maxTtl, flightWait, watchWait, value, advances);
    }
}
