package dev.staleless.testkit.simulation;

import dev.staleless.testkit.simulation.World.Tally;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs the protocol, the real code, over a simulated store, database and coordination tables, and looks for anything stale,
 * dirty, or not the transaction's own. Deterministic: a seed tells the schedule.
 */
public final class ProtocolSimulation {

    private static final double SWITCH = 0.05;
    private static final double FAULT = 0.002;

    private ProtocolSimulation() {}

    /**
     * What was found.
     *
     * @param steps taken, over all schedules
     * @param states told apart, in an exhaustive run
     * @param complete whether everything within the bounds was tried
     * @param violation what went wrong, with its trace; null if nothing did
     */
    public record Result(
            long steps,
            long schedules,
            int states,
            boolean complete,
            @Nullable String violation,
            String happened) {}

    /** The scenarios whose interleavings are few enough to be tried all. */
    public static List<String> bounded() {
        return List.of(
                "A_WRITER_AND_A_READER",
                "A_WRITER_AND_TWO_READERS",
                "TWO_WRITERS_AND_A_READER",
                "A_CRASH_AND_A_LOSS",
                "A_FAULT",
                "TWO_FAULTS");
    }

    /**
     * Random schedules of every scenario in turn, until so many steps were taken.
     *
     * @param seed of the first; those that follow have the next ones
     */
    public static Result random(long seed, long steps) {
        Tally tally = new Tally();
        List<Scenario> scenarios = Arrays.asList(Scenario.values());
        long schedules = 0;
        while (tally.steps < steps) {
            // every other one is of everything at once
            Scenario scenario =
                    schedules % 2 == 0 ? Scenario.EVERYTHING : scenarios.get((int) (schedules / 2 % scenarios.size()));
            Exploration.Result result = Exploration.random(
                    seed + schedules, 1, SWITCH, FAULT, choices -> scenario.play(choices, Bugs.NONE, tally));
            schedules++;
            if (result.failure() != null) {
                return new Result(
                        tally.steps, schedules, 0, false, scenario + ", " + result.failure(), tally.toString());
            }
        }
        return new Result(tally.steps, schedules, 0, false, null, tally.toString());
    }

    /**
     * Every state of a scenario that can be reached, and every way out of each.
     *
     * @param scenario one of {@link #bounded}
     * @param most schedules
     */
    public static Result exhaustive(String scenario, int most) {
        Tally tally = new Tally();
        Exploration.Result result = Exploration.everything(
                most, choices -> Scenario.valueOf(scenario).play(choices, Bugs.NONE, tally));
        return new Result(
                tally.steps, result.runs(), result.states(), result.complete(), result.failure(), tally.toString());
    }
}
