package dev.staleless.redis;

import static dev.staleless.testkit.store.StoreFixture.ALL_ORDERS;
import static dev.staleless.testkit.store.StoreFixture.ORDERS;
import static dev.staleless.testkit.store.StoreFixture.ORDERS_REST;
import static dev.staleless.testkit.store.StoreFixture.append;
import static dev.staleless.testkit.store.StoreFixture.entry;
import static dev.staleless.testkit.store.StoreFixture.key;
import static dev.staleless.testkit.store.StoreFixture.mark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.staleless.core.changelog.Mark;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.changelog.Registry;
import dev.staleless.core.store.Store;
import dev.staleless.core.store.StoreException;
import dev.staleless.testkit.Deadline;
import dev.staleless.testkit.server.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that loses keys, restarts, changes its role or is full: misses and errors, never an old offset as the head. */
class LostDataTest {

    private static final List<Partition> LOGS = List.of(ALL_ORDERS, ORDERS_REST);

    private final UUID database = UUID.randomUUID();
    private final Keys keys = new Keys("sl:", "lost", database);
    private RedisServer server;
    private RawRedis raw;
    private Store store;
    private @Nullable Offset lastHead;

    private void start(Duration checkInterval, String... arguments) {
        server = RedisServer.builder().arguments(arguments).start();
        raw = new RawRedis(server.uri());
        store = Stores.patient(server.uri())
                .checkInterval(checkInterval)
                .build()
                .open(database, "lost");
    }

    private void start(String... arguments) {
        start(Duration.ofHours(1), arguments);
    }

    @AfterEach
    void stop() {
        store.close();
        raw.close();
        server.stop();
    }

    private List<Offset> fill() {
        List<Offset> heads = store.open(LOGS);
        UUID creation = store.createRegistry(ORDERS);
        store.confirmRegistry(ORDERS, creation, 5);
        store.publish(key("a"), entry(key("a"), "rows", LOGS, heads), Duration.ofHours(1))
                .toCompletableFuture()
                .join();
        return heads;
    }

    @Test
    void afterFlushallNothingIsThereAndEveryHeadIsNew() {
        start();
        List<Offset> heads = fill();
        raw.commands().flushall();
        assertThat(store.read(key("a"), LOGS).entry()).isNull();
        assertThat(store.read(key("a"), LOGS).heads()).containsExactly(null, null);
        assertThat(store.registries(List.of(ORDERS))).containsExactly(new Registry(null, null, List.of()));
        assertThat(store.open(LOGS)).doesNotContainAnyElementsOf(heads);
    }

    @Test
    void eachKeyMayBeEvictedAlone() {
        start();
        List<Offset> heads = fill();
        raw.commands().del(keys.log(ORDERS_REST));
        assertThat(store.read(key("a"), LOGS).entry()).isNotNull();
        assertThat(store.read(key("a"), LOGS).heads()).containsExactly(heads.get(0), null);
        assertThat(store.open(LOGS).get(0)).isEqualTo(heads.get(0));
        assertThat(store.open(LOGS).get(1)).isNotEqualTo(heads.get(1));
        raw.commands().del(keys.registry(ORDERS));
        assertThat(store.registries(List.of(ORDERS))).containsExactly(new Registry(null, null, List.of()));
        raw.commands().del(keys.entry(key("a")));
        assertThat(store.read(key("a"), LOGS).entry()).isNull();
    }

    /** A mark that comes after the registry was lost does not bring its creation mark back. */
    @Test
    void lostRegistryStaysWithoutACreationMarkUntilOneIsMade() {
        start();
        fill();
        UUID creation = store.createRegistry(ORDERS);
        raw.commands().del(keys.registry(ORDERS));
        Mark mark = mark(ORDERS, Set.of());
        store.report(List.of(mark), List.of());
        store.confirmRegistry(ORDERS, creation, 6);
        assertThat(store.registries(List.of(ORDERS))).containsExactly(new Registry(null, null, List.of(mark)));
        UUID again = store.createRegistry(ORDERS);
        assertThat(again).isNotEqualTo(creation);
        assertThat(store.registries(List.of(ORDERS))).containsExactly(new Registry(again, null, List.of(mark)));
    }

    @Test
    void afterARestartNoOffsetAndNoCreationMarkIsTheSameThoughTheDataIs() {
        start("--appendonly", "yes", "--appendfsync", "always");
        List<Offset> heads = fill();
        Mark mark = mark(ORDERS, Set.of());
        store.report(List.of(mark), List.of());
        UUID creation = store.createRegistry(ORDERS);
        server.kill();
        server.relaunch();
        Stores.awaitAnswer(store);

        List<Offset> after = store.open(LOGS);
        assertThat(after)
                .extracting(Offset::element)
                .isEqualTo(heads.stream().map(Offset::element).toList());
        assertThat(after).doesNotContainAnyElementsOf(heads);
        assertThat(store.read(key("a"), LOGS).entry()).isNotNull();
        assertThat(store.registries(List.of(ORDERS))).containsExactly(new Registry(null, null, List.of(mark)));
        UUID again = store.createRegistry(ORDERS);
        assertThat(again).isNotEqualTo(creation);
        assertThat(store.registries(List.of(ORDERS))).containsExactly(new Registry(again, null, List.of(mark)));
        assertThat(raw(keys.registry(ORDERS))).isEqualTo(2);
    }

    /** Fields of a registry, by a connection that survives nothing. */
    private long raw(byte[] key) {
        try (RawRedis fresh = new RawRedis(server.uri())) {
            return fresh.commands().hlen(key);
        }
    }

    @Test
    void demotionIsNoticedOnTheSameConnectionAndPromotionMakesOtherOffsets() {
        start(Duration.ofMillis(20));
        List<Offset> heads = fill();
        raw.commands().replicaof("127.0.0.1", 1);
        Deadline.await("refused as a replica", () -> refusal().contains("is not a primary (role slave)"));
        raw.commands().replicaofNoOne();
        Stores.awaitAnswer(store);
        List<Offset> after = store.read(key("a"), LOGS).heads();
        assertThat(after)
                .extracting(Offset::element)
                .isEqualTo(heads.stream().map(Offset::element).toList());
        assertThat(after).doesNotContainAnyElementsOf(heads);
    }

    @Test
    void demotionAndPromotionBetweenTwoChecksAreNoticedByTheReplicationId() {
        start(Duration.ofMillis(20));
        Offset head = fill().get(0);
        raw.commands().replicaof("127.0.0.1", 1);
        raw.commands().replicaofNoOne();
        Deadline.await("another server", () -> {
            if (!refusal().isEmpty()) {
                return false;
            }
            Offset now = lastHead;
            return now != null && now.element().equals(head.element()) && !now.equals(head);
        });
    }

    private String refusal() {
        try {
            lastHead = store.read(key("a"), LOGS).heads().get(0);
            return "";
        } catch (StoreException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void writeToADemotedServerFailsAndEndsTheConnection() {
        start();
        raw.commands().replicaof("127.0.0.1", 1);
        assertThatThrownBy(() -> store.report(List.of(), List.of(append(ALL_ORDERS, 1))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("READONLY");
        assertThatThrownBy(() -> store.report(List.of(), List.of(append(ALL_ORDERS, 1))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("not a primary");
    }

    @Test
    void fullServerRefusesReportsAndEntriesAndStillResolvesMarks() {
        start("--maxmemory-policy", "noeviction");
        Mark mark = mark(ORDERS, Set.of());
        store.report(List.of(mark), List.of());
        List<Offset> heads = fill();
        raw.commands().configSet("maxmemory", "1");
        assertThatThrownBy(() -> store.report(List.of(mark(ORDERS, Set.of())), List.of(append(ALL_ORDERS, 1))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("OOM");
        assertThat(store.publish(key("b"), entry(key("b"), "rows"), Duration.ofHours(1)))
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(StoreException.class);
        assertThat(store.read(key("a"), LOGS).heads()).isEqualTo(heads);
        store.resolve(List.of(mark)).toCompletableFuture().join();
        assertThat(store.registries(List.of(ORDERS)).get(0).marks()).isEmpty();
    }

    @Test
    void keyOfAnotherTypeIsAnErrorForALogAndNoEntryForAnEntry() {
        start();
        fill();
        raw.commands().del(keys.log(ALL_ORDERS));
        raw.commands().set(keys.log(ALL_ORDERS), new byte[] {1});
        for (Runnable call : List.<Runnable>of(
                () -> store.read(key("a"), LOGS),
                () -> store.logs(LOGS),
                () -> store.open(LOGS),
                () -> store.report(List.of(), List.of(append(ALL_ORDERS, 1))))) {
            assertThatThrownBy(call::run).isInstanceOf(StoreException.class).hasMessageContaining("WRONGTYPE");
        }
        raw.commands().del(keys.entry(key("a")));
        raw.commands().lpush(keys.entry(key("a")), new byte[] {1});
        assertThat(store.read(key("a"), List.of()).entry()).isNull();
        fillEntry();
        assertThat(store.read(key("a"), List.of()).entry()).isNotNull();
        raw.commands().set(keys.registry(ORDERS), new byte[] {1});
        assertThatThrownBy(() -> store.registries(List.of(ORDERS))).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.report(List.of(mark(ORDERS, null)), List.of()))
                .isInstanceOf(StoreException.class);
    }

    private void fillEntry() {
        store.publish(key("a"), entry(key("a"), "rows"), Duration.ofHours(1))
                .toCompletableFuture()
                .join();
    }
}
