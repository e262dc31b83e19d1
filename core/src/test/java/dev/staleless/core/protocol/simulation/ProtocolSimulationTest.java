package dev.staleless.core.protocol.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.staleless.core.protocol.simulation.World.Tally;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** No interleaving, crash or loss within the bounds makes anything stale. */
class ProtocolSimulationTest {

    private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.staleless");

    @BeforeAll
    static void silence() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        LOG.setLevel(null);
    }

    @ParameterizedTest
    @CsvSource({
        "WRITER_AND_READER, 3, 0, 20000",
        "WRITER_AND_TWO_READERS, 2, 0, 20000",
        "TRANSACTIONS, 2, 0, 20000",
        "ENLISTING, 3, 0, 20000",
        "CRASH, 1, 1, 20000",
        "LOSSES, 2, 0, 20000",
        "PAUSE, 2, 0, 20000",
        "PAUSE_WHILE_ENLISTING, 2, 0, 20000",
        "NO_ANSWER, 1, 1, 20000"
    })
    void nothingIsStaleWithinTheBounds(Scenario scenario, int preemptions, int faults, int runs) {
        Tally tally = new Tally();
        long start = System.nanoTime();
        Exploration.Result result =
                Exploration.exhaust(preemptions, faults, runs, choices -> scenario.play(choices, Bugs.NONE, tally));
        System.out.println(scenario + " " + (System.nanoTime() - start) / 1_000_000 + " ms, runs " + result.runs()
                + " complete " + result.complete() + " " + tally);
        assertThat(result.failure()).isNull();
        assertThat(tally.hits).isPositive();
    }
}
