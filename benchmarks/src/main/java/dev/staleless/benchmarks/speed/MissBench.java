package dev.staleless.benchmarks.speed;

import dev.staleless.benchmarks.Bench;
import dev.staleless.benchmarks.Servers;
import dev.staleless.benchmarks.speed.Rounds.Variant;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.testkit.server.RedisConnection;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** What a query costs that is looked up, not found, and published, beside the driver and the pool alone. */
public final class MissBench implements Bench {

    @Override
    public String name() {
        return "miss";
    }

    @Override
    public String description() {
        return "a query that misses and is published, beside the plain driver [--rounds --window]";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws Exception {
        SpeedOptions options = SpeedOptions.parse(arguments);
        try (Servers servers = new Servers()) {
            Items.create(servers.pool(1));
            StalelessDataSource node = servers.node(4);
            Items.awaitHit(node, () -> node.statistics().hits(), Items.Kind.FIVE_HUNDRED);
            try (RedisConnection redis = servers.redisConnection();
                    PlainRedis plain = new PlainRedis(servers.redis().uri())) {
                redis.call("SET", "one", "1");
                List<Figures> figures = options.rounds(1, 1).measure(variants(servers.pool(2), node, plain));
                Figures.print(out, "500 rows", figures);
                Figures database = figures.get(0);
                Figures miss = figures.get(1);
                Figures roundTrip = figures.get(2);
                double more = miss.p50() - database.p50();
                out.printf(
                        Locale.ROOT,
                        "%nRESULT miss more_us=%.1f more_round_trips=%.2f more_than_database=%.3f p50_us=%.1f plain_p50_us=%.1f"
                                + " round_trip_us=%.1f%n",
                        more / 1e3,
                        more / roundTrip.p50(),
                        (more - roundTrip.p50()) / database.p50(),
                        miss.p50() / 1e3,
                        database.p50() / 1e3,
                        roundTrip.p50() / 1e3);
            }
            return 0;
        }
    }

    private static List<Variant> variants(DataSource database, StalelessDataSource node, PlainRedis plain) {
        AtomicInteger next = new AtomicInteger();
        String sql = "SELECT id, category, price, name, created FROM item WHERE section = ? AND id >= ?";
        return List.of(
                new Variant("plain", thread -> () -> ask(database, sql, next)),
                new Variant("miss", thread -> () -> ask(node, sql, next)),
                new Variant("a GET", thread -> () -> plain.get(new byte[] {'o', 'n', 'e'})));
    }

    private static void ask(DataSource source, String sql, AtomicInteger next) throws Exception {
        int number = next.getAndIncrement();
        try (var connection = source.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setInt(1, number % 100);
            statement.setInt(2, -number);
            try (var rows = statement.executeQuery()) {
                Items.read(rows);
            }
        }
    }
}
