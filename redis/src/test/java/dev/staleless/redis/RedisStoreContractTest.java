package dev.staleless.redis;

import dev.staleless.testkit.server.RedisServer;

class RedisStoreContractTest extends StoredInRedisContract {

    private static final RawRedis RAW = new RawRedis(RedisServer.shared().uri());

    RedisStoreContractTest() {
        super(RedisServer.shared().uri(), RAW);
    }
}
