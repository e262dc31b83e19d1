package dev.staleless.benchmarks;

import dev.staleless.core.query.Query;
import dev.staleless.core.statistics.CacheListener;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.redis.RedisStore;
import dev.staleless.testkit.server.RedisConnection;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import picocli.CommandLine.Option;

/** What Redis' memory holds for small results: rows by their primary key, each with a log of its own, and rows by a foreign key. */
public final class MemoryBench implements Bench {

    /** What can be set on the command line. */
    private static final class Options {
        @Option(names = "--results", defaultValue = "100000", description = "results of each kind")
        int results;
    }

    private static final int THREADS = 8;
    private static final int SAMPLE = 500;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String description() {
        return "bytes of Redis' memory for each small result and each log [--results]";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws Exception {
        Options options = BenchOptions.parse(new Options(), arguments);
        BenchOptions.between("--results", options.results, SAMPLE, 10_000_000);
        try (Servers servers = new Servers()) {
            Measurement measurement = new Measurement(options, servers);
            Figures byKey = measurement.of("SELECT id, name FROM item WHERE id = ?");
            Figures byForeignKey = measurement.of("SELECT id, name FROM item WHERE category = 5 AND price < ?");
            out.printf(
                    "%-34s %8s %8s %8s %8s %8s %8s%n",
                    "bytes for each 1-row result", "all told", "entry", "payload", "format", "logs", "a log");
            byKey.print("by primary key, a log for each", out);
            byForeignKey.print("by foreign key, one log for all", out);
            out.printf(
                    "RESULT memory results=%d all_told_bytes=%d shared_log_all_told_bytes=%d format_overhead_bytes=%d"
                            + " entry_overhead_bytes=%d log_bytes=%d payload_bytes=%d%n",
                    options.results,
                    byKey.allTold(),
                    byForeignKey.allTold(),
                    byKey.format(),
                    byKey.entry() - byKey.payload(),
                    byKey.log(),
                    byKey.payload());
            return 0;
        }
    }

    /**
     * Averages over the results of one kind.
     *
     * @param allTold by what Redis' memory has grown, tables of keys and expiry too
     * @param entry by MEMORY USAGE
     * @param format key and value, less the payload
     * @param log by MEMORY USAGE
     * @param logs number of logs for each result
     */
    private record Figures(long allTold, long entry, long payload, long format, long log, double logs) {
        void print(String what, PrintStream out) {
            out.printf("%-34s %8d %8d %8d %8d %8.2f %8d%n", what, allTold, entry, payload, format, logs, log);
        }
    }

    private static final class Measurement {
        private final Options options;
        private final StalelessDataSource node;
        private final RedisConnection redis;
        private final AtomicLong published = new AtomicLong();
        private final AtomicLong payload = new AtomicLong();

        Measurement(Options options, Servers servers) throws SQLException {
            this.options = options;
            Servers.execute(
                    servers.pool(1),
                    "CREATE TABLE category (id int PRIMARY KEY)",
                    "CREATE TABLE item (id bigint PRIMARY KEY, category int NOT NULL REFERENCES category,"
                            + " price int NOT NULL, name text NOT NULL)",
                    "INSERT INTO category SELECT generate_series(1, 10)",
                    "INSERT INTO item VALUES (0, 5, -1, 'item 0')",
                    "INSERT INTO item SELECT i, 6, i, 'item ' || i FROM generate_series(1, " + options.results + ") i",
                    "CREATE INDEX ON item (category)",
                    "ANALYZE item");
            CacheListener listener = new CacheListener() {
                @Override
                public void published(Query query, int bytes) {
                    published.incrementAndGet();
                    payload.addAndGet(bytes);
                }
            };
            node = servers.node(
                    THREADS + 4, RedisStore.connect(servers.redis().uri()), builder -> builder.listener(listener));
            redis = servers.redisConnection();
        }

        Figures of(String query) throws Exception {
            long hits = node.statistics().hits();
            while (node.statistics().hits() == hits) {
                ask(query, 0);
                TimeUnit.MILLISECONDS.sleep(20);
            }
            awaitNoClaims();
            long before = used();
            long logsBefore = keys("list").size();
            published.set(0);
            payload.set(0);
            fill(query);
            while (published.get() < options.results) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            awaitNoClaims();
            long grown = used() - before;
            List<String> entries = keys("string");
            List<String> logs = keys("list");
            long average = payload.get() / options.results;
            return new Figures(
                    grown / options.results,
                    usage(entries),
                    average,
                    format(entries) - average,
                    usage(logs),
                    (double) (logs.size() - logsBefore) / options.results);
        }

        /** Who fills a result claims it for two seconds; to look at a key that has expired frees it. */
        private void awaitNoClaims() throws InterruptedException {
            while (keys("string").stream().anyMatch(Measurement::isClaim)) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }

        private static boolean isClaim(String key) {
            return key.matches(".*:c:[^:]*");
        }

        private void fill(String query) throws Exception {
            AtomicInteger next = new AtomicInteger(1);
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            try {
                List<Future<Void>> ends = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    ends.add(threads.submit((Callable<Void>) () -> fill(query, next)));
                }
                for (Future<Void> end : ends) {
                    end.get();
                }
            } finally {
                threads.shutdownNow();
            }
        }

        @SuppressWarnings("NullAway") // a task without a result
        private Void fill(String query, AtomicInteger next) throws SQLException {
            for (int i = next.getAndIncrement(); i <= options.results; i = next.getAndIncrement()) {
                ask(query, i);
            }
            return null;
        }

        private void ask(String query, int parameter) throws SQLException {
            ask(node, query, parameter);
        }

        private static void ask(DataSource source, String query, int parameter) throws SQLException {
            try (Connection connection = source.getConnection();
                    PreparedStatement statement = connection.prepareStatement(query)) {
                statement.setInt(1, parameter);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        rows.getString(2);
                    }
                }
            }
        }

        private long used() {
            return Long.parseLong(redis.info("memory").getOrDefault("used_memory", "0"));
        }

        /** The keys of a kind: entries are strings, logs lists. */
        private List<String> keys(String kind) {
            List<String> found = new ArrayList<>();
            String cursor = "0";
            do {
                Object reply = redis.call("SCAN", cursor, "COUNT", "1000", "TYPE", kind);
                List<?> parts = (List<?>) reply;
                cursor = String.valueOf(parts == null ? "0" : parts.get(0));
                if (parts != null && parts.get(1) instanceof List<?> keys) {
                    keys.forEach(key -> found.add(String.valueOf(key)));
                }
            } while (!cursor.equals("0"));
            return found;
        }

        private long usage(List<String> keys) {
            return (long) keys.stream()
                    .limit(SAMPLE)
                    .mapToLong(key -> redis.number("MEMORY", "USAGE", key, "SAMPLES", "0"))
                    .average()
                    .orElse(0);
        }

        private long format(List<String> keys) {
            return (long) keys.stream()
                    .limit(SAMPLE)
                    .mapToLong(key -> key.length() + redis.number("STRLEN", key))
                    .average()
                    .orElse(0);
        }
    }
}
