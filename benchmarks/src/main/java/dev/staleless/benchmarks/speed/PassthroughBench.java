package dev.staleless.benchmarks.speed;

import dev.staleless.benchmarks.Bench;
import dev.staleless.benchmarks.BenchOptions;
import dev.staleless.benchmarks.Servers;
import dev.staleless.benchmarks.speed.Rounds.Variant;
import dev.staleless.core.store.memory.MemoryStore;
import dev.staleless.jdbc.Ops;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessDataSource;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import picocli.CommandLine.Option;

/** What is added to statements that are not cached, beside the driver and the pool alone. */
public final class PassthroughBench implements Bench {

    private static final String UNPROFILED = "SELECT id, category, price, name, created FROM other WHERE id = ?";
    private static final String LOCKING = "SELECT id, category, price, name, created FROM item WHERE id = ? FOR SHARE";
    private static final String STREAM = "SELECT i, i + 1, i * 2 FROM generate_series(1, %d) i WHERE random() >= 0";

    private static final class Options {
        @Option(names = "--rounds", defaultValue = "9")
        int rounds;

        @Option(names = "--window", defaultValue = "700")
        long window;

        @Option(names = "--rows", defaultValue = "1000000", description = "rows that are streamed")
        int rows;
    }

    @Override
    public String name() {
        return "passthrough";
    }

    @Override
    public String description() {
        return "what statements cost more that are not cached [--rounds --window --rows]";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws Exception {
        Options options = BenchOptions.parse(new Options(), arguments);
        BenchOptions.between("--rows", options.rows, 1, 100_000_000);
        try (Servers servers = new Servers()) {
            Items.create(servers.pool(1));
            DataSource plain = servers.pool(2);
            try (StalelessDataSource node = Staleless.wrap(servers.pool(4))
                    .store(MemoryStore.create())
                    .profile("public.item", Ops.all(), Duration.ofHours(1))
                    .build()) {
                Items.awaitHit(node, () -> node.statistics().hits(), Items.Kind.ONE);
                StringBuilder result = new StringBuilder("RESULT passthrough");
                Rounds rounds = new Rounds(1, options.rounds, options.window, 1);
                statements(out, result, rounds, "unprofiled", UNPROFILED, plain, node);
                statements(out, result, rounds, "locking", LOCKING, plain, node);
                Rounds streams = new Rounds(1, options.rounds, 1, 1);
                String sql = String.format(STREAM, options.rows);
                List<Figures> figures = streams.measure(List.of(
                        new Variant("plain", thread -> () -> stream(plain, sql)),
                        new Variant("through the cache", thread -> () -> stream(node, sql))));
                Figures.print(out, "a stream of " + options.rows + " rows", figures);
                result.append(String.format(
                        Locale.ROOT,
                        " stream_ratio=%.3f stream_cpu_ratio=%.3f",
                        figures.get(1).ratio(),
                        figures.get(0).cpu() / figures.get(1).cpu()));
                out.println();
                out.println(result);
                return 0;
            }
        }
    }

    private static void statements(
            PrintStream out,
            StringBuilder result,
            Rounds rounds,
            String what,
            String sql,
            DataSource plain,
            DataSource node)
            throws Exception {
        Connection plainConnection = plain.getConnection();
        Connection connection = node.getConnection();
        List<Figures> figures = rounds.measure(List.of(
                new Variant("plain", thread -> () -> Items.ask(plainConnection, sql, any())),
                new Variant("through the cache", thread -> () -> Items.ask(connection, sql, any())),
                new Variant("plain, a connection for each", thread -> () -> Items.ask(plain, sql, any())),
                new Variant("through the cache, a connection for each", thread -> () -> Items.ask(node, sql, any()))));
        plainConnection.close();
        connection.close();
        Figures.print(out, what, figures);
        result.append(String.format(
                Locale.ROOT,
                " %s_more_us=%.2f %s_more_bytes=%.0f %s_more_p50_us=%.2f %s_connection_more_us=%.2f %s_connection_more_bytes=%.0f",
                what,
                figures.get(1).extraCpu() / 1e3,
                what,
                figures.get(1).bytes() - figures.get(0).bytes(),
                what,
                (figures.get(1).p50() - figures.get(0).p50()) / 1e3,
                what,
                (figures.get(3).extraCpu() - figures.get(2).extraCpu()) / 1e3,
                what,
                figures.get(3).bytes() - figures.get(2).bytes()));
    }

    private static void stream(DataSource source, String sql) throws Exception {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setFetchSize(1_000);
                long sum = 0;
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        sum += rows.getInt(1) + rows.getInt(2) + rows.getInt(3);
                    }
                }
                if (sum == 0) {
                    throw new IllegalStateException("nothing was read");
                }
            }
            connection.commit();
        }
    }

    private static int any() {
        return ThreadLocalRandom.current().nextInt(Items.ROWS);
    }
}
