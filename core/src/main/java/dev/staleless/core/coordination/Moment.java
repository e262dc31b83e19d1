package dev.staleless.core.coordination;

/** A moment by both clocks, of which either may have stopped, or been set, in between. */
public record Moment(long nanos, long millis) {

    /** By these clocks. */
    public static Moment now(Clock clock) {
        return new Moment(clock.nanos(), clock.millis());
    }

    /** Nanoseconds to a later moment by the clock that says more. */
    public long atMost(Moment later) {
        return Math.max(later.nanos - nanos, (later.millis - millis) * 1_000_000);
    }

    /** Nanoseconds to a later moment by the clock that says less. */
    public long atLeast(Moment later) {
        return Math.min(later.nanos - nanos, (later.millis - millis) * 1_000_000);
    }
}
