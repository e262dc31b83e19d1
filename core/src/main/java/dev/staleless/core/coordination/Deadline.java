package dev.staleless.core.coordination;

import java.time.Duration;

/** The moment at which a wait gives up. */
final class Deadline {

    private final Clock clock;
    private final long start;
    private final long nanos;

    Deadline(Clock clock, Duration timeout) {
        this.clock = clock;
        start = clock.nanos();
        nanos = timeout.toNanos();
    }

    boolean passed() {
        return clock.nanos() - start >= nanos;
    }

    Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanos - (clock.nanos() - start)));
    }

    /** What remains, but no more than {@code most}. */
    Duration remaining(Duration most) {
        Duration remaining = remaining();
        return remaining.compareTo(most) < 0 ? remaining : most;
    }
}
