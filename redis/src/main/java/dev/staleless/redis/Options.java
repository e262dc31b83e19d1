package dev.staleless.redis;

import dev.staleless.core.store.near.NearSettings;
import io.lettuce.core.RedisURI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checked options of a {@link RedisStore}; its builder says what they mean.
 *
 * @param uris one, or those of some servers of a Cluster; not to be changed, though they could be
 * @param near null for no near cache
 * @param trusted certificates to trust instead of those that Java trusts; null for those
 */
record Options(
        List<RedisURI> uris,
        boolean cluster,
        @Nullable Path trusted,
        String prefix,
        Duration timeout,
        Duration connectTimeout,
        Duration maxEntryTtl,
        Duration checkInterval,
        int keptElements,
        int keptTableElements,
        int readConnections,
        @Nullable NearSettings near) {

    private static final Duration MARGIN = Duration.ofMinutes(1);

    /** Longer than any entry that refers to the log can live, however long its fill took. */
    Duration logTtl() {
        return maxEntryTtl.multipliedBy(2).plus(MARGIN);
    }
}
