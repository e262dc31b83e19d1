package dev.staleless.core.protocol;

import java.time.Duration;

/**
 * How results of a query are kept and served. Immutable.
 *
 * @param ttl how long a result is kept; positive
 * @param lock whether a result that is missing is computed once for all nodes: the others wait for the one that does, at most
 *     for {@link ResultCacheSettings#flightWait}
 * @param allowStale for how long, at most, readers are served a result that a change has made wrong while another one computes
 *     it anew; zero for not at all. It weakens G1 of the guarantees, to a bound
 * @param admission whether it is kept even where that does not pay
 */
public record Keeping(Duration ttl, boolean lock, Duration allowStale, Admission admission) {

    public Keeping {
        if (ttl.isNegative() || ttl.isZero()) {
            throw new IllegalArgumentException("ttl = " + ttl + ": more than 0 is allowed");
        }
        if (allowStale.isNegative()) {
            throw new IllegalArgumentException("allowStale = " + allowStale + ": 0 or more is allowed");
        }
    }

    /** Kept where that pays. */
    public Keeping(Duration ttl, boolean lock, Duration allowStale) {
        this(ttl, lock, allowStale, Admission.ADAPTIVE);
    }

    /** Kept for a time, computed by each node that misses it, never served when wrong. */
    public static Keeping of(Duration ttl) {
        return new Keeping(ttl, false, Duration.ZERO);
    }

    public Keeping withTtl(Duration value) {
        return new Keeping(value, lock, allowStale, admission);
    }

    public Keeping withLock(boolean value) {
        return new Keeping(ttl, value, allowStale, admission);
    }

    public Keeping withAllowStale(Duration value) {
        return new Keeping(ttl, lock, value, admission);
    }

    public Keeping withAdmission(Admission value) {
        return new Keeping(ttl, lock, allowStale, value);
    }

    boolean mayBeStale() {
        return !allowStale.isZero();
    }
}
