package dev.staleless.redis;

import static dev.staleless.testkit.store.StoreFixture.ORDERS_OF_5;
import static dev.staleless.testkit.store.StoreFixture.ORDERS_REST;
import static dev.staleless.testkit.store.StoreFixture.append;
import static dev.staleless.testkit.store.StoreFixture.entry;
import static dev.staleless.testkit.store.StoreFixture.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.store.Store;
import dev.staleless.core.store.StoreException;
import dev.staleless.core.store.near.NearSettings;
import dev.staleless.testkit.Deadline;
import dev.staleless.testkit.server.RedisConnection;
import dev.staleless.testkit.server.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The near cache before a real server, which tells of changed logs. */
class NearTest {

    /** So long that only what the server tells ends anything here. */
    private static final NearSettings PATIENT = NearSettings.DEFAULTS.withBound(Duration.ofSeconds(10));

    private static final List<Partition> LOGS = List.of(ORDERS_OF_5, ORDERS_REST);

    private final RedisServer server = RedisServer.start();
    private final TcpProxy proxy = new TcpProxy(server.port());
    private final RawRedis raw = new RawRedis(server.uri());
    private final UUID database = UUID.randomUUID();
    private Store other;
    private Store near;

    @BeforeEach
    void open() {
        other = Stores.patient(server.uri()).build().open(database, "near");
        near = near(proxy.uri());
    }

    private Store near(String uri) {
        return Stores.patient(uri).near(PATIENT).build().open(database, "near");
    }

    @AfterEach
    void close() {
        near.close();
        other.close();
        raw.close();
        proxy.close();
        server.stop();
    }

    private void publish() {
        List<Offset> heads = other.open(LOGS);
        other.publish(key("a"), entry(key("a"), "rows", LOGS, heads), Duration.ofMinutes(5))
                .toCompletableFuture()
                .join();
    }

    /** Whether a read asked nobody. The heads are those of now in any case. */
    private boolean isServedNear() {
        raw.commands().configResetstat();
        Store.Snapshot snapshot = near.read(key("a"), LOGS);
        boolean asked = raw.calls().containsKey("get");
        assertThat(snapshot.entry()).isNotNull();
        return !asked;
    }

    private void awaitNear() {
        Deadline.await("served near", this::isServedNear);
    }

    @Test
    void hitAsksNobodyOnceItsHeadsAreKnown() {
        publish();
        awaitNear();
        assertThat(isServedNear()).isTrue();
        assertThat(near.read(key("a"), LOGS).heads()).isEqualTo(other.open(LOGS));
    }

    @Test
    void changeOfAnotherNodeIsTold() {
        publish();
        awaitNear();
        other.report(List.of(), List.of(append(ORDERS_OF_5, 1)));
        Deadline.await(
                "the change is seen", () -> near.read(key("a"), LOGS).heads().equals(other.open(LOGS)));
        awaitNear();
        assertThat(near.read(key("a"), LOGS).heads()).isEqualTo(other.open(LOGS));
    }

    @Test
    void ownChangeIsSeenAtOnce() {
        publish();
        for (int i = 0; i < 50; i++) {
            awaitNear();
            near.report(List.of(), List.of(append(ORDERS_OF_5, i)));
            assertThat(near.read(key("a"), LOGS).heads()).isEqualTo(other.open(LOGS));
        }
    }

    @Test
    void lostLogsAreTold() {
        publish();
        awaitNear();
        raw.commands().flushall();
        Deadline.await("the loss is seen", () -> near.read(key("a"), LOGS).entry() == null);
    }

    @Test
    void brokenConnectionIsReplacedAndHasToldNothing() {
        publish();
        awaitNear();
        proxy.cutAll();
        other.report(List.of(), List.of(append(ORDERS_OF_5, 1)));
        Deadline.await("connected again", () -> {
            try {
                return near.read(key("a"), LOGS).heads().equals(other.open(LOGS));
            } catch (StoreException notYet) {
                return false;
            }
        });
        awaitNear();
        assertThat(near.read(key("a"), LOGS).heads()).isEqualTo(other.open(LOGS));
    }

    @Test
    void serverThatRefusesToTellIsAskedEachTime() {
        try (RedisConnection admin = new RedisConnection(server.port())) {
            admin.call("ACL", "SETUSER", "silent", "on", ">secret", "~*", "+@all", "-client", "+client|id");
        }
        Store refused = near(server.uri().replace("redis://", "redis://silent:secret@"));
        try {
            publish();
            for (int i = 0; i < 20; i++) {
                raw.commands().configResetstat();
                assertThat(refused.read(key("a"), LOGS).entry()).isNotNull();
                assertThat(raw.calls()).containsKey("get");
            }
        } finally {
            refused.close();
        }
    }

    @Test
    void clusterHasNoNearCache() {
        assertThatThrownBy(() -> RedisStore.builder("redis-cluster://localhost:7000")
                        .near(true)
                        .build())
                .hasMessageContaining("near = off");
    }
}
