package dev.staleless.benchmarks.speed;

import dev.staleless.benchmarks.BenchOptions;
import java.util.List;
import picocli.CommandLine.Option;

/** How long is measured. */
final class SpeedOptions {

    @Option(names = "--rounds", defaultValue = "7", description = "rounds, of which the medians are taken")
    int rounds;

    @Option(names = "--window", defaultValue = "500", description = "milliseconds of each variant in each round")
    long window;

    static SpeedOptions parse(List<String> arguments) {
        SpeedOptions options = BenchOptions.parse(new SpeedOptions(), arguments);
        BenchOptions.between("--rounds", options.rounds, 1, 1_000);
        BenchOptions.between("--window", options.window, 10, 60_000);
        return options;
    }

    Rounds rounds(int threads, int batch) {
        return new Rounds(threads, rounds, window, batch);
    }
}
