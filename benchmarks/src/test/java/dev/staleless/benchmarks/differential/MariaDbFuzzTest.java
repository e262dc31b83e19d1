package dev.staleless.benchmarks.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.staleless.testkit.server.MariaDbServer;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A short run of the fuzzer. {@code -Dstaleless.fuzz.seed} and {@code -Dstaleless.fuzz.pairs} choose another one; long ones are
 * {@code ./staleless bench fuzz --database=mariadb}.
 */
class MariaDbFuzzTest {

    private static final Logger LOG = LoggerFactory.getLogger(MariaDbFuzzTest.class);
    private static final long SEED = Long.getLong("staleless.fuzz.seed", 110);
    private static final long PAIRS = Long.getLong("staleless.fuzz.pairs", 1_500);

    private static List<String> stale;
    private static Tally tally;

    /** One run, for the product and for what is planted into it. */
    @BeforeAll
    static void run() throws Exception {
        assumeTrue(MariaDbServer.isSupported(), "the binaries are for Linux on x86-64");
        try (FuzzDatabase database = FuzzDatabase.mariadb(MariaDbServer.shared(), false)) {
            Fuzzer fuzzer = new Fuzzer(database, PlantedFaults.all(), 2, 1);
            tally = fuzzer.run("fuzz", SEED, PAIRS);
            stale = fuzzer.describe("fuzz_small", tally);
        }
        LOG.info("seed={} pairs={} needed={} needless={}", SEED, tally.pairs, tally.needed, tally.needless);
        LOG.info("planted bugs, and after how many pairs they were found: {}", tally.found);
    }

    @Test
    void noResultThatAWriteChangedIsKept() {
        assertThat(String.join("\n", stale)).as("seed " + SEED).isEmpty();
        assertThat(tally.stale).isZero();
    }

    @Test
    void plantedBugsAreFound() {
        assertThat(tally.found.keySet())
                .as("found after so many pairs " + tally.found)
                .contains(
                        "the row before an UPDATE is not looked at",
                        "an occurrence in a sub-query is overlooked",
                        "every condition is a conjunct");
    }

    @Test
    void mostQueriesAndWritesAreTaken() {
        assertThat(tally.needed).as("results that changed").isGreaterThan(tally.pairs / 20);
        assertThat(tally.keptBecause).as("reasons to keep a result").hasSizeGreaterThanOrEqualTo(4);
        assertThat(tally.failedQueries).as("queries that the database refuses").isLessThan(tally.pairs / 50);
    }
}
