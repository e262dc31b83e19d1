package dev.staleless.benchmarks;

import dev.staleless.benchmarks.planted.PlantedBug;
import dev.staleless.testkit.server.RedisCluster;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Looks for stale reads while real faults happen to real servers: two nodes in two JVMs read and write, each read is compared with the
 * database, and one fault after the other strikes. After each, everything is asked once more through a node.
 */
public final class ChaosBench implements Bench {

    /** What can be set on the command line. */
    private static final class Options {
        @Option(
                names = "--seconds",
                defaultValue = "240",
                description = "how long to go on; every fault strikes at least once if 0")
        int seconds;

        @Option(names = "--seed", defaultValue = "1", description = "of the order of rows, not of the interleaving")
        long seed;

        @Option(names = "--topology", defaultValue = "all", description = "standalone, sentinel, cluster or all")
        String topology = "all";

        @Option(
                names = "--faults",
                defaultValue = "",
                description = "only those whose name contains one of these, by commas")
        String faults = "";

        @Option(
                names = "--bug",
                defaultValue = "",
                description = "what is planted, with pauses that let it show; none: the pauses alone")
        String bugSpelling = "";

        @Nullable
        PlantedBug bug() {
            return bugSpelling.isEmpty() ? null : PlantedBug.spelled(bugSpelling);
        }

        boolean includes(String one) {
            return topology.equals("all") && (bugSpelling.isEmpty() || one.equals("standalone"))
                    || topology.equals(one);
        }

        boolean wants(String name) {
            PlantedBug bug = bug();
            String wanted = faults.isEmpty() && bug != null ? bug.faults() : faults;
            return Stream.of(wanted.split(",")).anyMatch(name::contains);
        }
    }

    @Override
    public String name() {
        return "chaos";
    }

    @Override
    public String description() {
        return "looks for stale reads on two JVMs while servers fail [--seconds --seed --topology --faults --bug]";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws Exception {
        Options options = BenchOptions.parse(new Options(), arguments);
        BenchOptions.between("--seconds", options.seconds, 0, 1_000_000);
        if (!List.of("all", "standalone", "sentinel", "cluster").contains(options.topology)) {
            throw new IllegalArgumentException(
                    "--topology=" + options.topology + ": standalone, sentinel, cluster or all is allowed");
        }
        Quiet.log();
        Totals totals = new Totals();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(options.seconds);
        out.printf(
                "%-44s %9s %9s %9s %9s %6s %6s %6s%n",
                "fault", "hits b.", "inside", "after", "checks", "stale", "failed", "lost");
        if (options.includes("standalone")) {
            try (ChaosNodes nodes = ChaosNodes.standalone(options.seed, options.bug())) {
                long others = options.topology.equals("all") ? (end - System.nanoTime()) / 2 : 0;
                strike(ChaosFaults.standalone(nodes), options, nodes, totals, end - others, out);
            }
        }
        if (options.includes("sentinel")) {
            try (SentinelGroup group = new SentinelGroup();
                    ChaosNodes nodes = ChaosNodes.sentinel(group, options.seed, options.bug())) {
                long others = options.topology.equals("all") ? (end - System.nanoTime()) / 2 : 0;
                strike(ChaosFaults.sentinel(group), options, nodes, totals, end - others, out);
            }
        }
        if (options.includes("cluster")) {
            try (RedisCluster cluster = RedisCluster.start();
                    ChaosNodes nodes = ChaosNodes.cluster(cluster, options.seed, options.bug())) {
                strike(ChaosFaults.cluster(nodes, cluster), options, nodes, totals, end, out);
            }
        }
        totals.examples.forEach(out::println);
        out.printf(
                "commits %,d, refused %,d; comparisons given up since there was a commit each time: %,d%nRESULT chaos faults=%d checks=%d hits=%d stale=%d failed_reads=%d"
                        + " lost_invalidations=%d%n",
                totals.counts.commits(),
                totals.counts.refused(),
                totals.undecided,
                totals.faults,
                totals.counts.checks(),
                totals.hits,
                totals.counts.stale(),
                totals.counts.failedReads(),
                totals.lost);
        PlantedBug bug = options.bug();
        if (bug != null && bug != PlantedBug.NONE) {
            return totals.counts.stale() > 0 ? 0 : 1;
        }
        boolean fine = totals.counts.stale() == 0 && totals.counts.failedReads() == 0 && totals.lost == 0;
        return fine && totals.faults > 0 ? 0 : 1;
    }

    private static void strike(
            List<ChaosFaults.Fault> all, Options options, ChaosNodes nodes, Totals totals, long end, PrintStream out)
            throws Exception {
        List<ChaosFaults.Fault> faults =
                all.stream().filter(fault -> options.wants(fault.name())).toList();
        if (faults.isEmpty()) {
            return;
        }
        nodes.awaitHits();
        int struck = 0;
        while (struck < faults.size() || System.nanoTime() - end < 0) {
            if (struck > 0 && options.seconds > 0 && System.nanoTime() - end > 0) {
                break;
            }
            totals.faults++;
            totals.lost += nodes.strike(faults.get(struck++ % faults.size()), out);
        }
        totals.counts = totals.counts.plus(nodes.counts());
        totals.hits += nodes.hits();
        totals.undecided += nodes.undecided();
        totals.examples.addAll(nodes.examples());
    }

    /** Sums over the topologies. */
    private static final class Totals {
        private NodeLoad.Counts counts = NodeLoad.Counts.NONE;
        private long hits;
        private long lost;
        private long undecided;
        private int faults;
        private final List<String> examples = new ArrayList<>();
    }
}
