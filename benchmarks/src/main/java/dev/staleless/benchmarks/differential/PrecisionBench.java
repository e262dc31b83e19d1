package dev.staleless.benchmarks.differential;

import dev.staleless.benchmarks.Bench;
import dev.staleless.benchmarks.differential.PrecisionTable.Counts;
import dev.staleless.benchmarks.differential.PrecisionTable.Needless;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How many results are dropped without need, on queries and writes of four applications, beside three simple policies. */
public final class PrecisionBench implements Bench {

    /** What can be set on the command line. */
    private static final class Options {
        @Option(names = "--domain", description = "shop, tracker, blog or office; all of them if not given")
        String domain = "";

        @Option(names = "--list", description = "show each result that is dropped without need")
        boolean list;
    }

    @Override
    public String name() {
        return "precision";
    }

    @Override
    public String description() {
        return "counts results that are dropped without need, beside simple policies [--domain --list]";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws SQLException {
        var options = new Options();
        try {
            new CommandLine(options).parseArgs(arguments.toArray(String[]::new));
        } catch (ParameterException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        List<String> names = options.domain.isEmpty() ? Domain.NAMES : List.of(options.domain);
        if (!Domain.NAMES.containsAll(names)) {
            throw new IllegalArgumentException("--domain=" + options.domain + ": allowed are " + Domain.NAMES);
        }
        try (FuzzDatabase database = FuzzDatabase.postgres();
                Area area = database.area("precision", 0)) {
            return measure(names, area, options, out);
        }
    }

    private static int measure(List<String> names, Area area, Options options, PrintStream out) throws SQLException {
        Map<String, Counts> totals = new LinkedHashMap<>();
        List<String> stale = new ArrayList<>();
        for (String name : names) {
            PrecisionTable table = PrecisionTable.of(Domain.read(name), area);
            print(name, table.counts(), out);
            table.passedThrough().forEach(query -> out.println("  not cached: " + query));
            printNeedless(table.needless(), options, out);
            table.counts()
                    .forEach((policy, counts) ->
                            totals.computeIfAbsent(policy, key -> new Counts()).add(counts));
            stale.addAll(table.stale());
        }
        print("all", totals, out);
        stale.forEach(each -> out.println("STALE " + each));
        Counts ours = Objects.requireNonNull(totals.get(PrecisionTable.IMAGES));
        out.printf(
                "RESULT precision pairs=%d stale=%d needed=%d needless=%d%n",
                ours.pairs, ours.stale, ours.needed, ours.needless);
        return stale.isEmpty() ? 0 : 1;
    }

    private static void print(String title, Map<String, Counts> policies, PrintStream out) {
        out.printf("%n%-42s %7s %6s %7s %9s %7s%n", title, "pairs", "stale", "needed", "needless", "share");
        policies.forEach((policy, counts) -> out.printf(
                "%-42s %,7d %6d %7d %9d %6.1f%%%n",
                policy,
                counts.pairs,
                counts.stale,
                counts.needed,
                counts.needless,
                100.0 * counts.needless / Math.max(1, counts.needed + counts.needless)));
    }

    /** By query, with the reason of the first. */
    private static void printNeedless(List<Needless> needless, Options options, PrintStream out) {
        Map<String, List<Needless>> byQuery = new LinkedHashMap<>();
        needless.forEach(each ->
                byQuery.computeIfAbsent(each.query(), key -> new ArrayList<>()).add(each));
        byQuery.forEach((query, each) -> {
            out.printf("  %d needless: %s%n", each.size(), query);
            for (Needless one : options.list ? each : each.subList(0, 1)) {
                out.printf("      %s%n        %s%n", one.write(), one.reason());
            }
        });
    }
}
