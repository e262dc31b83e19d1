package dev.staleless.integration.h2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.store.StoreProvider;
import dev.staleless.core.store.memory.MemoryStore;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.redis.RedisStore;
import dev.staleless.testkit.server.RedisServer;
import dev.staleless.testkit.staleness.CheckReport;
import dev.staleless.testkit.staleness.CheckSettings;
import dev.staleless.testkit.staleness.StalenessChecker;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Random queries and writes of several threads, over H2; the database is the judge. */
class H2StalenessTest {
    private static final long SEED = Long.getLong("tests.seed", 20261124L);
    private static final Duration DURATION = Duration.ofSeconds(Long.getLong("tests.seconds", 6));

    @Test
    void nothingStaleIsReadFromTheProcess() throws Exception {
        check(nodes -> List.of(nodes.start(nodes.wrap(MemoryStore.create()))));
    }

    @Test
    void nothingStaleIsReadFromEitherOfTwoNodes() throws Exception {
        check(nodes -> List.of(nodes.start(nodes.wrap(redis())), nodes.start(nodes.wrap(redis()))));
    }

    private static StoreProvider redis() {
        return RedisStore.connect(RedisServer.shared().uri());
    }

    /** Makes the nodes, once the tables are there. */
    private interface Nodes {
        List<StalelessDataSource> start(H2Nodes nodes) throws SQLException;
    }

    private static void check(Nodes made) throws Exception {
        try (H2Nodes nodes = H2Nodes.inMemory("")) {
            long[] hits = new long[1];
            List<StalelessDataSource> started = new java.util.ArrayList<>();
            CheckReport report = new StalenessChecker(CheckSettings.of(SEED, DURATION), nodes.pool(), List.of())
                    .run(tables -> {
                        try {
                            started.addAll(made.start(nodes));
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                        return List.<DataSource>copyOf(started);
                    });
            started.forEach(node -> hits[0] += node.statistics().hits());
            System.out.println("H2, seed " + SEED + ": " + report + ", hits=" + hits[0]);
            assertThat(report.stale()).as("seed %s", SEED).isEmpty();
            assertThat(report.checks()).isPositive();
            assertThat(hits[0]).isPositive();
        }
    }
}
