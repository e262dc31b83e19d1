package dev.staleless.testkit.staleness;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A thread that reads through every node and compares with the database. */
final class Reader implements Callable<Void> {

    /** A query is read so often through each node before the next: a result that was just filled is served as well. */
    private static final int READS = 2;

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
                int first = run.anyNode(random);
                for (int i = 0; i < READS * run.nodes.size(); i++) {
                    check(database, (first + i) % run.nodes.size(), sql);
                }
            }
        } catch (SQLException | RuntimeException | Error e) {
            run.stop();
            throw e;
        }
        return null;
    }

    private void check(Connection database, int node, Sql sql) throws SQLException {
        long commits = run.quiet();
        List<List<@Nullable Object>> expected = commits < 0 ? null : run.expected(sql, commits, database);
        if (expected == null) {
            racing(database, node, sql);
            return;
        }
        long ended = run.ended();
        boolean mustShowAll = run.mustShowAll();
        List<List<@Nullable Object>> served = throughNode(node, sql);
        run.checked();
        if (run.quiet() == commits && mustShowAll) {
            if (!served.equals(expected)) {
                run.stale("node " + node, sql, expected, served);
            }
        } else {
            compare(database, node, sql, ended == commits ? expected : null, served);
        }
    }

    /** Commits are under way: what the node serves is a state from before one of them or from after it. */
    private void racing(Connection database, int node, Sql sql) throws SQLException {
        long ended = run.ended();
        List<List<@Nullable Object>> before = sql.query(database);
        boolean nothingReturned = run.ended() == ended;
        List<List<@Nullable Object>> served = throughNode(node, sql);
        run.checked();
        compare(database, node, sql, nothingReturned ? before : null, served);
    }

    /**
     * Compares where a commit came in between.
     *
     * @param before what the database held at a moment since which no commit returned until the node was asked, or null: what is
     *     older than a commit that had returned is no answer
     */
    private void compare(
            Connection database,
            int node,
            Sql sql,
            @Nullable List<List<@Nullable Object>> before,
            List<List<@Nullable Object>> served)
            throws SQLException {
        if (!served.equals(before) && !served.equals(sql.query(database))) {
            settle(database, node, sql);
        }
    }

    /** No commit is under way, so the node has to agree exactly; if it may lag behind, when the lag is over at the latest. */
    private void settle(Connection database, int node, Sql sql) throws SQLException {
        run.settled.incrementAndGet();
        run.quietly(1000, () -> {
            List<List<@Nullable Object>> expected = sql.query(database);
            boolean mustShowAll;
            List<List<@Nullable Object>> served;
            do {
                mustShowAll = run.mustShowAll();
                served = throughNode(node, sql);
            } while (!mustShowAll && !served.equals(expected));
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
