package dev.staleless.integration.facade;

import static dev.staleless.integration.facade.TwoNodes.awaitHit;
import static dev.staleless.integration.facade.TwoNodes.query;
import static dev.staleless.integration.facade.TwoNodes.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.store.memory.MemoryStore;
import dev.staleless.jdbc.Mode;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.jdbc.policy.FrontListener.Comparison;
import dev.staleless.jdbc.statistics.FrontStatistics;
import dev.staleless.jdbc.statistics.StatementStatistics;
import dev.staleless.redis.RedisStore;
import dev.staleless.testkit.server.RedisServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hits that are compared with the database, and what a node tells that only reports. */
class VerifyTest {

    private static final long SEED = Long.getLong("tests.seed", 20_261_125L);
    private static final String ONE = "SELECT name FROM product WHERE id = 1";
    private static final String MANY = "SELECT * FROM product WHERE price < 50";

    private TwoNodes nodes;

    @BeforeEach
    void start() throws SQLException {
        nodes = TwoNodes.over("""
        CREATE TABLE product (id int PRIMARY KEY, name text NOT NULL, price numeric(8, 2), weight float4, since timestamptz,
          photo bytea, tags text[], ref uuid);
        INSERT INTO product SELECT i, 'old', i * 7.5, i / 3.0, '2026-01-01 12:00+01'::timestamptz + i * '1 day'::interval,
          decode('00ff', 'hex'), ARRAY['a', 'b c'], md5(i::text)::uuid FROM generate_series(1, 12) i""");
    }

    @AfterEach
    void stop() throws Exception {
        nodes.close();
    }

    private static long compared(StalelessDataSource node, Comparison outcome) {
        return node.queries().compared().getOrDefault(outcome, 0L);
    }

    @Test
    void aResultThatAWriterPastTheNodesHasMadeStaleIsFoundAndDroppedOnAllOfThem() throws Exception {
        try (RedisServer redis = RedisServer.start()) {
            StalelessDataSource verifying =
                    nodes.start(nodes.wrap(RedisStore.connect(redis.uri())).verify(1));
            StalelessDataSource serving = nodes.start(nodes.wrap(RedisStore.connect(redis.uri())));
            awaitHit(verifying, ONE);
            awaitHit(serving, ONE);
            long same = compared(verifying, Comparison.SAME);
            assertThat(same).isPositive();

            write(nodes.pool(), "UPDATE product SET name = 'unseen' WHERE id = 1");
            assertThat(query(serving, ONE)).as("nobody told").isEqualTo("old");
            assertThat(query(verifying, ONE)).isEqualTo("unseen");
            assertThat(compared(verifying, Comparison.STALE)).isEqualTo(1);
            assertThat(query(serving, ONE)).isEqualTo("unseen");
            assertThat(awaitHit(verifying, ONE)).isEqualTo("unseen");
            assertThat(compared(verifying, Comparison.STALE)).isEqualTo(1);
            assertThat(compared(verifying, Comparison.UNDECIDED)).isZero();
        }
    }

    @Test
    void whatIsRightIsTheSameWhateverFormTheDriverHasForIt() throws SQLException {
        StalelessDataSource node = nodes.start(nodes.wrap(MemoryStore.create()).verify(1));
        awaitHit(node, MANY);
        try (Connection connection = node.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT * FROM product WHERE price < ?")) {
            // from the fifth on the driver asks for binary values
            for (int i = 0; i < 12; i++) {
                statement.setInt(1, 50);
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                }
            }
        }
        assertThat(compared(node, Comparison.SAME)).isGreaterThanOrEqualTo(10);
        assertThat(compared(node, Comparison.STALE)).isZero();
        assertThat(compared(node, Comparison.UNDECIDED)).isZero();
    }

    @Test
    void writesAtTheSameTimeAreNoStaleResults() throws Exception {
        StalelessDataSource node = nodes.start(nodes.wrap(MemoryStore.create()).verify(1));
        awaitHit(node, ONE);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Random random = new Random(SEED + i);
                boolean writes = i == 0;
                Callable<Void> work = () -> {
                    for (int step = 0; step < 150; step++) {
                        int id = 1 + random.nextInt(3);
                        if (writes) {
                            write(node, "UPDATE product SET price = price + 1 WHERE id = " + id);
                        } else {
                            query(node, "SELECT price FROM product WHERE id = " + id);
                        }
                    }
                    return null;
                };
                all.add(threads.submit(work));
            }
            for (Future<Void> each : all) {
                each.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(compared(node, Comparison.STALE)).as("seed %d", SEED).isZero();
        assertThat(compared(node, Comparison.SAME)).isPositive();
    }

    @Test
    void anUncommittedChangeOfTheTransactionItselfIsNoStaleResult() throws SQLException {
        StalelessDataSource node = nodes.start(nodes.wrap(MemoryStore.create()).verify(1));
        awaitHit(node, ONE);
        try (Connection connection = node.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("UPDATE product SET name = 'mine' WHERE id = 2");
            long same = compared(node, Comparison.SAME);
            statement.executeQuery(ONE);
            assertThat(compared(node, Comparison.SAME)).isEqualTo(same + 1);
            statement.executeUpdate("UPDATE product SET name = 'mine' WHERE id = 1");
            try (ResultSet rows = statement.executeQuery(ONE)) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("mine");
            }
            connection.rollback();
        }
        assertThat(compared(node, Comparison.STALE)).isZero();
    }

    @Test
    void theShareIsASettingAndCanBeChanged() throws SQLException {
        StalelessDataSource node =
                nodes.start(nodes.wrap(MemoryStore.create()).properties(Map.of("staleless.verify", "0.5")));
        assertThat(node.verify()).isEqualTo(0.5);
        awaitHit(node, ONE);
        node.verify(0);
        long all = compared(node, Comparison.SAME);
        query(node, ONE);
        assertThat(compared(node, Comparison.SAME)).isEqualTo(all);
        node.verify(1);
        query(node, ONE);
        assertThat(compared(node, Comparison.SAME)).isEqualTo(all + 1);
        assertThatThrownBy(() -> node.verify(1.5)).hasMessageContaining("0 to 1");
        assertThatThrownBy(() -> nodes.wrap(MemoryStore.create()).properties(Map.of("staleless.verify", "often")))
                .hasMessageContaining("staleless.verify = often");
    }

    @Test
    void aNodeThatOnlyReportsTellsWhatItWouldHaveCached() throws SQLException {
        StalelessDataSource node = nodes.start(nodes.wrap(MemoryStore.create()).mode(Mode.REPORT));
        for (int i = 0; i < 3; i++) {
            query(node, ONE);
        }
        query(node, "SELECT now(), name FROM product WHERE id = 1");
        FrontStatistics.Snapshot told = node.queries();
        StatementStatistics one = told.statements().get(0);
        assertThat(told.statements()).hasSize(1);
        assertThat(one.reportedOnly()).isEqualTo(3);
        assertThat(one.again()).isEqualTo(2);
        assertThat(one.hits()).isZero();
        assertThat(told.passedThrough())
                .containsEntry("the node only reports", 3L)
                .hasSize(2);
    }

    @Test
    void statementsAreCountedWithWhatTheyCostAndSpare() throws SQLException {
        StalelessDataSource node = nodes.start(nodes.wrap(MemoryStore.create()));
        awaitHit(node, ONE);
        write(node, "UPDATE product SET name = 'new' WHERE id = 1");
        query(node, ONE);
        write(node, "UPDATE product SET weight = weight WHERE price = price");
        awaitHit(node, "SELECT count(*) FROM product");
        FrontStatistics.Snapshot told = node.queries();
        StatementStatistics most = told.top(FrontStatistics.Order.MISSES, 1).get(0);
        assertThat(most.sql()).contains("product");
        StatementStatistics one = told.statements().stream()
                .filter(each -> each.sql().contains("name"))
                .findFirst()
                .orElseThrow();
        assertThat(one.hits()).isPositive();
        assertThat(one.dropped()).isEqualTo(1);
        assertThat(one.databaseTime()).isPositive();
        assertThat(one.cacheTime()).isPositive();
        assertThat(told.dropped()).containsEntry(ChangeEvent.Kind.UPDATE, 1L);
        assertThat(node.profiles()).containsEntry("*.*", "all ttl=600s");
    }

    @Test
    void aDropIsNeedlessIfTheResultIsTheSameAgain() throws SQLException {
        StalelessDataSource node = nodes.start(nodes.wrap(MemoryStore.create()));
        String sum = "SELECT sum(price + 0) FROM product";
        awaitHit(node, sum);
        write(
                node,
                "UPDATE product SET price = price + 1 WHERE id = 1",
                "UPDATE product SET price = price - 1 WHERE id = 1");
        awaitHit(node, sum);
        assertThat(node.queries().needless()).isEqualTo(1);
    }
}
