package dev.staleless.benchmarks.speed;

import dev.staleless.benchmarks.Bench;
import dev.staleless.benchmarks.BenchOptions;
import dev.staleless.benchmarks.Servers;
import dev.staleless.benchmarks.speed.Rounds.Variant;
import dev.staleless.jdbc.StalelessDataSource;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import picocli.CommandLine.Option;

/** What a transaction of very many changed rows costs more: in batches, and one by one. */
public final class BulkBench implements Bench {

    private static final class Options {
        @Option(names = "--rounds", defaultValue = "5")
        int rounds;

        @Option(names = "--rows", defaultValue = "100000", description = "rows that a transaction changes")
        int rows;
    }

    private static final int BATCH = 1_000;

    @Override
    public String name() {
        return "bulk";
    }

    @Override
    public String description() {
        return "a transaction of 100,000 changed rows beside the plain driver [--rounds --rows]";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws Exception {
        Options options = BenchOptions.parse(new Options(), arguments);
        BenchOptions.between("--rounds", options.rounds, 1, 1_000);
        BenchOptions.between("--rows", options.rows, BATCH, 10_000_000);
        try (Servers servers = new Servers()) {
            DataSource plain = servers.pool(2);
            Items.create(plain);
            StalelessDataSource node = servers.node(4);
            Items.awaitHit(node, () -> node.statistics().hits(), Items.Kind.ONE);
            int rows = options.rows;
            Rounds rounds = new Rounds(1, options.rounds, 1, 1);
            StringBuilder result = new StringBuilder("RESULT bulk rows=" + rows);
            List<Figures> inserts = rounds.measure(List.of(
                    new Variant("plain", thread -> () -> insert(plain, rows)),
                    new Variant("through the cache", thread -> () -> insert(node, rows))));
            Figures.print(out, "inserted, in batches", inserts);
            append(result, "insert", inserts, rows);
            List<Figures> batches = rounds.measure(List.of(
                    new Variant("plain", thread -> () -> update(plain, rows, true)),
                    new Variant("through the cache", thread -> () -> update(node, rows, true))));
            Figures.print(out, "updated, in batches", batches);
            append(result, "update", batches, rows);
            List<Figures> single = rounds.measure(List.of(
                    new Variant("plain", thread -> () -> update(plain, rows / 10, false)),
                    new Variant("through the cache", thread -> () -> update(node, rows / 10, false))));
            Figures.print(out, "updated, one by one (a tenth)", single);
            append(result, "single", single, rows / 10);
            out.println();
            out.println(result);
            return 0;
        }
    }

    private static void append(StringBuilder result, String what, List<Figures> figures, int rows) {
        result.append(String.format(
                Locale.ROOT,
                " %s_slower=%.3f %s_more_cpu_us_a_row=%.2f %s_more_bytes_a_row=%.0f",
                what,
                1 / figures.get(1).ratio() - 1,
                what,
                figures.get(1).extraCpu() / 1e3 / rows,
                what,
                (figures.get(1).bytes() - figures.get(0).bytes()) / rows));
    }

    private static void insert(DataSource source, int rows) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO item (id, category, section, price, name, created) VALUES (?, ?, ?, 1, ?, now())")) {
                for (int i = 0; i < rows; i++) {
                    insert.setLong(1, 10_000_000L + i);
                    insert.setInt(2, i % 1_000);
                    insert.setInt(3, i % 10);
                    insert.setString(4, "item");
                    insert.addBatch();
                    if ((i + 1) % BATCH == 0) {
                        insert.executeBatch();
                    }
                }
                insert.executeBatch();
            }
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM item WHERE id >= 10000000")) {
                delete.executeUpdate();
            }
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    private static void update(DataSource source, int rows, boolean batches) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement update = connection.prepareStatement("UPDATE item SET price = ? WHERE id = ?")) {
                for (int i = 0; i < rows; i++) {
                    update.setInt(1, i % 100);
                    update.setInt(2, i % Items.ROWS);
                    if (!batches) {
                        update.executeUpdate();
                        continue;
                    }
                    update.addBatch();
                    if ((i + 1) % BATCH == 0) {
                        update.executeBatch();
                    }
                }
                if (batches) {
                    update.executeBatch();
                }
            }
            connection.commit();
            connection.setAutoCommit(true);
        }
    }
}
