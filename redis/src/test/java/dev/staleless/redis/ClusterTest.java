package dev.staleless.redis;

import static dev.staleless.testkit.store.StoreFixture.ALL_ORDERS;
import static dev.staleless.testkit.store.StoreFixture.ORDERS;
import static dev.staleless.testkit.store.StoreFixture.ORDERS_OF_5;
import static dev.staleless.testkit.store.StoreFixture.append;
import static dev.staleless.testkit.store.StoreFixture.entry;
import static dev.staleless.testkit.store.StoreFixture.key;
import static dev.staleless.testkit.store.StoreFixture.mark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.store.Store;
import dev.staleless.core.store.StoreException;
import dev.staleless.testkit.Deadline;
import dev.staleless.testkit.server.RedisCluster;
import dev.staleless.testkit.server.RedisConnection;
import dev.staleless.testkit.server.RedisServer;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A Cluster: keys spread over it, slots that are moved, primaries that are killed. */
class ClusterTest {

    private static final List<Partition> LOGS = List.of(ALL_ORDERS, ORDERS_OF_5);

    private final UUID database = UUID.randomUUID();
    private final Keys keys = new Keys("sl:", "cluster", database);
    private final RedisCluster cluster = Clusters.shared();
    private final Store store = open(cluster);

    private Store open(RedisCluster of) {
        return Stores.patient(of.uri()).build().open(database, "cluster");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private int slot(Partition partition) {
        return SlotHash.getSlot(keys.log(partition));
    }

    @Test
    void logsAndEntriesOfOneTableSpreadOverAllServers() {
        List<Long> before = sizes();
        int number = 300;
        for (int i = 0; i < number; i++) {
            List<Partition> partitions = List.of(Partition.value(ORDERS, "id", i));
            List<Offset> heads = store.open(partitions);
            store.publish(key("spread" + i), entry(key("spread" + i), "rows", partitions, heads), Duration.ofHours(1))
                    .toCompletableFuture()
                    .join();
        }
        List<Long> after = sizes();
        for (int i = 0; i < after.size(); i++) {
            assertThat(after.get(i) - before.get(i)).isGreaterThan(number / 3);
        }
    }

    private List<Long> sizes() {
        List<Long> sizes = new ArrayList<>();
        for (RedisServer server : cluster.servers().subList(0, 3)) {
            try (RedisConnection connection = new RedisConnection(server.port())) {
                sizes.add(connection.number("DBSIZE"));
            }
        }
        return sizes;
    }

    @Test
    void offsetOfALogThatWasMovedIsAnotherAndOfOneThatCameBackToo() {
        RedisServer from = cluster.serving(slot(ALL_ORDERS));
        RedisServer to = another(from);
        Offset first = store.open(LOGS).get(0);
        move(from, to);
        Offset moved = store.open(LOGS).get(0);
        assertThat(moved.element()).isEqualTo(first.element());
        assertThat(moved.server()).isNotEqualTo(first.server());
        move(to, from);
        // read by another node, whose connections are of the time after
        try (Store other = open(cluster)) {
            Offset back = other.open(LOGS).get(0);
            assertThat(back.element()).isEqualTo(first.element());
            assertThat(back.server()).isNotIn(first.server(), moved.server());
        }
    }

    private void move(RedisServer from, RedisServer to) {
        cluster.beginMove(slot(ALL_ORDERS), from, to);
        cluster.endMove(slot(ALL_ORDERS), from, to);
    }

    private RedisServer another(RedisServer than) {
        return cluster.primaries().stream()
                .filter(server -> server != than)
                .findFirst()
                .orElseThrow();
    }

    /** Half of the time the slot is neither here nor there: ASK, and MOVED when it has moved. */
    @Test
    void whileASlotIsMovedNothingFailsAndNothingIsLostOrOutOfOrder() {
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        List<Element> appended = new ArrayList<>();
        AtomicBoolean end = new AtomicBoolean();
        store.open(LOGS);
        CompletableFuture<Void> reader = whileNot(end, failures, () -> {
            store.read(key("a"), LOGS);
            store.logs(LOGS);
            store.registries(List.of(ORDERS));
        });
        CompletableFuture<Void> writer = whileNot(end, failures, () -> {
            Mark mark = mark(ORDERS, Set.of());
            Store.Append append = append(ALL_ORDERS, appended.size());
            appended.add(0, append.element());
            store.report(List.of(mark), List.of(append));
            store.resolve(List.of(mark)).toCompletableFuture().join();
        });
        RedisServer from = cluster.serving(slot(ALL_ORDERS));
        for (int i = 0; i < 4; i++) {
            RedisServer to = another(from);
            cluster.beginMove(slot(ALL_ORDERS), from, to);
            cluster.moveKeys(slot(ALL_ORDERS), from, to);
            cluster.endMove(slot(ALL_ORDERS), from, to);
            from = to;
        }
        end.set(true);
        CompletableFuture.allOf(reader, writer).join();
        assertThat(failures).isEmpty();
        List<Element> kept = store.logs(List.of(ALL_ORDERS)).get(0).elements();
        int size = Math.min(appended.size(), kept.size() - 1);
        assertThat(kept.subList(0, size)).isEqualTo(appended.subList(0, size));
        assertThat(store.registries(List.of(ORDERS)).get(0).marks()).isEmpty();
    }

    /** Servers hear of a move one after the other: until all have, each of two may say that the other serves the slot. */
    @Test
    void whileServersSendOneToEachOtherIsWaitedFor() {
        UUID first = store.open(LOGS).get(0).element();
        RedisServer from = cluster.serving(slot(ALL_ORDERS));
        RedisServer to = another(from);
        cluster.beginMove(slot(ALL_ORDERS), from, to);
        cluster.moveKeys(slot(ALL_ORDERS), from, to);
        cluster.tellOwner(slot(ALL_ORDERS), from, to);
        long before = redirections(from) + redirections(to);
        CompletableFuture<Offset> read =
                CompletableFuture.supplyAsync(() -> store.open(LOGS).get(0));
        while (redirections(from) + redirections(to) < before + 8 && !read.isDone()) {
            Thread.onSpinWait();
        }
        cluster.endMove(slot(ALL_ORDERS), from, to);
        assertThat(read.join().element()).isEqualTo(first);
    }

    private static long redirections(RedisServer server) {
        try (RedisConnection connection = new RedisConnection(server.port())) {
            return String.valueOf(connection.call("INFO", "errorstats"))
                    .lines()
                    .filter(line -> line.startsWith("errorstat_MOVED:count="))
                    .mapToLong(line ->
                            Long.parseLong(line.substring(line.indexOf('=') + 1).strip()))
                    .sum();
        }
    }

    private static CompletableFuture<Void> whileNot(AtomicBoolean end, List<Throwable> failures, Runnable work) {
        return CompletableFuture.runAsync(() -> {
            while (!end.get() && failures.isEmpty()) {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    failures.add(e);
                }
            }
        });
    }

    @Test
    void primaryThatIsKilledIsFollowedByItsReplicaWithOtherOffsets() {
        try (RedisCluster own = RedisCluster.start();
                Store node = open(own)) {
            List<Offset> before = node.open(LOGS);
            UUID creation = node.createRegistry(ORDERS);
            node.confirmRegistry(ORDERS, creation, 5);
            RedisServer killed = own.serving(slot(ALL_ORDERS));
            own.killAndAwaitFailOver(killed);
            Stores.awaitAnswer(node);
            awaitReports(node);
            List<Offset> after = node.open(LOGS);
            assertThat(after.get(0).server()).isNotEqualTo(before.get(0).server());
            if (own.serving(slot(ORDERS_OF_5)) != own.serving(slot(ALL_ORDERS))) {
                assertThat(after.get(1)).isEqualTo(before.get(1));
            }
        }
    }

    private static void awaitReports(Store node) {
        Deadline.await("reports are taken", () -> {
            try {
                node.open(LOGS);
                node.report(List.of(), List.of(append(ALL_ORDERS, 1)));
                return true;
            } catch (StoreException notYet) {
                return false;
            }
        });
    }

    @Test
    void serverThatIsNoneOfAClusterIsRefused() {
        String uri = "redis-cluster://127.0.0.1:" + RedisServer.shared().port();
        assertThatThrownBy(() -> RedisStore.connect(uri).open(database, "cluster"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cluster support disabled");
    }

    @Test
    void clusterHasOneDatabaseOnly() {
        assertThatThrownBy(() -> RedisStore.connect("redis-cluster://localhost:7000/1"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
