package dev.staleless.core.protocol;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.staleless.core.coordination.Environment;
import dev.staleless.core.coordination.Moment;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * When this node found entries to be right, last.
 *
 * <p>The moment is one from before the store was asked, or before the fill began: an entry that was then found right shows every
 * change whose commit() had returned at that moment (G1). Served until {@code bound} after it, it lacks only changes whose commit()
 * returned later, so less than {@code bound} ago, whatever the clocks of other nodes and however long the change took to get
 * here. An entry that this node has not found right itself has no such moment, and is not served. Safe for any thread.
 */
final class LastRight {

    private final Environment environment;
    private final Cache<UUID, Moment> moments;

    LastRight(Environment environment, long remembered) {
        this.environment = environment;
        moments = Caffeine.newBuilder()
                .maximumSize(remembered)
                .executor(Runnable::run)
                .build();
    }

    /** To be asked for before anything that an entry is found right by; null if nobody will want to know. */
    @Nullable
    Moment moment(Keeping keeping) {
        return keeping.mayBeStale() ? Moment.now(environment.clock()) : null;
    }

    /** The entry was found right by what was asked after the moment. */
    void right(UUID entry, @Nullable Moment moment) {
        if (moment != null) {
            moments.put(entry, moment);
        }
    }

    /** Whether the entry was right no longer ago than the bound, by the clock that says more. */
    boolean within(UUID entry, Duration bound) {
        Moment moment = moments.getIfPresent(entry);
        return moment != null && moment.atMost(Moment.now(environment.clock())) < bound.toNanos();
    }
}
