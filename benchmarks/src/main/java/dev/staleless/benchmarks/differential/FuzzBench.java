package dev.staleless.benchmarks.differential;

import dev.staleless.benchmarks.Bench;
import dev.staleless.core.decision.RuleName;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * Looks for stale results, and counts those that are dropped without need: random schemas, queries and writes, each pair judged
 * by the database.
 */
public final class FuzzBench implements Bench {

    /** What was kept so often is well tested. */
    private static final long OFTEN = 1_000;

    /** After so many in one thread it stops. */
    private static final int MAX_FAILURES = 5;

    /** What can be set on the command line. */
    private static final class Options {
        @Option(names = "--database", defaultValue = "postgres", description = "postgres, h2 or mariadb")
        String database = "postgres";

        @Option(names = "--pairs", defaultValue = "100000", description = "how many to compare at least")
        long pairs;

        @Option(names = "--seed", description = "of the first schema; a fresh one if not given")
        long seed = System.nanoTime();

        @Option(names = "--threads", description = "how many; as many as there are processors if not given")
        int threads = Runtime.getRuntime().availableProcessors();

        @Option(names = "--minutes", description = "after which it stops, whatever is left; without end if not given")
        long minutes;

        @Option(names = "--top", defaultValue = "12", description = "how many lines of each table")
        int top;
    }

    @Override
    public String name() {
        return "fuzz";
    }

    @Override
    public String description() {
        return "looks for results that a write makes stale, with a database as the judge [--database --pairs --seed --threads --minutes --top]";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws SQLException, InterruptedException {
        var options = new Options();
        try {
            new CommandLine(options).parseArgs(arguments.toArray(String[]::new));
        } catch (ParameterException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        if (options.pairs < 1 || options.threads < 1) {
            throw new IllegalArgumentException("--pairs and --threads are 1 or more");
        }
        try (FuzzDatabase database = database(options.database)) {
            return measure(options, database, out);
        }
    }

    private static FuzzDatabase database(String name) {
        return switch (name) {
            case "postgres" -> FuzzDatabase.postgres();
            case "h2" -> FuzzDatabase.h2();
            case "mariadb" -> FuzzDatabase.mariadb();
            default ->
                throw new IllegalArgumentException("--database=" + name + ": allowed are postgres, h2 and mariadb");
        };
    }

    private static int measure(Options options, FuzzDatabase database, PrintStream out)
            throws SQLException, InterruptedException {
        Fuzzer fuzzer = new Fuzzer(database, List.of(), options.threads, MAX_FAILURES);
        long start = System.nanoTime();
        if (options.minutes > 0) {
            fuzzer.stopAfter(TimeUnit.MINUTES.toNanos(options.minutes));
        }
        Tally tally = watched(fuzzer, options, out);
        double seconds = (System.nanoTime() - start) / 1e9;
        print(tally, options, out);
        out.printf("seed=%d, %,d schemas, %,.0f pairs a second%n", options.seed, tally.schemas, tally.pairs / seconds);
        for (String failure : fuzzer.describe("shrink", tally)) {
            out.println("STALE " + failure);
        }
        tally.broken.forEach(broken -> out.println("BROKEN " + broken));
        out.printf(
                "RESULT fuzz database=%s pairs=%d stale=%d needed=%d needless=%d%n",
                options.database, tally.pairs, tally.stale, tally.needed, tally.needless);
        return tally.stale == 0 && tally.broken.isEmpty() && (options.minutes > 0 || tally.pairs >= options.pairs)
                ? 0
                : 1;
    }

    /** Says now and then how far it is. */
    private static Tally watched(Fuzzer fuzzer, Options options, PrintStream out)
            throws SQLException, InterruptedException {
        Thread progress = new Thread(() -> {
            try {
                while (true) {
                    Thread.sleep(TimeUnit.MINUTES.toMillis(1));
                    out.printf("... %,d pairs%n", fuzzer.compared());
                }
            } catch (InterruptedException ended) {
                return; // there is nothing more to say
            }
        });
        progress.setDaemon(true);
        progress.start();
        try {
            return fuzzer.run("fuzz", options.seed, options.pairs);
        } finally {
            progress.interrupt();
        }
    }

    private static void print(Tally tally, Options options, PrintStream out) {
        table("kept, because", tally.keptBecause, options.top, out);
        table("kept, by rule", tally.keptBy, options.top, out);
        table("kept, by what the query is made of", tally.keptQueries, options.top, out);
        table("kept, by what the write is made of", tally.keptWrites, options.top, out);
        table("dropped without need, by what the query is made of", tally.needlessQueries, options.top, out);
        table("dropped without need, by what the write is made of", tally.needlessWrites, options.top, out);
        table("queries that are not cached", tally.passedThrough, options.top, out);
        table("changes of everything", tally.everything, options.top, out);
        Map<String, Long> rules = new TreeMap<>(tally.keptBy);
        for (RuleName rule : RuleName.values()) {
            rules.putIfAbsent(rule.name(), 0L);
        }
        rules.putIfAbsent(Tally.REVALIDATED, 0L);
        rare("rules", rules, out);
        rare("what queries are made of", tally.keptQueries, out);
        rare("what writes are made of", tally.keptWrites, out);
        out.printf("%,d writes, %,d of them told by the rows they changed%n", tally.writes, tally.images);
        out.printf("failed on the database: %,d queries, %,d writes%n", tally.failedQueries, tally.failedWrites);
    }

    /** Names that are hardly tested, since hardly a result was kept by them. */
    private static void rare(String title, Map<String, Long> counts, PrintStream out) {
        String names = counts.entrySet().stream()
                .filter(entry -> entry.getValue() < OFTEN)
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
        out.printf("kept fewer than %,d times, %s: %s%n", OFTEN, title, names.isEmpty() ? "none" : names);
    }

    private static void table(String title, Map<String, Long> counts, int top, PrintStream out) {
        out.println(title);
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(top)
                .forEach(entry -> out.printf("  %,12d  %s%n", entry.getValue(), entry.getKey()));
    }
}
