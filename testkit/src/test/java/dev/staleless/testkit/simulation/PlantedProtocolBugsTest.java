package dev.staleless.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.staleless.testkit.simulation.World.Tally;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** The simulation finds each of the planted bugs, so that it would find their like in the protocol. */
class PlantedProtocolBugsTest {

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
    @EnumSource
    void isFound(PlantedBug bug) {
        Tally tally = new Tally();
        Exploration.Result result = null;
        for (int switches = 0; switches <= 3 && (result == null || result.failure() == null); switches++) {
            result = Exploration.exhaust(switches, 1, 20_000, choices -> bug.scenario.play(choices, bug, tally));
        }
        assertThat(result.failure()).containsAnyOf("STALE", "DIRTY", "PARTIAL");
    }
}
