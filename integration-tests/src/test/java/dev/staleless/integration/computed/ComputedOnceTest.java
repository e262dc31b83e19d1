package dev.staleless.integration.computed;

import static dev.staleless.integration.computed.Shop.query;
import static dev.staleless.integration.computed.Shop.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.jdbc.computed.ComputedKey;
import dev.staleless.jdbc.computed.ValueFormat;
import dev.staleless.redis.RedisStore;
import dev.staleless.testkit.server.RedisServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A value that several nodes miss at once is computed by one of them. */
class ComputedOnceTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    private final AtomicInteger computed = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    private static StalelessDataSource node(Shop shop, RedisServer redis) {
        return shop.node(
                RedisStore.connect(redis.uri()),
                builder -> builder.cacheEverything(Duration.ofMinutes(10)).flightWait(LONG));
    }

    private String value(StalelessDataSource node) {
        try {
            return node.computed().computed(ComputedKey.of("name"), LONG, ValueFormat.text(), () -> {
                computed.incrementAndGet();
                begun.countDown();
                goOn.await();
                return query(node, "SELECT name FROM customer WHERE id = 3");
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theOthersWaitForTheNodeThatComputesIt() throws Exception {
        try (RedisServer redis = RedisServer.start();
                Shop shop = Shop.open()) {
            StalelessDataSource one = node(shop, redis);
            StalelessDataSource other = node(shop, redis);
            shop.fill(one);
            one.computed();
            other.computed();
            CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> value(one));
            begun.await();
            CompletableFuture<String> second = new CompletableFuture<>();
            Thread follower = new Thread(() -> second.complete(value(other)), "follower");
            follower.start();
            while (!isWaiting(follower) && computed.get() == 1) {
                Thread.onSpinWait();
            }
            goOn.countDown();
            assertThat(first.get()).isEqualTo("customer 3");
            assertThat(second.get()).isEqualTo("customer 3");
            assertThat(computed).hasValue(1);

            write(other, "UPDATE customer SET name = 'Ada' WHERE id = 3");
            assertThat(value(one)).isEqualTo("Ada");
            assertThat(value(other)).isEqualTo("Ada");
            assertThat(computed).hasValue(2);
        }
    }

    private static boolean isWaiting(Thread follower) {
        return Arrays.stream(follower.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("pause"));
    }
}
