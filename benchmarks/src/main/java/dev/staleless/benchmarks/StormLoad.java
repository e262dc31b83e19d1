package dev.staleless.benchmarks;

import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.testkit.server.RedisConnection;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * What a commit costs Redis under load: many writing threads, transactions of few and of very many rows, and an application that keeps
 * sending queries of new shapes. Counted by Redis itself, over the commands that only commits send.
 */
final class StormLoad {

    private static final List<String> OF_COMMITS = List.of("lpush", "ltrim", "hset", "hdel");
    private static final int THREADS = 200;
    private static final int FEW_THREADS = 10;
    private static final int CONNECTIONS = 100;
    private static final int LARGEST = 100_000;

    private final PrintStream out;
    private final StalelessDataSource node;
    private final RedisConnection redis;

    StormLoad(Servers servers, DataSource database, PrintStream out) throws SQLException {
        this.out = out;
        Servers.execute(
                database,
                "CREATE TABLE stock (id bigint PRIMARY KEY, category int NOT NULL REFERENCES category,"
                        + " quantity int NOT NULL)",
                "INSERT INTO stock SELECT i, 1 + i % 10, 0 FROM generate_series(1, " + LARGEST + ") i");
        this.node = servers.node(CONNECTIONS);
        this.redis = servers.redisConnection();
    }

    void run(int seconds) throws Exception {
        awaitCaching();
        out.printf(
                "%n%-44s %9s %9s %9s %9s %9s%n",
                "Redis' work for each commit", "commits", "commands", "us of them", "bytes in", "longest us");
        load("10 threads, transactions of 1 row", seconds, FEW_THREADS, 1, false);
        load("200 threads, transactions of 1 row", seconds, THREADS, 1, false);
        load("200 threads, transactions of 100 rows", seconds, THREADS, 100, false);
        load("200 threads, 1 row, ever new query shapes", seconds, THREADS, 1, true);
        load("2 threads, transactions of 100,000 rows", seconds, 2, LARGEST, false);
    }

    /** Only what some node caches is reported. */
    private void awaitCaching() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (node.statistics().hits() == 0) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "nothing is cached: " + node.statistics().misses());
            }
            shape(node, 1);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private void load(String what, int seconds, int writers, int rows, boolean shapes) throws Exception {
        redis.call("CONFIG", "RESETSTAT");
        Slowest.begin(redis);
        Processor before = Processor.of(redis);
        long start = System.nanoTime();
        AtomicLong commits = new AtomicLong();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<Void>> ends = new ArrayList<>();
            long end = start + TimeUnit.SECONDS.toNanos(seconds);
            for (int i = 0; i < writers; i++) {
                int writer = i;
                ends.add(threads.submit((Callable<Void>) () -> write(writer, rows, end, commits)));
            }
            if (shapes) {
                ends.add(threads.submit((Callable<Void>) () -> shapes(end)));
            }
            for (Future<Void> each : ends) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        print(what, Math.max(1, commits.get()), Processor.of(redis).since(before));
    }

    private void print(String what, long commits, Processor processor) {
        Map<String, String> commands = redis.info("commandstats");
        long calls = 0;
        long micros = 0;
        for (String command : OF_COMMITS) {
            String line = commands.getOrDefault("cmdstat_" + command, "");
            calls += field(line, "calls");
            micros += field(line, "usec");
        }
        long bytes = Long.parseLong(redis.info("stats").getOrDefault("total_net_input_bytes", "0"));
        Slowest slowest = Slowest.end(redis);
        out.printf(
                "%-44s %,9d %9.1f %9.1f %,9d %6d %s of %,d bytes; Redis: %s%n",
                what,
                commits,
                (double) calls / commits,
                (double) micros / commits,
                bytes / commits,
                slowest.micros(),
                slowest.command().toLowerCase(Locale.ROOT),
                slowest.bytes(),
                processor.text());
    }

    /** A number of a line {@code calls=21,usec=175,usec_per_call=8.33}. */
    private static long field(String line, String name) {
        for (String part : line.split(",")) {
            if (part.startsWith(name + "=")) {
                return Long.parseLong(part.substring(name.length() + 1));
            }
        }
        return 0;
    }

    @SuppressWarnings("NullAway") // a task without a result
    private Void write(int writer, int rows, long end, AtomicLong commits) throws SQLException {
        int turn = 0;
        while (System.nanoTime() - end < 0) {
            try (Connection connection = node.getConnection()) {
                connection.setAutoCommit(false);
                change(connection, writer, rows, turn++);
                connection.commit();
                commits.incrementAndGet();
                connection.setAutoCommit(true);
            }
        }
        return null;
    }

    /** Writers keep to rows of their own, so that they do not wait for each other. */
    private static void change(Connection connection, int writer, int rows, int turn) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE stock SET quantity = quantity + 1 WHERE id = ?")) {
            long own = LARGEST / THREADS;
            long first = rows == LARGEST ? 0 : writer * own;
            int batch = 0;
            for (int i = 0; i < rows; i++) {
                long offset = rows == LARGEST ? i : (turn * (long) rows + i) % own;
                update.setLong(1, 1 + first + offset);
                update.addBatch();
                if (++batch == 1000 || i == rows - 1) {
                    update.executeBatch();
                    batch = 0;
                }
            }
        }
    }

    @SuppressWarnings("NullAway") // a task without a result
    private Void shapes(long end) throws SQLException {
        for (int i = 2; System.nanoTime() - end < 0; i++) {
            shape(node, i);
        }
        return null;
    }

    private static void shape(DataSource source, int number) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id AS c" + number
                        + ", quantity FROM stock WHERE category = " + number % 10 + " AND id < " + number % 100)) {
            while (rows.next()) {
                rows.getLong(1);
            }
        }
    }
}
