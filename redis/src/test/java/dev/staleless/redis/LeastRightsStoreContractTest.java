package dev.staleless.redis;

import dev.staleless.testkit.server.RedisServer;
import java.util.List;

/** The contract as a user that may do what the guide says is needed, and nothing else. */
class LeastRightsStoreContractTest extends StoredInRedisContract {

    private static final RawRedis RAW = new RawRedis(RedisServer.shared().uri());

    LeastRightsStoreContractTest() {
        super(uri(), RAW);
    }

    private static String uri() {
        GuideRights.grant(List.of(RedisServer.shared()), "staleless", "contract", GuideRights.NODE);
        return GuideRights.as("staleless", RedisServer.shared().uri());
    }
}
