package dev.staleless.benchmarks.speed;

import dev.staleless.benchmarks.Bench;
import dev.staleless.benchmarks.Servers;
import dev.staleless.benchmarks.speed.Rounds.Variant;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.testkit.server.PostgresServer;
import dev.staleless.testkit.server.RedisConnection;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/** What single-row updates cost more, on a database that waits for its disk. */
public final class WriteBench implements Bench {

    private static final String UPDATE = "UPDATE item SET price = price + 1 WHERE id = ?";

    @Override
    public String name() {
        return "write";
    }

    @Override
    public String description() {
        return "single-row updates beside the plain driver, 1 and 16 threads, fsync on [--rounds --window]";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws Exception {
        SpeedOptions options = SpeedOptions.parse(arguments);
        PostgresServer.Builder durable = PostgresServer.builder()
                .set("fsync", "on")
                .set("synchronous_commit", "on")
                .set("full_page_writes", "on");
        try (Servers servers = new Servers(durable);
                PlainRedis redis = new PlainRedis(servers.redis().uri());
                RedisConnection admin = servers.redisConnection()) {
            DataSource plain = servers.pool(18);
            Items.create(plain);
            StalelessDataSource node = servers.node(18);
            Items.awaitHit(node, () -> node.statistics().hits(), Items.Kind.ONE);
            admin.call("SET", "one", "1");
            StringBuilder result = new StringBuilder("RESULT write");
            for (int threads : new int[] {1, 16}) {
                List<Figures> figures = options.rounds(threads, 1)
                        .measure(List.of(
                                new Variant("plain, in a transaction", thread -> () -> inTransaction(plain)),
                                new Variant("in a transaction", thread -> () -> inTransaction(node)),
                                new Variant("plain, auto-commit", thread -> () -> autoCommit(plain)),
                                new Variant("auto-commit", thread -> () -> autoCommit(node)),
                                new Variant("a GET", thread -> () -> redis.get(new byte[] {'o', 'n', 'e'}))));
                Figures.print(out, threads + " threads", figures);
                append(result, threads, figures);
            }
            out.println();
            out.println(result);
            return 0;
        }
    }

    private static void append(StringBuilder result, int threads, List<Figures> figures) {
        result.append(String.format(
                Locale.ROOT,
                " tps_%d=%.3f more_us_%d=%.1f autocommit_tps_%d=%.3f autocommit_more_us_%d=%.1f round_trip_us_%d=%.1f",
                threads,
                figures.get(1).ratio(),
                threads,
                (figures.get(1).p50() - figures.get(0).p50()) / 1e3,
                threads,
                figures.get(3).ratio() / figures.get(2).ratio(),
                threads,
                (figures.get(3).p50() - figures.get(2).p50()) / 1e3,
                threads,
                figures.get(4).p50() / 1e3));
    }

    private static void inTransaction(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            update(connection);
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    private static void autoCommit(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            update(connection);
        }
    }

    private static void update(Connection connection) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            update.setInt(1, ThreadLocalRandom.current().nextInt(Items.ROWS));
            update.executeUpdate();
        }
    }
}
