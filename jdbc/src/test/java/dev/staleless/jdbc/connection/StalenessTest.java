package dev.staleless.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.jdbc.admission.Restless;
import dev.staleless.testkit.staleness.CheckReport;
import dev.staleless.testkit.staleness.CheckSettings;
import dev.staleless.testkit.staleness.StalenessChecker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Random queries and writes of several threads through the wrapped data source; the database is the judge. Of the two data
 * sources one caches each query now, and not then. */
class StalenessTest {
    private static final long SEED = Long.getLong("tests.seed", 20261123L);
    private static final Duration DURATION = Duration.ofSeconds(Long.getLong("tests.seconds", 8));

    @Test
    void nothingStaleIsRead() throws Exception {
        try (CachedDatabase database = CachedDatabase.of("")) {
            CheckReport report = new StalenessChecker(CheckSettings.of(SEED, DURATION), database.pool, List.of())
                    .run(tables -> {
                        database.cacheNewTables();
                        return List.of(database.cached, database.caching(database.pool, Restless.shapes()));
                    });
            assertThat(report.stale()).as("seed %s", SEED).isEmpty();
            assertThat(report.checks()).isPositive();
            assertThat(database.hits()).isPositive();
        }
    }
}
