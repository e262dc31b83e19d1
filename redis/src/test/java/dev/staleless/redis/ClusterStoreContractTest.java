package dev.staleless.redis;

class ClusterStoreContractTest extends StoredInRedisContract {

    ClusterStoreContractTest() {
        super(Clusters.shared().uri(), Clusters.raw());
    }
}
