package dev.staleless.redis;

import dev.staleless.testkit.server.RedisConnection;
import dev.staleless.testkit.server.RedisServer;

/** The contract as a user that may do what the guide says is needed, and nothing else. */
class LeastRightsStoreContractTest extends StoredInRedisContract {

    /** As docs/guide/redis.md has it. */
    static final String RIGHTS =
            "resetkeys ~sl:contract:* -@all +get +set +lindex +lrange +lpush +rpush +ltrim +pexpire"
                    + " +hget +hgetall +hset +hsetnx +hdel +info +client|id +client|kill";

    private static final RawRedis RAW = new RawRedis(RedisServer.shared().uri());

    LeastRightsStoreContractTest() {
        super(uri(), RAW);
    }

    private static String uri() {
        try (RedisConnection admin = new RedisConnection(RedisServer.shared().port())) {
            admin.call(("ACL SETUSER staleless on >secret " + RIGHTS).split(" "));
        }
        return RedisServer.shared().uri().replace("redis://", "redis://staleless:secret@");
    }
}
