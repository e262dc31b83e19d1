package dev.staleless.benchmarks.speed;

import dev.staleless.benchmarks.Bench;
import dev.staleless.benchmarks.Servers;
import dev.staleless.benchmarks.speed.Rounds.Variant;
import dev.staleless.testkit.server.PostgresServer;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * What it would cost at least if a commit returned only when every node that serves from its memory had acknowledged the change: the
 * messages alone, without anything that makes them safe.
 */
public final class StrictBench implements Bench {

    private static final String UPDATE = "UPDATE item SET price = price + 1 WHERE id = ?";

    /** How long a node that is stopped would have to be waited for. */
    private static final long LEASE_MILLIS = 100;

    @Override
    public String name() {
        return "strict";
    }

    @Override
    public String description() {
        return "what acknowledgements of 1, 4 and 16 nodes would add to a commit, and a stopped node [--rounds --window]";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws Exception {
        SpeedOptions options = SpeedOptions.parse(arguments);
        StringBuilder result = new StringBuilder("RESULT strict");
        PostgresServer.Builder durable =
                PostgresServer.builder().set("fsync", "on").set("synchronous_commit", "on");
        try (Servers servers = new Servers(durable)) {
            DataSource database = servers.pool(1);
            Items.create(database);
            for (int nodes : new int[] {1, 4, 16}) {
                try (Acknowledgements told =
                        new Acknowledgements(servers.redis().uri(), nodes)) {
                    List<Figures> figures = options.rounds(1, 1).measure(variants(database, told, nodes));
                    Figures.print(out, nodes + " nodes", figures);
                    append(result, nodes, figures);
                }
            }
        }
        out.println();
        out.println(result);
        return 0;
    }

    private static List<Variant> variants(DataSource database, Acknowledgements told, int nodes) {
        return List.of(
                new Variant("append and commit", thread -> () -> {
                    told.append();
                    commit(database);
                }),
                new Variant("acknowledged while it commits", thread -> () -> {
                    told.appendObserved();
                    commit(database);
                    told.await(nodes, LEASE_MILLIS);
                }),
                new Variant("the acknowledgements alone", thread -> () -> {
                    told.appendObserved();
                    told.await(nodes, LEASE_MILLIS);
                }),
                new Variant("one node stopped", thread -> () -> {
                    told.stop(true);
                    told.appendObserved();
                    commit(database);
                    told.await(nodes, LEASE_MILLIS);
                    told.stop(false);
                }));
    }

    private static void commit(DataSource database) throws Exception {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(UPDATE)) {
            update.setInt(1, ThreadLocalRandom.current().nextInt(Items.ROWS));
            update.executeUpdate();
        }
    }

    private static void append(StringBuilder result, int nodes, List<Figures> figures) {
        result.append(String.format(
                Locale.ROOT,
                " commit_us_%d=%.0f strict_us_%d=%.0f strict_p99_us_%d=%.0f acks_us_%d=%.0f ratio_%d=%.3f stopped_us_%d=%.0f",
                nodes,
                figures.get(0).p50() / 1e3,
                nodes,
                figures.get(1).p50() / 1e3,
                nodes,
                figures.get(1).p99() / 1e3,
                nodes,
                figures.get(2).p50() / 1e3,
                nodes,
                figures.get(1).ratio(),
                nodes,
                figures.get(3).p50() / 1e3));
    }
}
