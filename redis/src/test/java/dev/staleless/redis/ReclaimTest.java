package dev.staleless.redis;

import static dev.staleless.testkit.store.StoreFixture.ALL_ORDERS;
import static dev.staleless.testkit.store.StoreFixture.entry;
import static dev.staleless.testkit.store.StoreFixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.store.Entry;
import dev.staleless.core.store.Reclaim;
import dev.staleless.core.store.Store;
import dev.staleless.testkit.server.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Entries that can never be served again are freed, and nothing else. */
class ReclaimTest {

    private static final List<Partition> LOGS = List.of(ALL_ORDERS);

    private final UUID database = UUID.randomUUID();
    private final List<Store> stores = new ArrayList<>();

    @AfterEach
    void close() {
        stores.forEach(Store::close);
    }

    private Store open(String uri, String namespace) {
        Store store = Stores.patient(uri).build().open(database, namespace);
        stores.add(store);
        return store;
    }

    private static Entry publish(Store store, String name) {
        Entry entry = entry(key(name), "rows", LOGS, store.open(LOGS));
        store.publish(key(name), entry, Duration.ofHours(1))
                .toCompletableFuture()
                .join();
        return entry;
    }

    private static Reclaim walked(Store store, Entry like) {
        Reclaim reclaim = store.reclaim(
                new Reclaim.Living(like.epoch(), Set.copyOf(like.generations().values())));
        int steps = 0;
        while (reclaim.step()) {
            assertThat(steps++).isLessThan(10_000);
        }
        return reclaim;
    }

    private static boolean has(Store store, String name) {
        return store.read(key(name), LOGS).entry() != null;
    }

    private void frees(String uri) {
        GuideRights.grant(
                uri.contains("cluster") ? Clusters.shared().servers() : List.of(RedisServer.shared()),
                "reclaimer",
                "reclaim",
                GuideRights.NODE,
                GuideRights.NODE_OF_A_CLUSTER,
                GuideRights.RECLAIM);
        Store store = open(GuideRights.as("reclaimer", uri), "reclaim");
        Store neighbour = open(uri, "reclaim2");
        publish(neighbour, "theirs");
        for (int i = 0; i < 300; i++) {
            publish(store, "old" + i);
        }
        Entry living = publish(store, "living");
        Reclaim reclaim = walked(store, living);
        assertThat(reclaim.freed()).isEqualTo(300);
        assertThat(reclaim.examined()).isEqualTo(301);
        assertThat(has(store, "living")).isTrue();
        assertThat(has(store, "old7")).isFalse();
        assertThat(has(neighbour, "theirs")).isTrue();
        assertThat(store.open(LOGS)).isEqualTo(List.copyOf(living.offsets().values()));
    }

    @Test
    void entriesOfAnotherEpochAreFreedAndNeitherLogsNorOtherNamespaces() {
        frees(RedisServer.shared().uri());
    }

    @Test
    void entriesOfAllServersOfAClusterAreLookedAt() {
        frees(Clusters.shared().uri());
    }

    @Test
    void entriesWhoseOffsetsWereLostWithTheServersLifeAreFreed() {
        try (RedisServer server = RedisServer.builder()
                .arguments("--appendonly", "yes", "--appendfsync", "always")
                .start()) {
            Store store = open(server.uri(), "reclaim");
            Entry entry = publish(store, "before");
            List<Offset> before = store.open(LOGS);
            assertThat(walked(store, entry).freed()).isZero();
            server.kill();
            server.relaunch();
            Stores.awaitAnswer(store);
            assertThat(store.open(LOGS)).isNotEqualTo(before);
            assertThat(walked(store, entry).freed()).isEqualTo(1);
            assertThat(has(store, "before")).isFalse();
            close();
            stores.clear();
        }
    }
}
