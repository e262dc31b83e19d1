package dev.staleless.integration.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.store.StoreProvider;
import dev.staleless.core.store.memory.MemoryStore;
import dev.staleless.redis.RedisStore;
import dev.staleless.testkit.server.RedisServer;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;

/**
 * Hibernate over the cache. After each write every kind of read is done on every node, twice, and each time has to yield what
 * the same read yields on a data source that does not go through the cache.
 */
class HibernateTest {

    private static final UUID PRODUCT = new UUID(0, 1);

    private static final Set<String> POSTGRES_ONLY = Set.of("native upsert", "native delete using", "truncate");

    private final Reads reads = new Reads(PRODUCT);
    private final Writes writes = new Writes(PRODUCT);

    @Test
    void neverReadsStaleOverAStoreInTheProcess() throws Exception {
        run(1, MemoryStore.create());
    }

    @Test
    void neverReadsStaleOnTwoNodesThatShareRedis() throws Exception {
        run(2, RedisStore.connect(RedisServer.shared().uri()));
    }

    @Test
    void neverReadsStaleOverH2() throws Exception {
        // Those written in PostgreSQL's SQL.
        POSTGRES_ONLY.forEach(writes.all()::remove);
        run(Nodes.startOnH2(1, MemoryStore.create()));
    }

    @Test
    void readsItsOwnUncommittedChanges() throws Exception {
        try (Nodes nodes =
                Nodes.start(2, RedisStore.connect(RedisServer.shared().uri()))) {
            Writes.fill(nodes.node(0), PRODUCT);
            compare(nodes, "the first rows");
            for (int turn = 0; turn < 2; turn++) {
                try (Session session = nodes.node(turn).openSession()) {
                    session.beginTransaction();
                    session.createMutationQuery("update Customer c set c.name = concat(c.name, '?') where c.id < 3")
                            .executeUpdate();
                    String own = session.createSelectionQuery(
                                    "select c.name from Customer c where c.id = 1", String.class)
                            .getSingleResult();
                    assertThat(own).endsWith("?");
                    compare(nodes, "what is not committed");
                    session.getTransaction().rollback();
                }
                compare(nodes, "what was rolled back");
            }
        }
    }

    private void run(int count, StoreProvider store) throws Exception {
        run(Nodes.start(count, store));
    }

    private void run(Nodes started) throws Exception {
        try (Nodes nodes = started) {
            Writes.fill(nodes.node(0), PRODUCT);
            compare(nodes, "the first rows");
            int turn = 0;
            for (Map.Entry<String, Consumer<SessionFactory>> write :
                    writes.all().entrySet()) {
                write.getValue().accept(nodes.node(turn++));
                compare(nodes, write.getKey());
            }
            assertThat(nodes.hits()).as(nodes.statistics()).isGreaterThan(turn);
        }
    }

    private void compare(Nodes nodes, String after) {
        for (Map.Entry<String, Function<Session, Object>> read : reads.all().entrySet()) {
            Object expected = nodes.direct().fromTransaction(read.getValue()::apply);
            for (int node = 0; node < nodes.count(); node++) {
                for (int time = 1; time <= 2; time++) {
                    Object seen = nodes.node(node).fromTransaction(read.getValue()::apply);
                    assertThat(seen)
                            .as("%s, after %s, node %d, time %d", read.getKey(), after, node, time)
                            .isEqualTo(expected);
                }
            }
        }
    }
}
