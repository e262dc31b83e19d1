package dev.staleless.cli;

import dev.staleless.benchmarks.Bench;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code staleless bench NAME}: runs one of the measurements that the class path offers. */
@Command(name = "bench", description = "Run a measurement; its last line is RESULT NAME key=value ...")
final class BenchCommand implements Callable<Integer> {
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help, and the measurements there are.")
    private boolean help;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "The measurement; without it, they are listed.")
    private @Nullable String name;

    @Parameters(index = "1..*", paramLabel = "ARGUMENT", description = "Arguments of the measurement.")
    private List<String> arguments = new ArrayList<>();

    private final Map<String, Bench> benches = new TreeMap<>();

    BenchCommand() {
        ServiceLoader.load(Bench.class).forEach(bench -> benches.put(bench.name(), bench));
    }

    /** What follows the name is the measurement's own, options too. */
    @Spec
    void setSpec(CommandSpec injected) {
        injected.parser().stopAtPositional(true);
        spec = injected;
    }

    @Override
    public Integer call() throws Exception {
        String wanted = name;
        if (wanted == null) {
            Output.of(spec).println(listing());
            return 0;
        }
        Bench bench = benches.get(wanted);
        if (bench == null) {
            throw wrongUsage("There is no measurement '" + wanted + "'. There are:\n" + listing());
        }
        try {
            return bench.run(List.copyOf(arguments), System.out);
        } catch (IllegalArgumentException e) {
            throw wrongUsage("bench " + wanted + ": " + e.getMessage());
        }
    }

    private ParameterException wrongUsage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    private String listing() {
        StringBuilder text = new StringBuilder();
        benches.forEach((key, bench) -> text.append(String.format("  %-20s %s%n", key, bench.description())));
        return text.toString().stripTrailing();
    }
}
