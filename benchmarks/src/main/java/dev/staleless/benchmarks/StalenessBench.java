package dev.staleless.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.core.protocol.Admission;
import dev.staleless.core.store.StoreProvider;
import dev.staleless.core.store.memory.MemoryStore;
import dev.staleless.core.store.near.NearSettings;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.redis.RedisStore;
import dev.staleless.testkit.server.PostgresServer;
import dev.staleless.testkit.server.RedisServer;
import dev.staleless.testkit.staleness.CheckReport;
import dev.staleless.testkit.staleness.CheckSettings;
import dev.staleless.testkit.staleness.DecisionLog;
import dev.staleless.testkit.staleness.StalenessChecker;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * Runs the staleness checker on real servers: random schemas, one after another, two nodes on one Redis (or one in process),
 * each read compared with the database.
 */
public final class StalenessBench implements Bench {

    /** What can be set on the command line. */
    private static final class Options {
        @Option(names = "--seconds", defaultValue = "60", description = "how long to run")
        int seconds;

        @Option(names = "--seed", description = "first seed; a fresh one if not given")
        long seed = System.nanoTime();

        @Option(
                names = "--store",
                defaultValue = "redis",
                description = "redis, near (redis with a near cache) or memory")
        String store = "redis";

        @Option(names = "--round", defaultValue = "12", description = "seconds after which another schema is made")
        int round;
    }

    @Override
    public String name() {
        return "staleness";
    }

    @Override
    public String description() {
        return "looks for stale reads with random schemas, queries and writes [--seconds --seed --store --round]";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws SQLException, InterruptedException {
        var options = new Options();
        try {
            new CommandLine(options).parseArgs(arguments.toArray(String[]::new));
        } catch (ParameterException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        check(options);
        try (var servers = new Servers(!options.store.equals("memory"), options.store.equals("near"))) {
            return measure(options, servers, out);
        }
    }

    private static void check(Options options) {
        if (!List.of("redis", "near", "memory").contains(options.store)) {
            throw new IllegalArgumentException("--store=" + options.store + ": redis, near or memory is allowed");
        }
        if (options.seconds < 1 || options.round < 1) {
            throw new IllegalArgumentException("--seconds and --round are 1 or more");
        }
    }

    private static int measure(Options options, Servers servers, PrintStream out)
            throws SQLException, InterruptedException {
        var totals = new Totals();
        long end = System.nanoTime() + Duration.ofSeconds(options.seconds).toNanos();
        long seed = options.seed;
        while (System.nanoTime() - end < 0) {
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis() + 1;
            var duration = Duration.ofMillis(Math.min(left, options.round * 1000L));
            round(CheckSettings.of(seed++, duration).withLag(servers.lag()), servers, totals, out);
        }
        totals.print(out);
        return totals.stale == 0 && totals.checks > 0 ? 0 : 1;
    }

    private static void round(CheckSettings settings, Servers servers, Totals totals, PrintStream out)
            throws SQLException, InterruptedException {
        List<DecisionLog> logs =
                servers.shared() ? List.of(new DecisionLog(), new DecisionLog()) : List.of(new DecisionLog());
        List<StalelessDataSource> nodes = new ArrayList<>();
        try {
            var checker = new StalenessChecker(settings, servers.database(), logs);
            CheckReport report = checker.run(names -> {
                for (DecisionLog log : logs) {
                    nodes.add(servers.node(log));
                }
                return List.<DataSource>copyOf(nodes);
            });
            totals.add(report, nodes);
            report.stale().forEach(each -> out.println(each.describe()));
            out.printf(
                    "seed=%d checks=%,d stale=%d hits=%,d transactions=%,d refused=%s%n",
                    report.seed(),
                    report.checks(),
                    report.staleCount(),
                    hits(nodes),
                    report.transactions(),
                    report.errors());
        } finally {
            nodes.forEach(StalelessDataSource::close);
        }
    }

    private static long hits(List<StalelessDataSource> nodes) {
        return nodes.stream().mapToLong(node -> node.statistics().hits()).sum();
    }

    /** Sums over the rounds. */
    private static final class Totals {
        private long checks;
        private long stale;
        private long hits;
        private long transactions;
        private final Map<String, Long> misses = new TreeMap<>();

        void add(CheckReport report, List<StalelessDataSource> nodes) {
            checks += report.checks();
            stale += report.staleCount();
            hits += hits(nodes);
            transactions += report.transactions();
            for (StalelessDataSource node : nodes) {
                node.statistics().misses().forEach((reason, count) -> misses.merge(reason.name(), count, Long::sum));
            }
        }

        void print(PrintStream out) {
            out.printf("transactions %,d; misses by reason %s%n", transactions, misses);
            out.printf("RESULT staleness checks=%d stale=%d hits=%d%n", checks, stale, hits);
        }
    }

    /** The servers of one run. */
    private static final class Servers implements AutoCloseable {
        private final PostgresServer postgres = PostgresServer.start();
        private final RedisServer redis;
        private final boolean near;
        private final List<HikariDataSource> pools = new ArrayList<>();
        private final HikariDataSource database = pool(8);

        @SuppressWarnings("NullAway") // no Redis where the store is in process
        Servers(boolean shared, boolean near) {
            this.near = near;
            redis = shared ? RedisServer.start() : null;
        }

        boolean shared() {
            return redis != null;
        }

        /** What its nodes may lag behind. */
        Duration lag() {
            return near ? NearSettings.DEFAULTS.bound() : Duration.ZERO;
        }

        DataSource database() {
            return database;
        }

        StalelessDataSource node(DecisionLog log) {
            StoreProvider store =
                    shared() ? RedisStore.builder(redis.uri()).near(near).build() : MemoryStore.create();
            return Staleless.wrap(pool(10))
                    .store(store)
                    .namespace("bench")
                    .admission(Admission.ALWAYS)
                    .cacheEverything(Duration.ofMinutes(10))
                    .listener(log)
                    .build();
        }

        private HikariDataSource pool(int size) {
            var pool = new HikariDataSource();
            pool.setJdbcUrl(postgres.jdbcUrl());
            pool.setMaximumPoolSize(size);
            pools.add(pool);
            return pool;
        }

        @Override
        public void close() {
            pools.forEach(HikariDataSource::close);
            if (redis != null) {
                redis.stop();
            }
            postgres.stop();
        }
    }
}
