package dev.staleless.testkit.staleness;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A thread that writes through random nodes: single statements, transactions, batches, savepoints, rollbacks. */
final class Writer implements Callable<Void> {

    private final Run run;
    private final Random random;
    private final RandomWrites writes;

    Writer(Run run, long seed) {
        this.run = run;
        this.random = new Random(seed);
        this.writes = new RandomWrites(run.schema, random, run.keys, run.settings.rows());
    }

    @Override
    public @Nullable Void call() throws SQLException {
        while (run.goesOn()) {
            if (!run.due()) {
                continue;
            }
            int node = run.anyNode(random);
            try (Connection connection = run.nodes.get(node).getConnection()) {
                if (random.nextInt(3) == 0) {
                    single(connection);
                } else {
                    transaction(connection, node);
                }
            } catch (SQLException e) {
                if (!expected(e)) {
                    run.stop();
                    throw e;
                }
                run.refused(e.getSQLState());
            }
        }
        return null;
    }

    /** H2's, for a lock that another transaction holds too long. */
    private static final String LOCK_TIMEOUT = "HYT00";

    /** MariaDB's without an SQLSTATE of their own: a lock held too long, a value that was cut, a foreign key that is not met. */
    private static final Set<Integer> MARIADB_CODES = Set.of(1205, 1265, 1451, 1452);

    /** Constraints, rounding overflow, deadlocks: what random writes meet. */
    private static boolean expected(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("23")
                || state.startsWith("22")
                || state.startsWith("40")
                || state.equals(LOCK_TIMEOUT)
                || MARIADB_CODES.contains(e.getErrorCode())
                || StalenessChecker.MARIADB_MISMATCHES.contains(e.getErrorCode());
    }

    private void single(Connection connection) throws SQLException {
        Sql write = writes.next();
        run.committing(() -> {
            run.wrote("autocommit " + write);
            write.update(connection);
        });
    }

    private void transaction(Connection connection, int node) throws SQLException {
        connection.setAutoCommit(false);
        try {
            int statements = 1 + random.nextInt(4);
            for (int i = 0; i < statements; i++) {
                step(connection, node);
            }
            if (random.nextInt(6) == 0) {
                rollback(connection);
            } else {
                commit(connection);
            }
        } catch (SQLException e) {
            rollback(connection);
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private void step(Connection connection, int node) throws SQLException {
        switch (random.nextInt(6)) {
            case 0 -> undone(connection);
            case 1 -> batch(connection);
            case 2 -> ownRead(connection, node);
            default -> {
                Sql write = writes.next();
                run.wrote("in transaction " + write);
                write.update(connection);
            }
        }
    }

    private void undone(Connection connection) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        Sql write = writes.next();
        try {
            write.update(connection);
            run.wrote("rolled back to savepoint " + write);
        } catch (SQLException e) {
            if (!expected(e) || String.valueOf(e.getSQLState()).startsWith("40")) {
                throw e;
            }
        }
        connection.rollback(savepoint);
    }

    private void batch(Connection connection) throws SQLException {
        RandomSchema.Tab tab = run.schema.tables.get(random.nextInt(run.schema.tables.size()));
        String sql = "UPDATE " + tab.name() + " SET a = ? WHERE id = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < 3; i++) {
                statement.setInt(1, random.nextInt(8));
                statement.setLong(2, 1 + random.nextInt(run.settings.rows()));
                statement.addBatch();
            }
            statement.executeBatch();
            run.wrote("batch of 3 " + sql);
        }
    }

    /** Read your writes: what the transaction reads is what the database shows inside this transaction. */
    private void ownRead(Connection connection, int node) throws SQLException {
        Sql sql = run.pool.get(random.nextInt(run.pool.size()));
        if (random.nextBoolean()) {
            servedFirst(connection, node, sql);
            return;
        }
        List<List<@Nullable Object>> before = sql.uncached().query(connection);
        List<List<@Nullable Object>> served = sql.query(connection);
        run.checked();
        if (served.equals(before) || served.equals(sql.uncached().query(connection))) {
            return;
        }
        settle(connection, node, sql);
    }

    /**
     * The other way round: a transaction that keeps the snapshot of its first read is served before that read only. If no commit came
     * between the two, they are equal; and from the database's answer on, they are so in any case.
     */
    private void servedFirst(Connection connection, int node, Sql sql) throws SQLException {
        long commits = run.quiet();
        List<List<@Nullable Object>> served = sql.query(connection);
        List<List<@Nullable Object>> expected = sql.uncached().query(connection);
        run.checked();
        if (served.equals(expected)) {
            return;
        }
        if (commits >= 0 && run.quiet() == commits && run.settings.lag().isZero()) {
            run.stale("node " + node + " first in a transaction", sql, expected, served);
        } else {
            settle(connection, node, sql);
        }
    }

    private void settle(Connection connection, int node, Sql sql) throws SQLException {
        run.settled.incrementAndGet();
        run.quietly(1, () -> {
            boolean mustShowAll = run.mustShowAll();
            List<List<@Nullable Object>> again = sql.query(connection);
            List<List<@Nullable Object>> expected = sql.uncached().query(connection);
            if (mustShowAll && !again.equals(expected)) {
                run.stale("node " + node + " in a transaction", sql, expected, again);
            }
        });
    }

    private void commit(Connection connection) throws SQLException {
        run.committing(() -> {
            connection.commit();
            run.wrote("commit");
        });
    }

    private void rollback(Connection connection) throws SQLException {
        connection.rollback();
        run.wrote("rollback");
        run.rollbacks.incrementAndGet();
    }
}
