package dev.staleless.integration.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.staleless.core.store.memory.MemoryStore;
import dev.staleless.jdbc.Snapshot;
import dev.staleless.redis.RedisStore;
import dev.staleless.testkit.server.MariaDbServer;
import dev.staleless.testkit.server.RedisServer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;

/**
 * Random work with every kind of mapping. After each transaction random reads are done on every node, twice, and each time have to
 * yield what the same read yields on a data source that does not go through the cache. At least three of ten statements that could be
 * answered by the cache are, so that the absence of stale reads means something.
 */
class EveryMappingTest {

    private static final long SEED = Long.getLong("tests.seed", 20_261_124L);
    private static final int STEPS = Integer.getInteger("tests.steps", 60);
    private static final int READS = 4;

    @Test
    void neverReadsStaleOnTwoNodesOverPostgres() throws Exception {
        try (OfficeNodes nodes = OfficeNodes.onPostgres()) {
            run(nodes.with(2, RedisStore.connect(RedisServer.shared().uri()), Snapshot.STRICT));
        }
    }

    @Test
    void neverReadsStaleOverMariaDbAtReadCommitted() throws Exception {
        assumeTrue(MariaDbServer.isSupported(), "the binaries are for Linux on x86-64");
        try (OfficeNodes nodes = OfficeNodes.onMariaDb("TRANSACTION_READ_COMMITTED")) {
            run(nodes.with(2, RedisStore.connect(RedisServer.shared().uri()), Snapshot.STRICT));
        }
    }

    @Test
    void neverReadsStaleOverMariaDbAtRepeatableReadWithRelaxedSnapshots() throws Exception {
        assumeTrue(MariaDbServer.isSupported(), "the binaries are for Linux on x86-64");
        try (OfficeNodes nodes = OfficeNodes.onMariaDb("TRANSACTION_REPEATABLE_READ")) {
            run(nodes.with(1, MemoryStore.create(), Snapshot.RELAXED));
        }
    }

    @Test
    void neverReadsStaleOverH2() throws Exception {
        try (OfficeNodes nodes = OfficeNodes.onH2()) {
            run(nodes.with(1, MemoryStore.create(), Snapshot.STRICT));
        }
    }

    private static void run(OfficeNodes nodes) {
        Random random = new Random(SEED);
        OfficeWrites writes = new OfficeWrites(random);
        long reads = 0;
        for (int step = 0; step < STEPS; step++) {
            SessionFactory node = OfficeWrites.one(random, nodes.nodes());
            String done = random.nextInt(8) == 0 ? writes.stateless(node) : writes.transaction(node);
            Map<String, Function<Session, Object>> all = OfficeReads.draw(random);
            for (int i = 0; i < READS; i++) {
                String name = OfficeWrites.one(random, List.copyOf(all.keySet()));
                Object expected = nodes.direct().fromTransaction(all.get(name)::apply);
                for (SessionFactory each : nodes.nodes()) {
                    for (int time = 1; time <= 2; time++) {
                        reads++;
                        assertThat(each.<Object>fromTransaction(all.get(name)::apply))
                                .as("%s, seed %d, step %d after %s, time %d", name, SEED, step, done, time)
                                .isEqualTo(expected);
                    }
                }
            }
        }
        System.out.printf("hits %d of %d reads, seed %d, %s%n", nodes.hits(), reads, SEED, nodes.statistics());
        assertThat(nodes.hits()).as("%d reads, %s", reads, nodes.statistics()).isGreaterThan(reads * 3 / 10);
    }
}
