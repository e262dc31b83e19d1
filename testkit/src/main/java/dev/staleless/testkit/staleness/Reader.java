package dev.staleless.testkit.staleness;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A thread that reads through every node and compares with the database. */
final class Reader implements Callable<Void> {

    private final Run run;
    private final Random random;

    Reader(Run run, long seed) {
        this.run = run;
        this.random = new Random(seed);
    }

    @Override
    public @Nullable Void call() throws SQLException {
        try (Connection database = run.database.getConnection()) {
            while (run.goesOn()) {
                Sql sql = run.pool.get(random.nextInt(run.pool.size()));
                List<List<@Nullable Object>> before = sql.query(database);
                int first = run.anyNode(random);
                for (int i = 0; i < run.nodes.size(); i++) {
                    compare(database, (first + i) % run.nodes.size(), sql, before);
                }
            }
        } catch (SQLException | RuntimeException | Error e) {
            run.stop();
            throw e;
        }
        return null;
    }

    private void compare(Connection database, int node, Sql sql, List<List<@Nullable Object>> before)
            throws SQLException {
        List<List<@Nullable Object>> served = throughNode(node, sql);
        run.checked();
        if (served.equals(before) || served.equals(sql.query(database))) {
            return;
        }
        settle(database, node, sql);
    }

    /** No commit is under way, so the node has to agree exactly. */
    private void settle(Connection database, int node, Sql sql) throws SQLException {
        run.settled.incrementAndGet();
        run.quietly(1000, () -> {
            List<List<@Nullable Object>> served = throughNode(node, sql);
            List<List<@Nullable Object>> expected = sql.query(database);
            if (!served.equals(expected)) {
                run.stale("node " + node, sql, expected, served);
            }
        });
    }

    private List<List<@Nullable Object>> throughNode(int node, Sql sql) throws SQLException {
        try (Connection connection = run.nodes.get(node).getConnection()) {
            return sql.query(connection);
        }
    }
}
