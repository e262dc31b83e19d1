package dev.staleless.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.staleless.core.store.Store;
import dev.staleless.testkit.simulation.World.Tally;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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

    /** What the contract says that must not be got wrong. */
    private static final String[] OF_THE_CONTRACT = {
        "publish without the in-flight check",
        "heads read after the in-flight check",
        "append before begin",
        "resolve before commit",
        "offset without server ids",
        "a missing registry taken for an empty one",
        "a creation mark whose version is not in force",
        "an append replayed by the client",
        "a mark removed by transaction instead of exact value",
        "no late rule",
        "nothing appended before throwing",
        "a follower taking the leader's rows",
        "a transaction's events in two elements",
        "an entry patched in place",
        "entry without epoch",
        "watch counted from the answer",
        "watch asked after the store",
        "\"seen\" written before older decisions have ended",
        "a name used before it is in force",
        "a node gone after one lease",
        "another barrier's row adopted",
        "a barrier closed without the exclusive lock",
        "a partly read result published"
    };

    static Stream<Planted> bugs() {
        return Stream.concat(Stream.of(PlantedBug.values()), Stream.of(PlantedCopyBug.values()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void isFound(Planted bug) {
        Exploration.Result result = explore(bug);
        assertThat(result.failure()).containsAnyOf("STALE", "DIRTY", "PARTIAL");
    }

    private static Exploration.Result explore(Planted bug) {
        Tally tally = new Tally();
        Exploration.Result result = null;
        for (int switches = 0; switches <= 3 && (result == null || result.failure() == null); switches++) {
            result = Exploration.exhaust(
                    switches, 1, 20_000, choices -> bug.scenario().play(choices, bug, tally));
        }
        return result;
    }

    @Test
    void everythingThatTheContractWarnsOfIsAmongThem() {
        assertThat(bugs().map(Planted::toString)).contains(OF_THE_CONTRACT);
    }

    /** Fresh ids for each report would do without exact values, and the other way round: neither is relied on alone. */
    @Test
    void exactValuesMakeUpForTransactionIdsThatAreUsedAgain() {
        Bugs same = new Bugs() {
            @Override
            public Store store(SimulatedStore store) {
                return new SameTransactionsStore(store);
            }
        };
        Exploration.Result result =
                Exploration.exhaust(1, 0, 500, choices -> Scenario.BEGUN_AGAIN.play(choices, same, new Tally()));
        assertThat(result.failure()).isNull();
    }
}
