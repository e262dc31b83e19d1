package dev.staleless.integration.facade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.store.near.NearSettings;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.redis.RedisStore;
import dev.staleless.testkit.server.RedisServer;
import dev.staleless.testkit.staleness.CheckReport;
import dev.staleless.testkit.staleness.CheckSettings;
import dev.staleless.testkit.staleness.StalenessChecker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Random queries and writes through two nodes with a near cache each: no read misses a commit for longer than the bound. */
class NearStalenessTest {

    private static final long SEED = Long.getLong("tests.seed", 20261124L);
    private static final Duration DURATION = Duration.ofSeconds(Long.getLong("tests.seconds", 4));

    @Test
    void nothingIsReadThatIsOlderThanTheBound() throws Exception {
        try (TwoNodes nodes = TwoNodes.over("SELECT 1")) {
            List<StalelessDataSource> started = new ArrayList<>();
            String namespace = "near" + UUID.randomUUID().toString().substring(0, 8);
            CheckSettings settings = CheckSettings.of(SEED, DURATION).withLag(NearSettings.DEFAULTS.bound());
            CheckReport report = new StalenessChecker(settings, nodes.pool(), List.of()).run(tables -> {
                for (int i = 0; i < 2; i++) {
                    RedisStore store = RedisStore.builder(RedisServer.shared().uri())
                            .near(true)
                            .build();
                    started.add(nodes.start(nodes.wrap(store).namespace(namespace)));
                }
                return List.<DataSource>copyOf(started);
            });
            assertThat(report.stale()).as("seed %s", SEED).isEmpty();
            assertThat(report.checks()).isPositive();
            assertThat(started.stream().mapToLong(node -> node.statistics().hits()))
                    .as("hits of the nodes")
                    .allMatch(hits -> hits > 0);
        }
    }
}
