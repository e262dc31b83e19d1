package dev.staleless.redis;

import dev.staleless.testkit.server.RedisCluster;

/** The Cluster of this JVM for tests that leave it whole; it is stopped when the JVM ends. */
final class Clusters {

    private static final RedisCluster SHARED = RedisCluster.start();

    private static final RawRedis RAW = new RawRedis(SHARED);

    private Clusters() {}

    /** A connection that is not to be closed. */
    static RawRedis raw() {
        return RAW;
    }

    static RedisCluster shared() {
        return SHARED;
    }
}
