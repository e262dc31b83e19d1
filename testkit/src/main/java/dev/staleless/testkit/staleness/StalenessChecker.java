package dev.staleless.testkit.staleness;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Looks for stale reads: writers change random rows through several nodes while readers compare what each node serves with
 * what the database holds.
 *
 * <p>A read during which no commit is under way has to show exactly what the database holds since the last one. With a commit in
 * between, it may also show a state from before it, if no commit had returned since that state; a node that shows neither is
 * asked again while no commit is under way.
 *
 * <p>With a lag, a read may show any state since the commits that had returned longer ago than the lag when it began.
 */
public final class StalenessChecker {

    /** Collations that cannot be mixed, types that cannot be compared, types that cannot be assigned. */
    static final Set<Integer> MARIADB_MISMATCHES = Set.of(1267, 1270, 1271, 4078, 4079);

    private final CheckSettings settings;
    private final DataSource database;
    private final List<DecisionLog> logs;

    /**
     * @param database the application's database without the cache; PostgreSQL, H2 or MariaDB
     * @param logs listeners of the nodes, asked for the reasoning behind a stale read; may be empty
     */
    public StalenessChecker(CheckSettings settings, DataSource database, List<DecisionLog> logs) {
        this.settings = settings;
        this.database = database;
        this.logs = List.copyOf(logs);
    }

    /**
     * Makes the schema, lets the nodes be made (they may want to read the catalog), runs, and drops the schema.
     *
     * @param nodes makes the nodes' data sources over the same database; called once the tables exist
     * @throws SQLException if reading failed: a cache must never fail a read
     */
    public CheckReport run(Function<List<String>, List<DataSource>> nodes) throws SQLException, InterruptedException {
        Random random = new Random(settings.seed());
        RandomSchema schema;
        try (Connection connection = database.getConnection()) {
            // names that no other schema of the same namespace has: this DDL does not go through the cache
            String prefix = "sc" + Long.toUnsignedString(settings.seed(), 36) + "_";
            schema = new RandomSchema(random, settings.tables(), prefix, Product.of(connection));
            schema.drop(connection);
            schema.create(connection);
            schema.fill(connection, random, settings.rows());
        }
        List<Sql> pool = accepted(new RandomQueries(schema, random).pool(settings.queries()));
        List<String> names = schema.tables.stream().map(RandomSchema.Tab::name).toList();
        try {
            return check(new Run(settings, database, nodes.apply(names), logs, schema, pool));
        } finally {
            try (Connection connection = database.getConnection()) {
                schema.drop(connection);
            }
        }
    }

    /** MariaDB refuses to compare some types and collations; which ones do not is not worth knowing here. */
    private List<Sql> accepted(List<Sql> pool) throws SQLException {
        List<Sql> accepted = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            for (Sql sql : pool) {
                try {
                    sql.query(connection);
                    accepted.add(sql);
                } catch (SQLException e) {
                    if (!MARIADB_MISMATCHES.contains(e.getErrorCode())) {
                        throw e;
                    }
                }
            }
        }
        return accepted;
    }

    private CheckReport check(Run run) throws SQLException, InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<Void>> ends = new ArrayList<>();
            for (int i = 0; i < settings.writers(); i++) {
                ends.add(threads.submit(new Writer(run, settings.seed() + 1000 + i)));
            }
            for (int i = 0; i < settings.readers(); i++) {
                ends.add(threads.submit(new Reader(run, settings.seed() + 2000 + i)));
            }
            for (Future<Void> end : ends) {
                end.get();
            }
            return run.report();
        } catch (ExecutionException e) {
            throw unwrap(e);
        } finally {
            run.stop();
            threads.shutdownNow();
        }
    }

    private SQLException unwrap(ExecutionException e) {
        String message = "the staleness check failed, seed " + settings.seed() + ": " + e.getCause();
        return e.getCause() instanceof SQLException cause
                ? new SQLException(message, cause.getSQLState(), cause)
                : new SQLException(message, e.getCause());
    }
}
