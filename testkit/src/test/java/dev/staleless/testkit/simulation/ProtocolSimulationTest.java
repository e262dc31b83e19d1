package dev.staleless.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.staleless.testkit.simulation.World.Tally;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** No interleaving, crash or loss within the bounds makes anything stale. */
class ProtocolSimulationTest {

    private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.staleless");

    /** Of each scenario; a tenth of that at random. More by {@code -Dtests.simulation.runs}. */
    private static final int RUNS = Integer.getInteger("tests.simulation.runs", 800);

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
        "WRITER_AND_READER, 2, 0",
        "WRITER_AND_TWO_READERS, 2, 0",
        "TWO_FILLS, 2, 0",
        "TWO_WRITES, 2, 0",
        "JUDGED_BY_ONE_LOG, 2, 0",
        "TWO_NODES, 2, 0",
        "ENLISTING_ON_ANOTHER_NODE, 2, 0",
        "TRANSACTIONS, 2, 0",
        "ENLISTING, 3, 0",
        "CRASH, 1, 1",
        "LOSSES, 2, 0",
        "LOSS_DURING_A_SLOW_COMMIT, 2, 0",
        "PAUSE, 2, 0",
        "PAUSE_WHILE_ENLISTING, 1, 0",
        "NO_ANSWER, 1, 1",
        "STATEMENT_WITHOUT_CLIENT, 1, 1",
        "TWO_WRITERS, 2, 0",
        "TRIMMED_IN_FLIGHT, 1, 0",
        "ANSWER_LOST_LATE, 1, 0",
        "PAUSE_WHILE_ENLISTING_SHORT, 1, 0",
        "SCHEMA_CHANGE, 1, 0",
        "SCHEMA_CHANGE_AND_CRASH, 0, 1",
        "CUT_OFF, 1, 0",
        "BACK_DURING_A_COMMIT, 1, 0",
        "TWO_CUT_OFF, 1, 0",
        "CUT_OFF_AND_CRASHED, 0, 1",
        "CUT_OFF_BESIDE_A_PAUSE, 1, 0",
        "CUT_OFF_BESIDE_A_SLEEPER, 2, 0",
        "CRASH_UNDER_READS, 0, 1",
        "LATE_ANSWER_AND_CRASH, 0, 1",
        "WRITER_AND_CLAIMING_READER, 2, 0",
        "ONE_FILLS_FOR_ALL, 1, 1",
        "TAKING_OUT, 1, 0",
        "STALE_WITHIN_A_BOUND, 1, 0",
        "BEGUN_AGAIN, 1, 0",
        "NEAR, 1, 0",
        "NEAR_BROKEN, 1, 0",
        "NEAR_AND_LATE, 1, 0",
        "FILL_OVERTAKEN, 1, 0",
        "VALUES, 1, 0",
        "VALUES_OF_TWO_TABLES, 1, 0"
    })
    void nothingIsStaleWithinTheBounds(Scenario scenario, int switches, int faults) {
        Tally tally = new Tally();
        Exploration.Result result =
                Exploration.exhaust(switches, faults, RUNS, choices -> scenario.play(choices, Bugs.NONE, tally));
        assertThat(result.failure()).isNull();
        assertThat(tally.hits + tally.values).as(tally.toString()).isPositive();
    }

    /** Else the near caches would not have been tried. */
    @ParameterizedTest
    @EnumSource(names = {"NEAR", "NEAR_BROKEN", "NEAR_AND_LATE"})
    void somethingIsServedWithoutAskingTheStore(Scenario scenario) {
        Tally tally = new Tally();
        Exploration.exhaust(1, 0, 5, choices -> scenario.play(choices, Bugs.NONE, tally));
        assertThat(tally.near).as(tally.toString()).isGreaterThan(10);
    }

    /** Else the bound would not have been tried. */
    @Test
    void somethingIsServedStaleWhereThatIsAllowed() {
        Tally tally = new Tally();
        Exploration.exhaust(1, 0, 20, choices -> Scenario.STALE_WITHIN_A_BOUND.play(choices, Bugs.NONE, tally));
        assertThat(tally.servedStale).as(tally.toString()).isPositive();
    }

    /** The larger ones are for the benchmark. */
    @ParameterizedTest
    @EnumSource(names = {"A_WRITER_AND_A_READER", "A_WRITER_AND_TWO_READERS", "A_CRASH_AND_A_LOSS"})
    void nothingIsStaleInAnyState(Scenario scenario) {
        Tally tally = new Tally();
        Exploration.Result result =
                Exploration.everything(Integer.MAX_VALUE, choices -> scenario.play(choices, Bugs.NONE, tally));
        assertThat(result.failure()).isNull();
        assertThat(result.complete()).isTrue();
        assertThat(tally.hits).as(tally.toString()).isPositive();
    }

    @Test
    void stepsTakenAtOnceHideNoEnd() {
        Set<Long> ends = ends(new StateSearch(true), Scenario.A_WRITER_AND_A_READER);
        assertThat(ends).hasSizeGreaterThan(10);
        assertThat(ends(new StateSearch(false), Scenario.A_WRITER_AND_A_READER)).isEqualTo(ends);
    }

    private static Set<Long> ends(StateSearch search, Scenario scenario) {
        Exploration.Result result = Exploration.everything(
                search, Integer.MAX_VALUE, choices -> scenario.play(choices, Bugs.NONE, new Tally()));
        assertThat(result.complete()).isTrue();
        return search.ends();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 100_000})
    void nothingIsStaleAtRandom(long seed) {
        Tally tally = new Tally();
        Exploration.Result result = Exploration.random(
                seed, RUNS / 10, 0.05, 0.002, choices -> Scenario.EVERYTHING.play(choices, Bugs.NONE, tally));
        assertThat(result.failure()).isNull();
        assertThat(tally.hits).as(tally.toString()).isPositive();
    }
}
