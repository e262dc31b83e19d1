package dev.staleless.integration.facade;

import static dev.staleless.integration.facade.TwoNodes.awaitHit;
import static dev.staleless.integration.facade.TwoNodes.query;
import static dev.staleless.integration.facade.TwoNodes.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.protocol.Keeping;
import dev.staleless.core.protocol.MissReason;
import dev.staleless.jdbc.Ops;
import dev.staleless.jdbc.StalelessBuilder;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.redis.RedisStore;
import dev.staleless.testkit.server.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What many readers of one missing result cost the database, with several nodes and Redis. */
class SingleFlightTest {

    /** Takes the database long enough for everybody to come while it is computed. */
    private static final String HOT = "SELECT count(*), max(a.name) FROM product a, product b, product c, product d";

    private static final int READERS = 200;

    private TwoNodes nodes;
    private RedisServer redis;

    @BeforeEach
    void start() throws SQLException {
        redis = RedisServer.start();
        nodes = TwoNodes.over("""
        CREATE TABLE product (id int PRIMARY KEY, name text NOT NULL);
        INSERT INTO product SELECT i, 'old' FROM generate_series(1, 22) i""");
    }

    @AfterEach
    void stop() throws Exception {
        nodes.close();
        redis.close();
    }

    private StalelessBuilder builder() {
        return nodes.wrap(RedisStore.connect(redis.uri()));
    }

    private List<StalelessDataSource> four() {
        List<StalelessDataSource> started = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            started.add(nodes.start(builder().flightWait(Duration.ofSeconds(30))));
        }
        return started;
    }

    /** What all get who ask at once, from all nodes in turn. */
    private static Set<String> ask(List<StalelessDataSource> from) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(READERS);
        try {
            List<Callable<String>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                StalelessDataSource node = from.get(i % from.size());
                readers.add(() -> query(node, HOT));
            }
            Set<String> answers = new HashSet<>();
            for (Future<String> answer : threads.invokeAll(readers)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Takes every result away, as if it had expired. */
    private void forget(@Nullable String claimedBy) {
        try (RedisClient client = RedisClient.create(redis.uri());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            for (String key : connection.sync().keys("sl:default:*")) {
                int name = key.lastIndexOf(':') + 1;
                if (key.chars().filter(character -> character == ':').count() == 3) {
                    if (claimedBy != null) {
                        connection.sync().set(key.substring(0, name) + "c:" + key.substring(name), claimedBy);
                    }
                    connection.sync().del(key);
                }
            }
        }
    }

    /** When this returns, the commit that went before is under way no longer. */
    private static void settle(StalelessDataSource node) throws SQLException {
        awaitHit(node, "SELECT count(*) FROM product WHERE name <> ''");
    }

    private static long queries(List<StalelessDataSource> from) {
        return from.stream().mapToLong(node -> node.statistics().allMisses()).sum();
    }

    @Test
    void theDatabaseIsAskedOnceOrTwiceByTwoHundredReadersOnFourNodes() throws Exception {
        List<StalelessDataSource> four = four();
        for (StalelessDataSource node : four) {
            awaitHit(node, HOT);
        }
        for (String name : List.of("new", "newer")) {
            write(four.get(0), "UPDATE product SET name = '" + name + "'");
            settle(four.get(0));
            long before = queries(four);
            assertThat(ask(four)).containsExactly("234256," + name);
            assertThat(queries(four) - before).isBetween(1L, 2L);
        }
        forget(null);
        long before = queries(four);
        assertThat(ask(four)).containsExactly("234256,newer");
        assertThat(queries(four) - before).isBetween(1L, 2L);
    }

    @Test
    void nobodyWaitsLongerThanIsSetForANodeThatDiedWhileItFilled() throws Exception {
        StalelessDataSource node = nodes.start(builder().flightWait(Duration.ofMillis(300)));
        awaitHit(node, HOT);
        forget("0123456789abcdef");
        long start = System.nanoTime();
        assertThat(query(node, HOT)).isEqualTo("234256,old");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(300), Duration.ofMinutes(1));
        assertThat(node.statistics().misses()).containsEntry(MissReason.ABSENT, 2L);
    }

    @Test
    void aResultIsServedStaleWhileOneReaderRenewsItIfAProfileSaysSo() throws Exception {
        List<StalelessDataSource> two = new ArrayList<>();
        Keeping keeping = Keeping.of(Duration.ofMinutes(5)).withLock(true).withAllowStale(Duration.ofMinutes(10));
        for (int i = 0; i < 2; i++) {
            two.add(nodes.start(builder().profile("public.product", Ops.all(), keeping)));
        }
        for (StalelessDataSource node : two) {
            awaitHit(node, HOT);
        }
        write(two.get(0), "UPDATE product SET name = 'new'");
        settle(two.get(0));
        assertThat(ask(two)).contains("234256,new").isSubsetOf("234256,new", "234256,old");
        long stale =
                two.stream().mapToLong(node -> node.statistics().servedStale()).sum();
        assertThat(stale).isBetween(1L, READERS - 1L);
        assertThat(awaitHit(two.get(1), HOT)).isEqualTo("234256,new");
    }
}
