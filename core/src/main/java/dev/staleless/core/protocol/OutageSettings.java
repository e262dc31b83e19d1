package dev.staleless.core.protocol;

import java.time.Duration;

/**
 * What is done while the store cannot be reached. Immutable.
 *
 * @param whenUnreachable what becomes of writes
 * @param storePause how long the store is left alone after it failed, before it is tried again in the background; not
 *     negative
 * @param barrierWait how long a write waits, at most, until no node serves any more: about a second, but 33 s and a little
 *     after a node has crashed; positive
 * @param maxWaiting how many writes that hold a connection wait for that at once; more are refused. Fewer than the pool has
 *     connections, or reads would wait too; 0 or more
 */
public record OutageSettings(
        WhenUnreachable whenUnreachable, Duration storePause, Duration barrierWait, int maxWaiting) {

    /** What becomes of a write whose changes the store does not take. */
    public enum WhenUnreachable {
        /** It waits until no node serves any more, and is committed then. */
        PROCEED,
        /** It is rolled back, and fails with an exception that says so. */
        REFUSE
    }

    /** Writes proceed, one second, 45 seconds, 4. */
    public static final OutageSettings DEFAULTS =
            new OutageSettings(WhenUnreachable.PROCEED, Duration.ofSeconds(1), Duration.ofSeconds(45), 4);

    public OutageSettings {
        if (storePause.isNegative()) {
            throw new IllegalArgumentException("storePause = " + storePause + ": must be 0 or more");
        }
        if (barrierWait.isNegative() || barrierWait.isZero()) {
            throw new IllegalArgumentException("barrierWait = " + barrierWait + ": must be more than 0");
        }
        if (maxWaiting < 0) {
            throw new IllegalArgumentException("maxWaiting = " + maxWaiting + ": must be 0 or more");
        }
    }

    public OutageSettings withWhenUnreachable(WhenUnreachable value) {
        return new OutageSettings(value, storePause, barrierWait, maxWaiting);
    }

    public OutageSettings withStorePause(Duration value) {
        return new OutageSettings(whenUnreachable, value, barrierWait, maxWaiting);
    }

    public OutageSettings withBarrierWait(Duration value) {
        return new OutageSettings(whenUnreachable, storePause, value, maxWaiting);
    }

    public OutageSettings withMaxWaiting(int value) {
        return new OutageSettings(whenUnreachable, storePause, barrierWait, value);
    }
}
