package dev.staleless.benchmarks;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.staleless.testkit.simulation.ProtocolSimulation;
import java.io.PrintStream;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Runs the protocol over simulated servers, in schedules drawn at random, or in all there are for a few threads. */
public final class SimulateBench implements Bench {

    /** What can be set on the command line. */
    private static final class Options {
        @Option(names = "--steps", defaultValue = "1000000", description = "steps to take")
        long steps;

        @Option(names = "--seed", defaultValue = "1", description = "of the first schedule")
        long seed;

        @Option(names = "--exhaustive", defaultValue = "0", description = "schedules of each small scenario instead")
        int exhaustive;
    }

    @Override
    public String name() {
        return "simulate";
    }

    @Override
    public String description() {
        return "the protocol in simulated time, under crashes, losses and outages [--steps --seed --exhaustive]";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) {
        Options options = BenchOptions.parse(new Options(), arguments);
        BenchOptions.between("--steps", options.steps, 1, Long.MAX_VALUE);
        BenchOptions.between("--exhaustive", options.exhaustive, 0, Integer.MAX_VALUE);
        // the faults are logged by the protocol, and wanted
        ((Logger) LoggerFactory.getLogger("dev.staleless")).setLevel(Level.OFF);
        return options.exhaustive > 0 ? exhaustive(options, out) : random(options, out);
    }

    private static int random(Options options, PrintStream out) {
        ProtocolSimulation.Result result = ProtocolSimulation.random(options.seed, options.steps);
        out.println(result.happened());
        return told(result.violation(), result.steps(), result.schedules(), out);
    }

    private static int exhaustive(Options options, PrintStream out) {
        long steps = 0;
        long schedules = 0;
        String violation = null;
        for (String scenario : ProtocolSimulation.bounded()) {
            ProtocolSimulation.Result result = ProtocolSimulation.exhaustive(scenario, options.exhaustive);
            out.printf(
                    "%-26s %,10d states, %,10d schedules, %s: %s%n",
                    scenario,
                    result.states(),
                    result.schedules(),
                    result.complete() ? "complete" : "not complete",
                    result.happened());
            steps += result.steps();
            schedules += result.schedules();
            violation = violation == null ? result.violation() : violation;
        }
        return told(violation, steps, schedules, out);
    }

    private static int told(
            @org.jspecify.annotations.Nullable String violation, long steps, long schedules, PrintStream out) {
        if (violation != null) {
            out.println(violation);
        }
        out.printf(
                "RESULT simulate steps=%d schedules=%d violations=%d%n", steps, schedules, violation == null ? 0 : 1);
        return violation == null ? 0 : 1;
    }
}
