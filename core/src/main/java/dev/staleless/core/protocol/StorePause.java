package dev.staleless.core.protocol;

import dev.staleless.core.coordination.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a store that failed alone for a while, so that lookups are not slowed by it. Then one lookup tries it; the others
 * go on when that has worked. Safe for any thread.
 */
final class StorePause {

    private final Clock clock;
    private final long pause;
    private final AtomicReference<@Nullable Long> failed = new AtomicReference<>();

    StorePause(Clock clock, Duration pause) {
        this.clock = clock;
        this.pause = pause.toNanos();
    }

    boolean mayAsk() {
        Long since = failed.get();
        if (since == null) {
            return true;
        }
        long now = clock.nanos();
        return now - since >= pause && failed.compareAndSet(since, now);
    }

    void failed() {
        failed.set(clock.nanos());
    }

    void worked() {
        if (failed.get() != null) {
            failed.set(null);
        }
    }
}
