package dev.staleless.redis;

import static dev.staleless.testkit.store.StoreFixture.ALL_ORDERS;
import static dev.staleless.testkit.store.StoreFixture.append;
import static dev.staleless.testkit.store.StoreFixture.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.store.Store;
import dev.staleless.core.store.StoreException;
import dev.staleless.testkit.Deadline;
import dev.staleless.testkit.server.RedisConnection;
import dev.staleless.testkit.server.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that cannot be reached, refuse the login or are not fit; and what the messages say. */
class ConnectingTest {

    private static final UUID DATABASE = UUID.randomUUID();

    @Test
    void serverThatIsNotThereIsAClearError() throws IOException {
        int port = freePort();
        assertThatThrownBy(() -> RedisStore.connect("redis://127.0.0.1:" + port).open(DATABASE, "test"))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("Redis at 127.0.0.1:" + port + " could not be reached: ")
                .hasMessageContaining("refused");
    }

    @Test
    void loginThatIsRefusedIsAClearErrorWithoutThePassword() {
        try (RedisServer server =
                RedisServer.builder().arguments("--requirepass", "right").start()) {
            for (String login : List.of("", ":wrong@")) {
                String uri = server.uri().replace("redis://", "redis://" + login);
                assertThatThrownBy(() -> RedisStore.connect(uri).open(DATABASE, "test"))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("refuses the login: ")
                        .hasMessageNotContaining("wrong@");
            }
            String uri = server.uri().replace("redis://", "redis://:right@");
            try (Store store = Stores.patient(uri).build().open(DATABASE, "test")) {
                assertThat(Stores.answers(store)).isTrue();
            }
        }
    }

    @Test
    void replicaIsRefused() {
        try (RedisServer server =
                RedisServer.builder().arguments("--replicaof", "127.0.0.1", "1").start()) {
            assertThatThrownBy(() -> Stores.patient(server.uri()).build().open(DATABASE, "test"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageEndingWith("is not a primary (role slave): replicas are never read");
        }
    }

    @Test
    void nodeOfAClusterIsRefused() {
        try (RedisServer server =
                RedisServer.builder().arguments("--cluster-enabled", "yes").start()) {
            assertThatThrownBy(() -> Stores.patient(server.uri()).build().open(DATABASE, "test"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("runs in cluster mode");
        }
    }

    @Test
    void serviceThatHidesItsIdsIsRefused() {
        String id = "0123456789012345678901234567890123456789";
        assertThat(ServerIds.parse("Redis at x", "run_id:" + id + "\r\n", "role:master\r\nmaster_replid:" + id))
                .isEqualTo(new ServerIds(id, id, ""));
        for (String hidden : List.of("", "run_id:", "run_id:0000000000000000000000000000000000000000")) {
            assertThatThrownBy(() -> ServerIds.parse("Redis at x", hidden, "role:master\nmaster_replid:" + id))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("hides its run_id, master_replid or role");
        }
        assertThatThrownBy(() -> ServerIds.parse("Redis at x", "run_id:" + id, "role:master"))
                .isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> ServerIds.parse("Redis at x", "run_id:" + id, "master_replid:" + id))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void serverThatStopsAnsweringMakesErrorsWithinTheTimeOutAndIsUsedAgainWhenItAnswers() {
        try (RedisServer server = RedisServer.start();
                Store store = RedisStore.builder(server.uri())
                        .timeout(Duration.ofMillis(500))
                        .connectTimeout(Duration.ofSeconds(30))
                        .build()
                        .open(DATABASE, "test")) {
            Store.Append before = append(ALL_ORDERS, 1);
            Stores.awaitAnswer(store);
            server.suspend();
            long start = System.nanoTime();
            assertThatThrownBy(() -> store.read(key("a"), List.of())).isInstanceOf(StoreException.class);
            assertThatThrownBy(() -> store.report(List.of(), List.of(before))).isInstanceOf(StoreException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            server.resume();

            Store.Append after = append(ALL_ORDERS, 2);
            Deadline.await("reported", () -> reported(store, after));
            List<Element> log = store.logs(List.of(ALL_ORDERS)).get(0).elements();
            assertThat(log).contains(after.element()).doesNotHaveDuplicates();
        }
    }

    private static boolean reported(Store store, Store.Append append) {
        try {
            store.report(List.of(), List.of(append));
            return true;
        } catch (StoreException notYet) {
            return false;
        }
    }

    /** Waiting for each attempt would make every read of the application slow while the server is away. */
    @Test
    void callsFailAtOnceWhileTheServerIsKnownToBeAway() {
        RedisServer server = RedisServer.start();
        try (Store store = Stores.patient(server.uri()).build().open(DATABASE, "test")) {
            server.suspend();
            server.kill();
            assertThatThrownBy(() -> store.read(key("a"), List.of())).isInstanceOf(StoreException.class);
            Deadline.await("an attempt has failed", () -> !Stores.answers(store));
            long start = System.nanoTime();
            for (int i = 0; i < 1_000; i++) {
                assertThat(Stores.answers(store)).isFalse();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        } finally {
            server.stop();
        }
    }

    /** What the new primary has is the old one's data, were it a real fail-over; its offsets are others in any case. */
    @Test
    void sentinelIsAskedForThePrimaryAtEachConnection() {
        try (RedisServer first = RedisServer.start();
                RedisServer second = RedisServer.start();
                FakeSentinel sentinel = new FakeSentinel(first.port());
                Store store = Stores.patient(sentinel.uri()).build().open(DATABASE, "test")) {
            Offset before = store.open(List.of(ALL_ORDERS)).get(0);
            sentinel.failOver(second.port());
            first.kill();
            Stores.awaitAnswer(store);
            Offset after = store.open(List.of(ALL_ORDERS)).get(0);
            assertThat(after.server()).isNotEqualTo(before.server());
        }
    }

    @Test
    void replicaThatSentinelMakesThePrimaryIsUsedWithOtherOffsets() {
        try (RedisServer primary = RedisServer.start();
                RedisServer replica = RedisServer.builder()
                        .arguments("--replicaof", "127.0.0.1", Integer.toString(primary.port()))
                        .start()) {
            Deadline.await("the replica is connected", () -> isConnected(replica));
            failsOver(primary, replica);
        }
    }

    private static void failsOver(RedisServer primary, RedisServer replica) {
        try (RedisServer sentinel = RedisServer.sentinel(primary);
                RedisConnection asked = new RedisConnection(sentinel.port());
                Store store = Stores.patient("redis-sentinel://127.0.0.1:" + sentinel.port() + "#main")
                        .build()
                        .open(DATABASE, "sentinel")) {
            Offset before = headOf(store);
            Deadline.await(
                    "Sentinel knows the replica",
                    () -> String.valueOf(asked.call("SENTINEL", "REPLICAS", "main"))
                            .contains("master-link-status, ok"));
            primary.kill();
            String address = "address=127.0.0.1:" + replica.port();
            Deadline.await(
                    "the replica is the primary",
                    () -> asked.text("INFO", "sentinel").contains(address));
            Stores.awaitAnswer(store);
            assertThat(headOf(store).server()).isNotEqualTo(before.server());
        }
    }

    private static boolean isConnected(RedisServer replica) {
        try (RedisConnection connection = new RedisConnection(replica.port())) {
            return connection.text("INFO", "replication").contains("master_link_status:up");
        }
    }

    private static Offset headOf(Store store) {
        return store.open(List.of(ALL_ORDERS)).get(0);
    }

    @Test
    void sentinelThatIsNotThereIsAClearError() throws IOException {
        int port = freePort();
        assertThatThrownBy(() -> RedisStore.connect("redis-sentinel://127.0.0.1:" + port + "#main")
                        .open(DATABASE, "test"))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("Redis at 127.0.0.1:" + port + " (Sentinel, main) could not be reached: ");
    }

    @Test
    void storesOfTwoDatabasesOrNamespacesDoNotMeet() {
        String uri = RedisServer.shared().uri();
        RedisStore provider = Stores.patient(uri).build();
        UUID database = UUID.randomUUID();
        try (Store one = provider.open(database, "one");
                Store sameAgain = provider.open(database, "one");
                Store otherNamespace = provider.open(database, "two");
                Store otherDatabase = provider.open(UUID.randomUUID(), "one")) {
            one.report(List.of(), List.of(append(ALL_ORDERS, 1)));
            assertThat(sameAgain.logs(List.of(ALL_ORDERS)).get(0).head()).isNotNull();
            assertThat(otherNamespace.logs(List.of(ALL_ORDERS)).get(0).head()).isNull();
            assertThat(otherDatabase.logs(List.of(ALL_ORDERS)).get(0).head()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost", "", "redis://:secret@", "localhost:6379"})
    void uriThatIsNoneIsRefusedWithoutShowingIt(String uri) {
        assertThatThrownBy(() -> RedisStore.connect(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("uri must be redis://host:port")
                .hasMessageNotContaining("secret");
    }

    @Test
    void optionThatMakesNoSenseIsRefusedByNameAndValue() {
        RedisStore.Builder builder = RedisStore.builder("redis://localhost");
        assertThatThrownBy(() -> builder.timeout(Duration.ZERO)).hasMessageContaining("timeout must be from 1 ms");
        assertThatThrownBy(() -> builder.maxEntryTtl(Duration.ofSeconds(Long.MAX_VALUE)))
                .hasMessageContaining("maxEntryTtl must be");
        assertThatThrownBy(() -> builder.keptElements(0, 1)).hasMessageContaining("keptElements.partition must be");
        assertThatThrownBy(() -> builder.readConnections(65)).hasMessage("readConnections must be from 1 to 64: 65");
        assertThatThrownBy(() -> builder.prefix("a{b}")).hasMessageContaining("prefix must be");
        assertThatThrownBy(() -> builder.build().open(DATABASE, "a b")).hasMessageContaining("namespace must be");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
