package dev.staleless.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.benchmarks.NodeLoad.Counts;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.testkit.server.RedisServer;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import picocli.CommandLine.Option;

/** What an application notices while Redis is away: delays and failures of reads and writes on two nodes, and when hits are back. */
public final class OutageBench implements Bench {

    /** What can be set on the command line. */
    private static final class Options {
        @Option(names = "--seconds", defaultValue = "10", description = "how long Redis is away")
        int seconds;

        @Option(
                names = "--how",
                defaultValue = "killed",
                description = "killed: connections are refused; frozen: no answer")
        String how = "killed";
    }

    private static final int SETTLE_SECONDS = 5;

    @Override
    public String name() {
        return "outage";
    }

    @Override
    public String description() {
        return "delays and failures while Redis is away, and when hits are back [--seconds --how=killed|frozen]";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws Exception {
        Options options = BenchOptions.parse(new Options(), arguments);
        BenchOptions.between("--seconds", options.seconds, 1, 3_600);
        if (!options.how.equals("killed") && !options.how.equals("frozen")) {
            throw new IllegalArgumentException("--how=" + options.how + ": killed or frozen is allowed");
        }
        Quiet.log();
        try (Servers servers = new Servers()) {
            return new Measurement(options, servers, out).run();
        }
    }

    private static final class Measurement {
        private final Options options;
        private final PrintStream out;
        private final RedisServer redis;
        private final List<StalelessDataSource> nodes = new ArrayList<>();
        private final List<NodeLoad> loads = new ArrayList<>();
        private final List<HikariDataSource> pools = new ArrayList<>();

        Measurement(Options options, Servers servers, PrintStream out) throws Exception {
            this.options = options;
            this.out = out;
            redis = servers.redis();
            HikariDataSource database = NodeProcess.pool(servers.postgres().jdbcUrl(), 10);
            pools.add(database);
            NodeLoad.createTables(database);
            for (int i = 0; i < 2; i++) {
                HikariDataSource pool = NodeProcess.pool(servers.postgres().jdbcUrl(), 12);
                pools.add(pool);
                StalelessDataSource node = NodeProcess.node(pool, redis.uri());
                nodes.add(node);
                loads.add(new NodeLoad(node, database));
            }
        }

        int run() throws Exception {
            try {
                return measure();
            } finally {
                loads.forEach(NodeLoad::stop);
                nodes.forEach(StalelessDataSource::close);
                pools.forEach(HikariDataSource::close);
            }
        }

        private int measure() throws Exception {
            for (int i = 0; i < loads.size(); i++) {
                loads.get(i).start(2, 2, 100L * i);
            }
            awaitHits();
            drain();
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            Phase before = new Phase("Redis is there");
            away();
            Phase during = new Phase("Redis is away");
            long back = System.nanoTime();
            awaitHits();
            double hitsBack = (System.nanoTime() - back) / 1e9;
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            Phase after = new Phase("Redis is back");
            for (Phase phase : List.of(before, during, after)) {
                out.printf("%-16s reads  %s%n", phase.name, LatencyLog.summary(phase.reads));
                out.printf("%-16s writes %s, refused %d%n", "", LatencyLog.summary(phase.writes), phase.refused);
            }
            Counts counts = counts();
            loads.forEach(load -> load.examples().forEach(out::println));
            out.printf(
                    "RESULT outage seconds=%d how=%s read_p50_ms=%.2f read_p99_ms=%.1f read_max_ms=%.0f write_p50_ms=%.2f"
                            + " write_p99_ms=%.1f write_max_ms=%.0f refused_writes=%d hits_back_s=%.1f checks=%d"
                            + " failed_reads=%d stale=%d%n",
                    options.seconds,
                    options.how,
                    LatencyLog.percentile(during.reads, 0.5),
                    LatencyLog.percentile(during.reads, 0.99),
                    LatencyLog.percentile(during.reads, 1),
                    LatencyLog.percentile(during.writes, 0.5),
                    LatencyLog.percentile(during.writes, 0.99),
                    LatencyLog.percentile(during.writes, 1),
                    during.refused,
                    hitsBack,
                    counts.checks(),
                    counts.failedReads(),
                    counts.stale());
            return counts.failedReads() == 0 && counts.stale() == 0 ? 0 : 1;
        }

        private void away() throws InterruptedException {
            if (options.how.equals("killed")) {
                redis.kill();
            } else {
                redis.suspend();
            }
            TimeUnit.SECONDS.sleep(options.seconds);
            if (options.how.equals("killed")) {
                redis.relaunch();
            } else {
                redis.resume();
            }
        }

        private Counts counts() {
            return loads.stream().map(NodeLoad::counts).reduce(Counts.NONE, Counts::plus);
        }

        private void awaitHits() throws InterruptedException {
            for (StalelessDataSource node : nodes) {
                long hits = node.statistics().hits();
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
                while (node.statistics().hits() == hits) {
                    if (System.nanoTime() - end > 0) {
                        throw new IllegalStateException(
                                "no hits: " + node.statistics().misses());
                    }
                    TimeUnit.MILLISECONDS.sleep(5);
                }
            }
        }

        private void drain() {
            loads.forEach(load -> {
                load.reads().drain();
                load.writes().drain();
            });
        }

        /** What happened since the phase before. */
        private final class Phase {
            private final String name;
            private final long[] reads =
                    sorted(loads.stream().map(load -> load.reads().drain()).toList());
            private final long[] writes =
                    sorted(loads.stream().map(load -> load.writes().drain()).toList());
            private final long refused;

            Phase(String name) {
                this.name = name;
                refused = counts().refused() - refusedBefore;
                refusedBefore += refused;
            }

            private static long[] sorted(List<long[]> parts) {
                return parts.stream().flatMapToLong(LongStream::of).sorted().toArray();
            }
        }

        private long refusedBefore;
    }
}
