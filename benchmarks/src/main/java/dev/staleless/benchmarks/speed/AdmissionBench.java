package dev.staleless.benchmarks.speed;

import dev.staleless.benchmarks.Bench;
import dev.staleless.benchmarks.BenchOptions;
import dev.staleless.benchmarks.Servers;
import dev.staleless.core.protocol.Admission;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.jdbc.admission.ShapeReport;
import dev.staleless.redis.RedisStore;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.sql.DataSource;
import picocli.CommandLine.Option;

/**
 * A workload of which a third of the queries is not worth caching: with all of it cached, with nothing cached, and with what is measured
 * to be worth it.
 */
public final class AdmissionBench implements Bench {

    private static final class Options {
        @Option(names = "--steps", defaultValue = "60000", description = "statements of each variant")
        int steps;

        @Option(names = "--rounds", defaultValue = "6", description = "turns in which the variants take them")
        int rounds;
    }

    /** What an execution asks for. */
    private interface Asking {
        void ask(DataSource source, Random random) throws SQLException;
    }

    /** Queries of one text. */
    private record Kind(String what, Asking asking) {}

    private static final String REPORT =
            "SELECT category, count(*), sum(price) FROM item WHERE section = ? GROUP BY category ORDER BY category";
    private static final String NEVER_AGAIN = "SELECT id, name FROM item WHERE id = ? AND created < ?::timestamp";
    private static final String ALWAYS_CHANGED = "SELECT n FROM counter WHERE id = ?";
    private static final String CHANGE = "UPDATE counter SET n = n + 1 WHERE id = ?";

    /** Six texts, of which two are not worth it. */
    private final List<Kind> kinds = List.of(
            new Kind(
                    "a row by its key",
                    (source, random) -> Items.ask(source, Items.Kind.ONE.sql(), random.nextInt(2_000))),
            new Kind("20 rows", (source, random) -> Items.ask(source, Items.Kind.TWENTY.sql(), random.nextInt(500))),
            new Kind(
                    "500 rows",
                    (source, random) -> Items.ask(source, Items.Kind.FIVE_HUNDRED.sql(), random.nextInt(20))),
            new Kind("a report", (source, random) -> ask(source, REPORT, random.nextInt(100), null)),
            new Kind(
                    "never asked again",
                    (source, random) -> ask(
                            source,
                            NEVER_AGAIN,
                            random.nextInt(Items.ROWS),
                            "2026-01-01 00:00:00." + (100_000 + random.nextInt(900_000)))),
            new Kind("always changed", AdmissionBench::askAndChange));

    @Override
    public String name() {
        return "admission";
    }

    @Override
    public String description() {
        return "a workload with a third of queries not worth caching: all, none, and as measured [--steps --rounds]";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws Exception {
        Options options = BenchOptions.parse(new Options(), arguments);
        BenchOptions.between("--steps", options.steps, 1_000, 100_000_000);
        BenchOptions.between("--rounds", options.rounds, 1, 1_000);
        try (Servers servers = new Servers()) {
            DataSource plain = servers.pool(2);
            Items.create(plain);
            Servers.execute(
                    plain,
                    "CREATE TABLE counter (id int PRIMARY KEY, n int NOT NULL)",
                    "INSERT INTO counter SELECT i, 0 FROM generate_series(0, 999) i");
            StalelessDataSource all = node(servers, "all", Admission.ALWAYS);
            StalelessDataSource adaptive = node(servers, "adaptive", Admission.ADAPTIVE);
            List<DataSource> variants = List.of(plain, all, adaptive);
            warm(variants);
            long[] nanos = measure(variants, options);
            print(out, nanos, adaptive);
            return 0;
        }
    }

    private static StalelessDataSource node(Servers servers, String namespace, Admission admission) throws Exception {
        StalelessDataSource node = servers.node(
                2,
                RedisStore.connect(servers.redis().uri()),
                builder -> builder.namespace(namespace).admission(admission));
        Items.awaitHit(node, () -> node.statistics().hits(), Items.Kind.ONE);
        return node;
    }

    /** Compiles what all of them run, by texts that are not measured later. */
    private static void warm(List<DataSource> variants) throws SQLException {
        String sql = "SELECT id, category, price, name, created FROM other WHERE id = ?";
        for (int i = 0; i < 6_000; i++) {
            for (DataSource source : variants) {
                int unused = Items.ask(source, sql, i % 3_000);
            }
        }
    }

    /** In turns; in each round all execute the same. */
    private long[] measure(List<DataSource> variants, Options options) throws SQLException {
        long[] nanos = new long[variants.size()];
        for (int round = 0; round < options.rounds; round++) {
            for (int i = 0; i < nanos.length; i++) {
                Random random = new Random(round);
                long began = System.nanoTime();
                for (int step = 0; step < options.steps / options.rounds; step++) {
                    kinds.get(step % kinds.size()).asking().ask(variants.get(i), random);
                }
                nanos[i] += System.nanoTime() - began;
            }
        }
        return nanos;
    }

    private static void print(PrintStream out, long[] nanos, StalelessDataSource adaptive) {
        List<String> names = new ArrayList<>(List.of("nothing cached", "all cached", "as measured"));
        double best = Math.min(nanos[0], nanos[1]);
        out.printf("%-20s %10s %22s%n", "", "seconds", "to the better of both");
        for (int i = 0; i < nanos.length; i++) {
            out.printf(Locale.ROOT, "%-20s %10.2f %22.3f%n", names.get(i), nanos[i] / 1e9, nanos[i] / best);
        }
        out.println();
        List<ShapeReport> reports = adaptive.admission();
        for (ShapeReport report : reports) {
            out.println(report.sql() + "\n    " + report.toText());
        }
        long left = reports.stream().filter(report -> !report.admitted()).count();
        out.printf(
                Locale.ROOT,
                "%nRESULT admission ratio=%.3f none_s=%.2f all_s=%.2f adaptive_s=%.2f not_worth_it=%d of=%d%n",
                nanos[2] / best,
                nanos[0] / 1e9,
                nanos[1] / 1e9,
                nanos[2] / 1e9,
                left,
                reports.size());
    }

    private static void ask(DataSource source, String sql, int number, @org.jspecify.annotations.Nullable String text)
            throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, number);
            if (text != null) {
                statement.setString(2, text);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    rows.getString(1);
                }
            }
        }
    }

    private static void askAndChange(DataSource source, Random random) throws SQLException {
        int id = random.nextInt(1_000);
        ask(source, ALWAYS_CHANGED, id, null);
        try (Connection connection = source.getConnection();
                PreparedStatement change = connection.prepareStatement(CHANGE)) {
            change.setInt(1, id);
            change.executeUpdate();
        }
    }
}
