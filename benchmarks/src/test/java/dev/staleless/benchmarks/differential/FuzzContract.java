package dev.staleless.benchmarks.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A short run of the fuzzer on one database, for the product and for what is planted into it. {@code -Dtests.fuzz.seed} and
 * {@code -Dtests.fuzz.pairs} choose another one; long ones are {@code ./staleless bench fuzz}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FuzzContract {

    private static final Logger LOG = LoggerFactory.getLogger(FuzzContract.class);

    private final long seed;
    private final long pairs;
    private List<String> stale = List.of();
    private Tally tally = new Tally();

    FuzzContract(long seed, long pairs) {
        this.seed = Long.getLong("tests.fuzz.seed", seed);
        this.pairs = Long.getLong("tests.fuzz.pairs", pairs);
    }

    abstract FuzzDatabase open();

    /** Planted bugs that so many pairs surely show. */
    abstract List<String> found();

    @BeforeAll
    final void run() throws Exception {
        try (FuzzDatabase database = open()) {
            Fuzzer fuzzer = new Fuzzer(database, PlantedFaults.all(), 2, 1);
            tally = fuzzer.run("fuzz", seed, pairs);
            stale = fuzzer.describe("fuzz_small", tally);
        }
        LOG.info("seed={} pairs={} needed={} needless={}", seed, tally.pairs, tally.needed, tally.needless);
        LOG.info("planted bugs, and after how many pairs they were found: {}", tally.found);
    }

    @Test
    final void noResultThatAWriteChangedIsKept() {
        assertThat(String.join("\n", stale)).as("seed " + seed).isEmpty();
        assertThat(tally.stale).isZero();
        assertThat(tally.broken).isEmpty();
    }

    @Test
    final void plantedBugsAreFound() {
        assertThat(tally.found.keySet())
                .as("found after so many pairs " + tally.found)
                .containsAll(found());
    }

    @Test
    final void mostQueriesAndWritesAreTaken() {
        assertThat(tally.needed).as("results that changed").isGreaterThan(tally.pairs / 20);
        assertThat(tally.keptBecause).as("reasons to keep a result").hasSizeGreaterThanOrEqualTo(4);
        assertThat(tally.failedQueries).as("queries that the database refuses").isLessThan(tally.pairs / 50);
    }
}
