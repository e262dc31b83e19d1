package dev.staleless.redis;

import static dev.staleless.testkit.store.StoreFixture.ALL_ORDERS;
import static dev.staleless.testkit.store.StoreFixture.append;
import static dev.staleless.testkit.store.StoreFixture.entry;
import static dev.staleless.testkit.store.StoreFixture.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.store.Store;
import dev.staleless.core.store.StoreException;
import dev.staleless.testkit.server.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Redis reached by TLS, with a password, in a numbered database. */
class TlsTest {

    private static final UUID DATABASE = UUID.randomUUID();

    private static String uri(TlsProxy proxy) {
        return "rediss://:secret@127.0.0.1:" + proxy.port() + "/3";
    }

    @Test
    void storeIsReachedByTlsWithAPasswordInADatabaseOfItsOwn() throws Exception {
        RedisServer server =
                RedisServer.builder().arguments("--requirepass", "secret").start();
        try (TlsProxy proxy = new TlsProxy(server.port(), "ip:127.0.0.1");
                Store store = Stores.patient(uri(proxy))
                        .trustedCertificates(proxy.certificate())
                        .build()
                        .open(DATABASE, "tls");
                Store plain = Stores.patient("redis://:secret@127.0.0.1:" + server.port() + "/3")
                        .build()
                        .open(DATABASE, "tls");
                Store elsewhere = Stores.patient("redis://:secret@127.0.0.1:" + server.port() + "/4")
                        .build()
                        .open(DATABASE, "tls")) {
            List<Partition> partitions = List.of(ALL_ORDERS);
            List<Offset> heads = store.open(partitions);
            store.report(List.of(), List.of(append(ALL_ORDERS, 1)));
            store.publish(key("a"), entry(key("a"), "rows", partitions, heads), Duration.ofHours(1))
                    .toCompletableFuture()
                    .join();
            assertThat(store.read(key("a"), partitions).entry()).isNotNull();
            assertThat(plain.read(key("a"), partitions).entry()).isNotNull();
            assertThat(elsewhere.read(key("a"), partitions).entry()).isNull();
        } finally {
            server.stop();
        }
    }

    @Test
    void certificateThatIsNotTrustedIsRefused() throws Exception {
        RedisServer server =
                RedisServer.builder().arguments("--requirepass", "secret").start();
        try (TlsProxy proxy = new TlsProxy(server.port(), "ip:127.0.0.1")) {
            RedisStore store = Stores.patient(uri(proxy)).build();
            assertThatThrownBy(() -> store.open(DATABASE, "tls"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("Redis at 127.0.0.1:" + proxy.port() + " could not be reached: ")
                    .hasMessageNotContaining("secret");
        } finally {
            server.stop();
        }
    }

    @Test
    void certificateOfAnotherServerIsRefused() throws Exception {
        RedisServer server =
                RedisServer.builder().arguments("--requirepass", "secret").start();
        try (TlsProxy proxy = new TlsProxy(server.port(), "dns:elsewhere.example")) {
            RedisStore store = Stores.patient(uri(proxy))
                    .trustedCertificates(proxy.certificate())
                    .build();
            assertThatThrownBy(() -> store.open(DATABASE, "tls")).isInstanceOf(StoreException.class);
        } finally {
            server.stop();
        }
    }
}
