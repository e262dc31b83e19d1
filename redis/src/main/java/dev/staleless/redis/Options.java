package dev.staleless.redis;

import io.lettuce.core.RedisURI;
import java.time.Duration;

/**
 * Checked options of a {@link RedisStore}; its builder says what they mean.
 *
 * @param uri not to be changed, though it could be
 */
record Options(
        RedisURI uri,
        String prefix,
        Duration timeout,
        Duration connectTimeout,
        Duration maxEntryTtl,
        Duration checkInterval,
        int keptElements,
        int keptTableElements,
        int readConnections) {

    private static final Duration MARGIN = Duration.ofMinutes(1);

    /** Longer than any entry that refers to the log can live, however long its fill took. */
    Duration logTtl() {
        return maxEntryTtl.multipliedBy(2).plus(MARGIN);
    }
}
