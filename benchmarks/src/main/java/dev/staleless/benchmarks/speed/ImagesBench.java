package dev.staleless.benchmarks.speed;

import dev.staleless.benchmarks.Bench;
import dev.staleless.benchmarks.Servers;
import dev.staleless.benchmarks.speed.Rounds.Variant;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.jdbc.policy.Images;
import dev.staleless.redis.RedisStore;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What the images of changed rows cost: statements with and without them, each in a transaction that is rolled back, so that nothing
 * but the statement is measured.
 */
public final class ImagesBench implements Bench {

    private static final int PARENTS = 2_000;

    /** A statement, and how many values its parameter has. */
    private record Kind(String name, String title, String sql, int values) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("one", "UPDATE of a row", "UPDATE item SET price = price + 1 WHERE id = ?", Items.ROWS),
            new Kind(
                    "twenty",
                    "UPDATE of 20 rows",
                    "UPDATE item SET price = price + 1 WHERE category = ?",
                    Items.ROWS / 20),
            new Kind(
                    "bulk",
                    "UPDATE of 500 rows",
                    "UPDATE item SET price = price + 1 WHERE section = ?",
                    Items.ROWS / 500),
            new Kind("cascade", "DELETE with 10 rows of a child", "DELETE FROM parent WHERE id = ?", PARENTS));

    @Override
    public String name() {
        return "images";
    }

    @Override
    public String description() {
        return "changes with the images of their rows beside those without [--rounds --window]";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws Exception {
        SpeedOptions options = SpeedOptions.parse(arguments);
        try (Servers servers = new Servers()) {
            Items.create(servers.pool(1));
            Servers.execute(
                    servers.pool(1),
                    "CREATE TABLE parent (id int PRIMARY KEY, name text)",
                    "CREATE TABLE child (id int PRIMARY KEY, parent int REFERENCES parent ON DELETE CASCADE, note text)",
                    "INSERT INTO parent SELECT i, 'parent ' || i FROM generate_series(0, " + (PARENTS - 1) + ") i",
                    "INSERT INTO child SELECT i, i / 10, 'child ' || i FROM generate_series(0, " + (10 * PARENTS - 1)
                            + ") i",
                    "CREATE INDEX ON child (parent)",
                    "VACUUM ANALYZE parent",
                    "VACUUM ANALYZE child");
            List<StalelessDataSource> nodes = new ArrayList<>();
            for (Images images : List.of(Images.NEVER, Images.AUTO, Images.ALWAYS)) {
                StalelessDataSource node =
                        servers.node(12, RedisStore.connect(servers.redis().uri()), builder -> builder.images(images));
                cacheAll(node);
                nodes.add(node);
            }
            StringBuilder result = new StringBuilder("RESULT images");
            for (Kind kind : KINDS) {
                measure(kind, nodes, options, out, result);
            }
            out.println();
            out.println(result);
            return 0;
        }
    }

    /** Reads each table until it is cached. */
    private static void cacheAll(StalelessDataSource node) throws Exception {
        for (String table : List.of("item", "parent", "child")) {
            String query = "SELECT * FROM " + table + " WHERE id = ?";
            long before = node.statistics().hits();
            long deadline = System.nanoTime() + java.util.concurrent.TimeUnit.SECONDS.toNanos(60);
            while (node.statistics().hits() == before) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException("nothing is cached: " + query);
                }
                try (Connection connection = node.getConnection();
                        PreparedStatement statement = connection.prepareStatement(query)) {
                    statement.setInt(1, 1);
                    try (ResultSet rows = statement.executeQuery()) {
                        rows.next();
                    }
                }
            }
        }
    }

    private static void measure(
            Kind kind, List<StalelessDataSource> nodes, SpeedOptions options, PrintStream out, StringBuilder result)
            throws Exception {
        List<Variant> variants = new ArrayList<>();
        for (Images images : List.of(Images.NEVER, Images.AUTO, Images.ALWAYS)) {
            StalelessDataSource node = nodes.get(variants.size());
            String title = kind.title() + ", images = " + images.name().toLowerCase(Locale.ROOT);
            variants.add(new Variant(title, thread -> {
                Connection connection = node.getConnection();
                connection.setAutoCommit(false);
                return () -> change(connection, kind);
            }));
        }
        List<Figures> figures = options.rounds(1, 1).measure(variants);
        Figures.print(out, kind.title(), figures);
        double never = figures.get(0).p50();
        result.append(String.format(
                Locale.ROOT,
                " %s_auto=%.3f %s_always=%.3f %s_more_us=%.1f",
                kind.name(),
                figures.get(1).ratio(),
                kind.name(),
                figures.get(2).ratio(),
                kind.name(),
                (figures.get(2).p50() - never) / 1e3));
    }

    private static void change(Connection connection, Kind kind) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(kind.sql())) {
            statement.setInt(1, ThreadLocalRandom.current().nextInt(kind.values()));
            statement.executeUpdate();
        }
        connection.rollback();
    }
}
