package dev.staleless.redis;

/** The contract on a Cluster as a user that may do what the guide says is needed there, and nothing else. */
class LeastRightsOnClusterStoreContractTest extends StoredInRedisContract {

    LeastRightsOnClusterStoreContractTest() {
        super(uri(), Clusters.raw());
    }

    private static String uri() {
        GuideRights.grant(
                Clusters.shared().servers(), "staleless", "contract", GuideRights.NODE, GuideRights.NODE_OF_A_CLUSTER);
        return GuideRights.as("staleless", Clusters.shared().uri());
    }
}
