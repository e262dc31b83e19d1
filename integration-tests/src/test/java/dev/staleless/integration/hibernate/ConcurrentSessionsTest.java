package dev.staleless.integration.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.store.StoreProvider;
import dev.staleless.core.store.memory.MemoryStore;
import dev.staleless.redis.RedisStore;
import dev.staleless.testkit.server.RedisServer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

/**
 * Sessions of several threads on one or two nodes. Each product's price only grows, and what was committed is noted before the
 * next write of it begins: so a read that begins later must not see less.
 */
class ConcurrentSessionsTest {

    private static final int PRODUCTS = 6;
    private static final int THREADS = 6;
    private static final int STEPS = 250;
    private static final long SEED = Long.getLong("tests.seed", 20_240_501L);

    private final AtomicReferenceArray<BigDecimal> committed = new AtomicReferenceArray<>(PRODUCTS);
    private final Object[] locks = new Object[PRODUCTS];
    private final AtomicLong reads = new AtomicLong();

    @Test
    void neverSeeLessThanWasCommittedOverAStoreInTheProcess() throws Exception {
        run(1, MemoryStore.create());
    }

    @Test
    void neverSeeLessThanWasCommittedOnTwoNodesThatShareRedis() throws Exception {
        run(2, RedisStore.connect(RedisServer.shared().uri()));
    }

    private void run(int count, StoreProvider store) throws Exception {
        try (Nodes nodes = Nodes.start(count, store)) {
            nodes.node(0).inTransaction(session -> {
                for (int i = 0; i < PRODUCTS; i++) {
                    session.persist(new Product(id(i), "Product " + i, BigDecimal.ONE));
                    committed.set(i, BigDecimal.ONE);
                    locks[i] = new Object();
                }
            });
            ExecutorService executor = Executors.newFixedThreadPool(THREADS);
            try {
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    Random random = new Random(SEED + i);
                    running.add(executor.submit(() -> work(nodes, random)));
                }
                for (Future<?> each : running) {
                    each.get();
                }
            } finally {
                executor.shutdownNow();
            }
            assertThat(nodes.hits()).as(nodes.statistics()).isGreaterThan(reads.get() / 10);
        }
    }

    private static UUID id(int product) {
        return new UUID(7, product);
    }

    private void work(Nodes nodes, Random random) {
        for (int step = 0; step < STEPS; step++) {
            int product = random.nextInt(PRODUCTS);
            int node = random.nextInt(nodes.count());
            if (random.nextInt(5) == 0) {
                write(nodes, node, product, random);
            } else {
                read(nodes, node, product, random.nextInt(READS.size()));
            }
        }
    }

    private void write(Nodes nodes, int node, int product, Random random) {
        boolean bulk = random.nextBoolean();
        boolean rollback = random.nextInt(4) == 0;
        synchronized (locks[product]) {
            BigDecimal next = committed.get(product).add(BigDecimal.ONE);
            try (Session session = nodes.node(node).openSession()) {
                session.beginTransaction();
                if (bulk) {
                    session.createMutationQuery("update Product p set p.price = :price where p.id = :id")
                            .setParameter("price", rollback ? next.add(new BigDecimal(1_000)) : next)
                            .setParameter("id", id(product))
                            .executeUpdate();
                } else {
                    session.find(Product.class, id(product)).price = rollback ? next.add(new BigDecimal(1_000)) : next;
                    session.flush();
                }
                if (rollback) {
                    session.getTransaction().rollback();
                } else {
                    session.getTransaction().commit();
                    committed.set(product, next);
                }
            }
        }
    }

    private static final List<Function<Session, Function<UUID, BigDecimal>>> READS =
            List.of(
                    session -> id -> session.find(Product.class, id).price,
                    session -> id -> session.createSelectionQuery(
                                    "select p.price from Product p where p.id = :id", BigDecimal.class)
                            .setParameter("id", id)
                            .getSingleResult(),
                    session -> id -> session
                            .createSelectionQuery("from Product p where p.price > 0 order by p.price", Product.class)
                            .list()
                            .stream()
                            .filter(product -> product.id.equals(id))
                            .findFirst()
                            .orElseThrow()
                            .price,
                    session -> id -> session.createSelectionQuery(
                                    "select max(p.price) from Product p where p.id in (:ids)", BigDecimal.class)
                            .setParameterList("ids", List.of(id))
                            .getSingleResult());

    private void read(Nodes nodes, int node, int product, int kind) {
        BigDecimal atLeast = committed.get(product);
        BigDecimal seen = nodes.node(node)
                .fromTransaction(session -> READS.get(kind).apply(session).apply(id(product)));
        reads.incrementAndGet();
        assertThat(seen).as("kind %d, seed %d", kind, SEED).isGreaterThanOrEqualTo(atLeast);
        assertThat(seen).as("a rolled back price").isLessThan(new BigDecimal(1_000));
    }
}
