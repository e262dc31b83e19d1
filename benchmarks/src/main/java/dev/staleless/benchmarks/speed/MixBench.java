package dev.staleless.benchmarks.speed;

import dev.staleless.benchmarks.Bench;
import dev.staleless.benchmarks.BenchOptions;
import dev.staleless.benchmarks.Servers;
import dev.staleless.benchmarks.speed.Rounds.Operation;
import dev.staleless.benchmarks.speed.Rounds.Variant;
import dev.staleless.jdbc.StalelessDataSource;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import picocli.CommandLine.Option;

/** A web application's reads and writes on two nodes, beside the same without a cache: hits, latencies, and the database's work. */
public final class MixBench implements Bench {

    private static final class Options {
        @Option(names = "--rounds", defaultValue = "5")
        int rounds;

        @Option(names = "--window", defaultValue = "2000", description = "milliseconds of each round")
        long window;

        @Option(names = "--threads", defaultValue = "16")
        int threads;

        @Option(names = "--writes", defaultValue = "5", description = "percent of the statements")
        int writes;
    }

    private static final String UPDATE = "UPDATE item SET price = price + 1 WHERE id = ?";

    private final Zipf ids = new Zipf(Items.ROWS);
    private final MixOracle oracle = new MixOracle(Items.ROWS + Items.Kind.TWENTY.results());

    @Override
    public String name() {
        return "mix";
    }

    @Override
    public String description() {
        return "Zipf reads with some writes on two nodes, beside no cache and an oracle [--rounds --window --threads --writes]";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws Exception {
        Options options = BenchOptions.parse(new Options(), arguments);
        BenchOptions.between("--threads", options.threads, 1, 64);
        BenchOptions.between("--writes", options.writes, 0, 100);
        try (Servers servers = new Servers()) {
            DataSource plain = servers.pool(options.threads);
            Items.create(plain);
            List<StalelessDataSource> nodes = List.of(servers.node(options.threads), servers.node(options.threads));
            for (StalelessDataSource node : nodes) {
                Items.awaitHit(node, () -> node.statistics().hits(), Items.Kind.ONE);
            }
            Work database = new Work();
            Work cached = new Work();
            Rounds rounds = new Rounds(options.threads, options.rounds, options.window, 1);
            long hits = hits(nodes);
            long misses = misses(nodes);
            List<Figures> figures = rounds.measure(List.of(
                    new Variant("no cache", thread -> database.counted(() -> step(plain, options.writes, false))),
                    new Variant(
                            "two nodes",
                            thread -> cached.counted(() -> step(nodes.get(thread % 2), options.writes, true)))));
            double ratio = (double) (hits(nodes) - hits) / (hits(nodes) - hits + misses(nodes) - misses);
            print(out, options, figures, ratio, database, cached);
            return 0;
        }
    }

    private void print(
            PrintStream out, Options options, List<Figures> figures, double hitRatio, Work database, Work cached) {
        Figures.print(out, options.threads + " threads, " + options.writes + " % writes", figures);
        double reads = oracle.reads.get();
        double less = database.cpuMicros() / cached.cpuMicros();
        out.printf(
                Locale.ROOT,
                "%nhits: %.1f %% of the reads; an oracle that knows what changed: %.1f %%; dropped by table: %.1f %%%n",
                100 * hitRatio,
                100 * oracle.hits.get() / reads,
                100 * oracle.hitsByTable.get() / reads);
        out.printf(
                Locale.ROOT,
                "the database's processor: %.1f us a statement without, %.1f us with the cache%n",
                database.cpuMicros(),
                cached.cpuMicros());
        out.printf(
                Locale.ROOT,
                "%nRESULT mix hit_ratio=%.3f oracle_ratio=%.3f by_table_ratio=%.3f database_cpu_less=%.1f p50_ratio=%.3f"
                        + " p99_ratio=%.3f throughput_ratio=%.2f%n",
                hitRatio,
                oracle.hits.get() / reads,
                oracle.hitsByTable.get() / reads,
                less,
                figures.get(1).p50() / figures.get(0).p50(),
                figures.get(1).p99() / figures.get(0).p99(),
                figures.get(1).ratio());
    }

    private void step(DataSource source, int writes, boolean observed) throws SQLException {
        int id = ids.next();
        int kind = ThreadLocalRandom.current().nextInt(100);
        if (kind < writes) {
            update(source, id);
            if (observed) {
                oracle.changed(id, Items.ROWS + id / 20);
            }
        } else if (kind % 3 > 0) {
            if (observed) {
                oracle.asked(id);
            }
            int unused = Items.ask(source, Items.Kind.ONE.sql(), id);
        } else {
            if (observed) {
                oracle.asked(Items.ROWS + id / 20);
            }
            int unused = Items.ask(source, Items.Kind.TWENTY.sql(), id / 20);
        }
    }

    private static void update(DataSource source, int id) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement update = connection.prepareStatement(UPDATE)) {
            update.setInt(1, id);
            update.executeUpdate();
        }
    }

    private static long hits(List<StalelessDataSource> nodes) {
        return nodes.stream().mapToLong(node -> node.statistics().hits()).sum();
    }

    private static long misses(List<StalelessDataSource> nodes) {
        return nodes.stream().mapToLong(node -> node.statistics().allMisses()).sum();
    }

    /** What the database's processes did while one variant ran: variants run in turns, and each begins and ends with all its threads. */
    private static final class Work {
        private final AtomicLong running = new AtomicLong();
        private final AtomicLong statements = new AtomicLong();
        private final AtomicLong micros = new AtomicLong();
        private volatile long lastSeen;
        private volatile long lastEnd;

        /** The processor's time is looked at every so many statements: from one such look to the next, if they are near each other. */
        Operation counted(Operation operation) {
            return () -> {
                operation.run();
                if (statements.incrementAndGet() % 200 == 0 && running.compareAndSet(0, 1)) {
                    look();
                    running.set(0);
                }
            };
        }

        private void look() {
            long now = System.nanoTime();
            long seen = databaseMicros();
            long count = statements.get();
            if (lastEnd != 0 && now - lastEnd < 400_000_000L) {
                micros.addAndGet(seen - lastSeen);
                counted.addAndGet(count - lastCount);
            }
            lastSeen = seen;
            lastEnd = now;
            lastCount = count;
        }

        private final AtomicLong counted = new AtomicLong();
        private volatile long lastCount;

        double cpuMicros() {
            return (double) micros.get() / Math.max(1, counted.get());
        }

        private static long databaseMicros() {
            return ProcessHandle.current()
                    .descendants()
                    .filter(process -> process.info().command().orElse("").contains("postgres"))
                    .mapToLong(process -> process.info()
                                    .totalCpuDuration()
                                    .orElse(Duration.ZERO)
                                    .toNanos()
                            / 1_000)
                    .sum();
        }
    }
}
