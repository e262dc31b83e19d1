package dev.staleless.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.redis.RedisStore;
import dev.staleless.testkit.server.PostgresServer;
import dev.staleless.testkit.server.RedisCluster;
import dev.staleless.testkit.server.RedisConnection;
import dev.staleless.testkit.server.RedisServer;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import picocli.CommandLine.Option;

/** Where a Cluster has the logs and the results of one hot table, and whether reads fail while a third of its slots move. */
public final class ClusterBench implements Bench {

    /** What can be set on the command line. */
    private static final class Options {
        @Option(names = "--results", defaultValue = "3000", description = "cached results of the table, a log for each")
        int results;

        @Option(
                names = "--slots",
                defaultValue = "300",
                description = "slots that are moved while it is read and written")
        int slots;
    }

    private static final String QUERY = "SELECT id, name, stock FROM item WHERE id = ?";

    @Override
    public String name() {
        return "cluster";
    }

    @Override
    public String description() {
        return "where a Cluster has one hot table's logs and results, and a resharding under load [--results --slots]";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws Exception {
        Options options = BenchOptions.parse(new Options(), arguments);
        BenchOptions.between("--results", options.results, 100, 10_000_000);
        BenchOptions.between("--slots", options.slots, 0, RedisCluster.SLOTS);
        Quiet.log();
        try (PostgresServer postgres = PostgresServer.start();
                RedisCluster cluster = RedisCluster.start();
                HikariDataSource pool = NodeProcess.pool(postgres.jdbcUrl(), 8)) {
            Servers.execute(
                    pool,
                    "CREATE TABLE item (id bigint PRIMARY KEY, name text NOT NULL, stock int NOT NULL)",
                    "INSERT INTO item SELECT i, 'item ' || i, 0 FROM generate_series(1, " + options.results + ") i");
            try (StalelessDataSource node = Staleless.wrap(pool)
                    .store(RedisStore.connect(cluster.uri()))
                    .namespace("hot")
                    .cacheEverything(Duration.ofHours(1))
                    .build()) {
                return new Measurement(options, cluster, node, out).run();
            }
        }
    }

    /** What one server has. */
    private record Share(int entries, int logs, int registries, long bytes) {}

    private static final class Measurement {
        private final Options options;
        private final RedisCluster cluster;
        private final StalelessDataSource node;
        private final PrintStream out;
        private final AtomicLong reads = new AtomicLong();
        private final AtomicLong failedReads = new AtomicLong();
        private final AtomicLong writes = new AtomicLong();
        private volatile boolean stopped;

        Measurement(Options options, RedisCluster cluster, StalelessDataSource node, PrintStream out) {
            this.options = options;
            this.cluster = cluster;
            this.node = node;
            this.out = out;
        }

        int run() throws Exception {
            while (node.statistics().hits() == 0) {
                ask(1);
                TimeUnit.MILLISECONDS.sleep(20);
            }
            fill();
            List<Share> shares = distribution();
            reshard();
            int entries = shares.stream().mapToInt(Share::entries).sum();
            int logs = shares.stream().mapToInt(Share::logs).sum();
            double most = shares.stream().mapToInt(Share::entries).max().orElse(0) * 100.0 / Math.max(1, entries);
            double mostLogs = shares.stream().mapToInt(Share::logs).max().orElse(0) * 100.0 / Math.max(1, logs);
            out.printf(
                    "RESULT cluster entries=%d logs=%d most_entries_on_one_percent=%.1f most_logs_on_one_percent=%.1f"
                            + " moved_slots=%d reads=%d failed_reads=%d writes=%d%n",
                    entries, logs, most, mostLogs, options.slots, reads.get(), failedReads.get(), writes.get());
            return failedReads.get() == 0 ? 0 : 1;
        }

        private void fill() throws SQLException {
            for (int id = 1; id <= options.results; id++) {
                ask(id);
            }
        }

        private void ask(int id) throws SQLException {
            try (Connection connection = node.getConnection();
                    PreparedStatement statement = connection.prepareStatement(QUERY)) {
                statement.setInt(1, id);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        rows.getString(2);
                    }
                }
            }
        }

        private List<Share> distribution() {
            out.printf("%-24s %9s %9s %11s %12s%n", "server", "results", "logs", "registries", "bytes");
            List<Share> shares = new ArrayList<>();
            for (RedisServer server : cluster.primaries()) {
                try (RedisConnection redis = new RedisConnection(server.port())) {
                    Share share = new Share(
                            keys(redis, "string"),
                            keys(redis, "list"),
                            keys(redis, "hash"),
                            Long.parseLong(redis.info("memory").getOrDefault("used_memory", "0")));
                    shares.add(share);
                    out.printf(
                            "%-24s %,9d %,9d %11d %,12d%n",
                            "127.0.0.1:" + server.port(), share.entries, share.logs, share.registries, share.bytes);
                }
            }
            return shares;
        }

        private static int keys(RedisConnection redis, String type) {
            int found = 0;
            String cursor = "0";
            do {
                List<?> reply = redis.call("SCAN", cursor, "COUNT", "1000", "TYPE", type) instanceof List<?> list
                        ? list
                        : List.of("0", List.of());
                cursor = String.valueOf(reply.get(0));
                found += reply.get(1) instanceof List<?> keys ? keys.size() : 0;
            } while (!cursor.equals("0"));
            return found;
        }

        /** Moves slots one after the other, with their keys, while two threads read and one writes. */
        private void reshard() throws InterruptedException {
            List<Thread> threads = List.of(new Thread(this::read), new Thread(this::read), new Thread(this::write));
            threads.forEach(Thread::start);
            for (int i = 0; i < options.slots; i++) {
                int slot = i * (RedisCluster.SLOTS / options.slots);
                RedisServer from = cluster.serving(slot);
                RedisServer to = cluster.primaries().stream()
                        .filter(server -> server.port() != from.port())
                        .findFirst()
                        .orElseThrow();
                cluster.beginMove(slot, from, to);
                cluster.moveKeys(slot, from, to);
                cluster.endMove(slot, from, to);
            }
            stopped = true;
            for (Thread thread : threads) {
                thread.join();
            }
            out.printf(
                    "%,d slots moved under load: %,d reads, %,d of them failed, %,d writes%n",
                    options.slots, reads.get(), failedReads.get(), writes.get());
        }

        private void read() {
            for (int i = 0; !stopped; i++) {
                try {
                    ask(1 + i % options.results);
                } catch (SQLException e) {
                    failedReads.incrementAndGet();
                }
                reads.incrementAndGet();
            }
        }

        private void write() {
            for (int i = 0; !stopped; i++) {
                try {
                    Servers.execute(
                            (DataSource) node,
                            "UPDATE item SET stock = stock + 1 WHERE id = " + (1 + i * 7 % options.results));
                    writes.incrementAndGet();
                } catch (SQLException refused) {
                    // counted by what is missing: only reads may never fail
                    continue;
                }
            }
        }
    }
}
