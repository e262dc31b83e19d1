package dev.staleless.benchmarks;

import dev.staleless.benchmarks.PingClient.Window;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.testkit.server.RedisConnection;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import picocli.CommandLine.Option;

/**
 * What everybody else notices at Redis when one row is written that very many cached results hold: beside it, on the same server, the
 * storm of a cache that files each result's key in a set per condition, and lists and deletes them by one script.
 */
public final class StormBench implements Bench {

    /** What can be set on the command line. */
    private static final class Options {
        @Option(names = "--results", defaultValue = "100000", description = "cached results that the row matches")
        int results;

        @Option(names = "--threads", defaultValue = "8", description = "threads that fill the cache")
        int threads;

        @Option(names = "--window", defaultValue = "1000", description = "milliseconds of each window")
        long window;

        @Option(names = "--rounds", defaultValue = "7", description = "windows of each kind, taken in turns")
        int rounds;

        @Option(names = "--load-seconds", defaultValue = "5", description = "seconds of each load; 0 for none")
        int loadSeconds;
    }

    private static final String QUERY = "SELECT id, name, price FROM item WHERE category = 5 AND price < ?";
    private static final String UPDATE = "UPDATE item SET price = ? WHERE id = 1";
    private static final int COMMITS = 300;
    private static final int SAMPLE = 200;
    /** The whole of the row's possible prices is below every bound that is asked for. */
    private static final int LOWEST_BOUND = 1_000;

    @Override
    public String name() {
        return "storm";
    }

    @Override
    public String description() {
        return "what a write to a row that very many results hold does to Redis [--results --rounds --window --load-seconds]";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws Exception {
        Options options = BenchOptions.parse(new Options(), arguments);
        BenchOptions.between("--results", options.results, 1, 10_000_000);
        BenchOptions.between("--threads", options.threads, 1, 64);
        BenchOptions.between("--window", options.window, 200, 60_000);
        BenchOptions.between("--rounds", options.rounds, 1, 1_000);
        BenchOptions.between("--load-seconds", options.loadSeconds, 0, 600);
        try (Servers servers = new Servers()) {
            return new Measurement(options, servers, out).run();
        }
    }

    private static final class Measurement {
        private final Options options;
        private final Servers servers;
        private final PrintStream out;
        private final DataSource database;
        private final StalelessDataSource node;
        private final RedisConnection redis;
        private final PingClient ping;

        Measurement(Options options, Servers servers, PrintStream out) throws SQLException {
            this.options = options;
            this.servers = servers;
            this.out = out;
            database = servers.pool(4);
            Servers.execute(
                    database,
                    "CREATE TABLE category (id int PRIMARY KEY)",
                    "CREATE TABLE item (id bigint PRIMARY KEY, category int NOT NULL REFERENCES category,"
                            + " price int NOT NULL, name text NOT NULL)",
                    "INSERT INTO category SELECT generate_series(1, 10)",
                    "INSERT INTO item VALUES (1, 5, 1, 'the row')",
                    "INSERT INTO item SELECT i, 6, i, 'item ' || i FROM generate_series(2, 200000) i",
                    "CREATE INDEX ON item (category)",
                    "ANALYZE item");
            node = servers.node(options.threads + 4);
            redis = servers.redisConnection();
            ping = new PingClient(servers.redis().port());
        }

        int run() throws Exception {
            fill();
            String bytes = redis.info("memory").getOrDefault("used_memory", "?");
            out.printf("%,d results cached, Redis holds %s bytes%n", options.results, bytes);
            List<Window> idles = new ArrayList<>();
            List<Window> storms = new ArrayList<>();
            Slowest slowest = Slowest.NONE;
            int stale = 0;
            for (int round = 0; round < options.rounds; round++) {
                int price = 2 + round;
                idles.add(ping.during(options.window, () -> {}));
                Slowest.begin(redis);
                storms.add(ping.during(options.window, () -> update(node, price)));
                slowest = slowest.or(Slowest.end(redis));
                stale += round == 0 ? sample() : 0;
            }
            Window idle = Window.least(idles);
            Window storm = Window.least(storms);
            long extra = commitExtra();
            BaselineStorm baseline = new BaselineStorm(servers.redis().port(), options.results);
            baseline.fill(120);
            Window baselineStorm = ping.during(options.window, baseline::invalidate);
            out.printf(
                    "%nthe least over %d windows of each kind, since what an update causes is in each; the baseline has one%n",
                    options.rounds);
            out.printf("%-28s %12s %12s %12s%n", "latency of a ping in us", "longest", "p99.9", "median");
            line("nobody writes", idle);
            line("the row is updated", storm);
            line("baseline: keys deleted", baselineStorm);
            out.printf("slowest command of the windows with an update: %s%n", slowest.text());
            out.printf("of %d results read after it, %d were stale%n", SAMPLE, stale);
            redis.call("FLUSHALL");
            if (options.loadSeconds > 0) {
                new StormLoad(servers, database, out).run(options.loadSeconds);
            }
            out.printf(
                    "RESULT storm results=%d stall_ms=%.2f idle_stall_ms=%.2f p999_ms=%.2f idle_p999_ms=%.2f"
                            + " slowest_command_us=%d commit_extra_us=%d baseline_stall_ms=%.2f stale=%d%n",
                    options.results,
                    storm.longest() / 1e6,
                    idle.longest() / 1e6,
                    storm.p999() / 1e6,
                    idle.p999() / 1e6,
                    slowest.micros(),
                    extra,
                    baselineStorm.longest() / 1e6,
                    stale);
            return stale == 0 ? 0 : 1;
        }

        private void line(String what, Window window) {
            out.printf(
                    "%-28s %12.0f %12.0f %12.0f%n",
                    what, window.longest() / 1e3, window.p999() / 1e3, window.median() / 1e3);
        }

        private void fill() throws Exception {
            awaitCaching();
            long start = System.nanoTime();
            AtomicInteger next = new AtomicInteger();
            ExecutorService threads = Executors.newFixedThreadPool(options.threads);
            try {
                List<Future<Void>> ends = new ArrayList<>();
                for (int i = 0; i < options.threads; i++) {
                    ends.add(threads.submit((Callable<Void>) () -> fill(next)));
                }
                for (Future<Void> end : ends) {
                    end.get();
                }
            } finally {
                threads.shutdownNow();
            }
            out.printf("filled through the cache in %.1f s%n", (System.nanoTime() - start) / 1e9);
        }

        @SuppressWarnings("NullAway") // a task without a result
        private Void fill(AtomicInteger next) throws SQLException {
            for (int i = next.getAndIncrement(); i < options.results; i = next.getAndIncrement()) {
                price(node, LOWEST_BOUND + i);
            }
            return null;
        }

        /** The table has to be in force first: about two seconds. */
        private void awaitCaching() throws Exception {
            long hits = node.statistics().hits();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (node.statistics().hits() == hits) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException(
                            "nothing is cached: " + node.statistics().misses());
                }
                price(node, 0);
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }

        /** The price of the row by one of the queries; -1 if it is not in the result. */
        private static int price(DataSource source, int bound) throws SQLException {
            try (Connection connection = source.getConnection();
                    PreparedStatement query = connection.prepareStatement(QUERY)) {
                query.setInt(1, bound);
                try (ResultSet rows = query.executeQuery()) {
                    return rows.next() ? rows.getInt(3) : -1;
                }
            }
        }

        private static void update(DataSource source, int price) throws SQLException {
            try (Connection connection = source.getConnection();
                    PreparedStatement update = connection.prepareStatement(UPDATE)) {
                update.setInt(1, price);
                update.executeUpdate();
            }
        }

        /** How many of some results are not as the database has them now. */
        private int sample() throws SQLException {
            int stale = 0;
            for (int i = 0; i < SAMPLE; i++) {
                int bound = LOWEST_BOUND + (int) ((long) i * options.results / SAMPLE);
                if (price(node, bound) != price(database, bound)) {
                    stale++;
                }
            }
            return stale;
        }

        /** Median of commits through the cache less the median of plain ones, taken in turns, in microseconds. */
        private long commitExtra() throws SQLException {
            long[] plain = new long[COMMITS];
            long[] cached = new long[COMMITS];
            for (int i = 0; i < COMMITS; i++) {
                plain[i] = timed(database, i % 100);
                cached[i] = timed(node, i % 100);
            }
            Arrays.sort(plain);
            Arrays.sort(cached);
            long extra = TimeUnit.NANOSECONDS.toMicros(cached[COMMITS / 2] - plain[COMMITS / 2]);
            out.printf(
                    "an update takes %d us without and %d us through the cache (medians of %d)%n",
                    plain[COMMITS / 2] / 1000, cached[COMMITS / 2] / 1000, COMMITS);
            return extra;
        }

        private static long timed(DataSource source, int price) throws SQLException {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                long start = System.nanoTime();
                statement.executeUpdate("UPDATE item SET price = " + price + " WHERE id = 1");
                return System.nanoTime() - start;
            }
        }
    }
}
