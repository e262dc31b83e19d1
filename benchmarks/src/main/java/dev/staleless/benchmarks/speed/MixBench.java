package dev.staleless.benchmarks.speed;

import dev.staleless.benchmarks.Bench;
import dev.staleless.benchmarks.BenchOptions;
import dev.staleless.benchmarks.Servers;
import dev.staleless.benchmarks.speed.Rounds.Variant;
import dev.staleless.core.protocol.Admission;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.redis.RedisStore;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import picocli.CommandLine.Option;

/** A web application's reads and writes on two nodes, beside the same without a cache: hits, latencies, and the database's work. */
public final class MixBench implements Bench {

    /** What is asked and written. */
    enum Workload {
        SHOP,
        ITEMS;

        MixWorkload make() {
            return this == SHOP ? new ShopMix() : new ItemsMix();
        }
    }

    private static final class Options {
        @Option(names = "--workload", defaultValue = "SHOP", description = "SHOP or ITEMS")
        Workload workload = Workload.SHOP;

        @Option(names = "--admission", defaultValue = "ADAPTIVE", description = "ADAPTIVE or ALWAYS")
        Admission admission = Admission.ADAPTIVE;

        @Option(names = "--rounds", defaultValue = "5")
        int rounds;

        @Option(names = "--window", defaultValue = "2000", description = "milliseconds of each round")
        long window;

        @Option(names = "--threads", defaultValue = "16")
        int threads;

        @Option(names = "--writes", defaultValue = "5", description = "percent of the statements")
        int writes;

        @Option(names = "--statements", defaultValue = "60000", description = "of the sequence that counts hits")
        int statements;

        @Option(names = "--seed", defaultValue = "1")
        long seed;
    }

    @Override
    public String name() {
        return "mix";
    }

    @Override
    public String description() {
        return "Zipf reads with some writes on two nodes, beside no cache and an oracle"
                + " [--workload --admission --rounds --window --threads --writes --statements --seed]";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws Exception {
        Options options = BenchOptions.parse(new Options(), arguments);
        BenchOptions.between("--threads", options.threads, 1, 64);
        BenchOptions.between("--writes", options.writes, 0, 100);
        BenchOptions.between("--statements", options.statements, 3_000, 10_000_000);
        MixWorkload workload = options.workload.make();
        MixReplay replay = new MixReplay(workload, options.statements, options.writes, options.seed);
        try (Servers servers = new Servers()) {
            DataSource plain = servers.pool(options.threads);
            workload.create(plain);
            MixReplay.Ratios ratios = replay.onDatabase(plain);
            workload.create(plain);
            List<StalelessDataSource> nodes = List.of(node(servers, options), node(servers, options));
            LongSupplier hits = () ->
                    nodes.stream().mapToLong(node -> node.statistics().hits()).sum();
            for (MixStep query : replay.texts()) {
                for (StalelessDataSource node : nodes) {
                    awaitHit(node, query);
                }
            }
            double hitRatio = replay.onNodes(nodes, hits);
            out.printf(
                    Locale.ROOT,
                    "hits: %.1f %% of the reads, all as the database answers them; an oracle that knows what changed:"
                            + " %.1f %%; dropped by table: %.1f %%%n",
                    100 * hitRatio,
                    100 * ratios.oracle(),
                    100 * ratios.byTable());
            load(options, workload, plain, nodes, out, hitRatio, ratios);
            return 0;
        }
    }

    private static StalelessDataSource node(Servers servers, Options options) {
        return servers.node(
                options.threads,
                RedisStore.connect(servers.redis().uri()),
                builder -> builder.admission(options.admission));
    }

    /** A table has to be in force before queries on it are cached. */
    private static void awaitHit(StalelessDataSource node, MixStep query) throws Exception {
        long before = node.statistics().hits();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (node.statistics().hits() == before) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("nothing is cached: " + query);
            }
            query.run(node);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static void load(
            Options options,
            MixWorkload workload,
            DataSource plain,
            List<StalelessDataSource> nodes,
            PrintStream out,
            double hitRatio,
            MixReplay.Ratios ratios)
            throws Exception {
        DatabaseWork database = new DatabaseWork();
        DatabaseWork cached = new DatabaseWork();
        List<Figures> figures = new Rounds(options.threads, options.rounds, options.window, 1)
                .measure(List.of(
                        new Variant(
                                "no cache", thread -> database.counted(() -> step(workload, plain, options.writes))),
                        new Variant(
                                "two nodes",
                                thread ->
                                        cached.counted(() -> step(workload, nodes.get(thread % 2), options.writes)))));
        Figures.print(out, options.threads + " threads, " + options.writes + " % writes", figures);
        out.printf(
                Locale.ROOT,
                "%nthe database's processor: %.1f us a statement without, %.1f us with the cache%n",
                database.cpuMicros(),
                cached.cpuMicros());
        out.printf(
                Locale.ROOT,
                "%nRESULT mix hit_ratio=%.3f oracle_ratio=%.3f by_table_ratio=%.3f database_cpu_less=%.1f p50_ratio=%.3f"
                        + " p99_ratio=%.3f throughput_ratio=%.2f%n",
                hitRatio,
                ratios.oracle(),
                ratios.byTable(),
                database.cpuMicros() / cached.cpuMicros(),
                figures.get(1).p50() / figures.get(0).p50(),
                figures.get(1).p99() / figures.get(0).p99(),
                figures.get(1).ratio());
    }

    private static void step(MixWorkload workload, DataSource source, int writes) throws Exception {
        long unused = workload.next(ThreadLocalRandom.current(), writes).run(source);
    }
}
