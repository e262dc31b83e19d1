package dev.staleless.core.store.near;

import dev.staleless.core.coordination.Clock;
import org.jspecify.annotations.Nullable;

/**
 * How long what a connection has told may be relied on: a bound from the moment up to which it is proved that everything was told.
 * By the monotonic or by the wall clock, whichever says more, since either may have stopped or been set. Safe for any thread.
 */
final class ProvedLease {

    private record Proof(Object connection, long nanos, long millis) {}

    private final Clock clock;
    private final long boundNanos;
    private volatile @Nullable Proof last;

    ProvedLease(Clock clock, long boundNanos) {
        this.clock = clock;
        this.boundNanos = boundNanos;
    }

    void proved(Object connection, long nanos, long millis) {
        last = new Proof(connection, nanos, millis);
    }

    void end() {
        last = null;
    }

    /** The connection that may be relied on now; null for none. To be asked before anything that it has told is looked at. */
    @Nullable
    Object connection() {
        Proof proof = last;
        if (proof == null) {
            return null;
        }
        long nanos = clock.nanos() - proof.nanos();
        long millis = clock.millis() - proof.millis();
        boolean holds = nanos <= boundNanos && millis >= 0 && millis * 1_000_000 <= boundNanos;
        return holds ? proof.connection() : null;
    }
}
