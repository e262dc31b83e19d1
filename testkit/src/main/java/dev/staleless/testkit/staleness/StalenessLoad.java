package dev.staleless.testkit.staleness;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Threads that read and write through one node with random statements, and check every read against PostgreSQL. Nothing is agreed on
 * with whoever else writes: there may be any number of nodes in any number of processes, and each may be killed or frozen at any time.
 *
 * <p>What PostgreSQL calls its current snapshot is the same twice only if no transaction has ended in between. So where it is the same
 * before the database was asked and after the node was, the node has to show exactly what the database does. Where it is not, what the
 * database shows afterwards is right too, and else both are asked again.
 */
public final class StalenessLoad {

    private static final int TABLES = 4;
    private static final int ROWS = 40;
    private static final int QUERIES = 120;
    private static final int ATTEMPTS = 100;
    private static final int KEPT_EXAMPLES = 3;
    private static final int KEYS_OF_ONE = 10_000_000;

    /**
     * What was counted. Numbers of one moment, or nearly.
     *
     * @param checks reads that were compared
     * @param undecided comparisons that were given up: there was a commit in between each time
     * @param failedReads reads that failed while the database was there
     * @param refused transactions that failed, for whatever reason
     */
    public record Counts(long checks, long stale, long undecided, long failedReads, long commits, long refused) {}

    private final RandomSchema schema;
    private final List<Sql> pool;
    private final DataSource node;
    private final DataSource database;
    private final AtomicLong keys;
    private final AtomicLong checks = new AtomicLong();
    private final AtomicLong stale = new AtomicLong();
    private final AtomicLong undecided = new AtomicLong();
    private final AtomicLong failedReads = new AtomicLong();
    private final AtomicLong commits = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final ConcurrentLinkedQueue<String> examples = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean databaseAway;
    private volatile boolean stopped;

    /**
     * @param seed of tables and queries; the same for all that share a database
     * @param number of this one among those, from 0: new keys differ by it
     * @param node leads through the cache
     * @param database leads past it, and past whatever keeps the node from the database
     */
    public StalenessLoad(long seed, int number, DataSource node, DataSource database) {
        schema = schema(seed);
        pool = new RandomQueries(schema, new Random(seed + 1)).pool(QUERIES);
        keys = new AtomicLong(KEYS_OF_ONE * (1L + number));
        this.node = node;
        this.database = database;
    }

    private static RandomSchema schema(long seed) {
        return new RandomSchema(new Random(seed), TABLES, "load_", Product.POSTGRESQL);
    }

    /** Makes the tables and their rows, before the first node is started. */
    public static void createTables(long seed, DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            RandomSchema made = schema(seed);
            made.create(connection);
            made.fill(connection, new Random(seed + 2), ROWS);
        }
    }

    /** Starts the threads; seeded so that no two loads do the same. */
    public void start(int readers, int writers, long seed) {
        for (int i = 0; i < readers; i++) {
            Random random = new Random(seed + i);
            begin(() -> check(pool.get(random.nextInt(pool.size()))));
        }
        for (int i = 0; i < writers; i++) {
            Random random = new Random(seed + 1_000 + i);
            RandomWrites writes = new RandomWrites(schema, random, keys, ROWS);
            begin(() -> write(random, writes));
        }
    }

    private void begin(Runnable work) {
        Thread thread = new Thread(
                () -> {
                    while (!stopped) {
                        work.run();
                    }
                },
                "staleness load");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    /** While the database is away reads may fail: that is not the cache's doing. */
    public void databaseAway(boolean away) {
        databaseAway = away;
    }

    public Counts counts() {
        return new Counts(checks.get(), stale.get(), undecided.get(), failedReads.get(), commits.get(), refused.get());
    }

    /** The first stale reads and the first failures. */
    public List<String> examples() {
        return List.copyOf(examples);
    }

    /** Ends the threads, each after what it is at. */
    public void stop() {
        stopped = true;
        try {
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(40));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks every query once; returns how many answers were stale. */
    public long sweep() {
        long before = stale.get();
        pool.forEach(this::check);
        return stale.get() - before;
    }

    private void check(Sql sql) {
        try (Connection plain = database.getConnection()) {
            for (int attempt = 0; attempt < ATTEMPTS && !stopped; attempt++) {
                String snapshot = snapshot(plain);
                List<List<@Nullable Object>> expected = sql.query(plain);
                List<List<@Nullable Object>> served = served(sql);
                if (served == null) {
                    return;
                }
                checks.incrementAndGet();
                boolean quiet = snapshot.equals(snapshot(plain));
                if (served.equals(expected) || !quiet && served.equals(sql.query(plain))) {
                    return;
                }
                if (quiet) {
                    stale("", sql, expected, served);
                    return;
                }
            }
            undecided.incrementAndGet();
        } catch (SQLException databaseFailed) {
            pause(20);
        }
    }

    @SuppressWarnings("NullAway") // null where the read failed
    private List<List<@Nullable Object>> served(Sql sql) {
        boolean away = databaseAway;
        try (Connection connection = node.getConnection()) {
            return sql.query(connection);
        } catch (SQLException e) {
            if (!away && !databaseAway) {
                failedReads.incrementAndGet();
                example("failed read: " + sql + ": " + e);
            }
            pause(20);
            return null;
        }
    }

    private static String snapshot(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_current_snapshot()::text");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    private void stale(
            String where, Sql sql, List<List<@Nullable Object>> expected, List<List<@Nullable Object>> served) {
        stale.incrementAndGet();
        example("stale" + where + ": " + sql + "\n  database " + expected + "\n  served   " + served);
    }

    private void example(String text) {
        if (examples.size() < KEPT_EXAMPLES) {
            examples.add(text);
        }
    }

    private void write(Random random, RandomWrites writes) {
        try (Connection connection = node.getConnection()) {
            if (random.nextInt(3) == 0) {
                writes.next().update(connection);
            } else {
                transaction(connection, random, writes);
            }
            commits.incrementAndGet();
        } catch (SQLException e) {
            refused.incrementAndGet();
        }
        pause(15 + random.nextInt(50));
    }

    private void transaction(Connection connection, Random random, RandomWrites writes) throws SQLException {
        connection.setAutoCommit(false);
        try {
            for (int i = random.nextInt(3); i >= 0; i--) {
                step(connection, random, writes);
            }
            if (random.nextInt(6) == 0) {
                connection.rollback();
            } else {
                connection.commit();
            }
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            try {
                connection.rollback();
                connection.setAutoCommit(true);
            } catch (SQLException broken) {
                e.addSuppressed(broken);
            }
            throw e;
        }
    }

    private void step(Connection connection, Random random, RandomWrites writes) throws SQLException {
        switch (random.nextInt(5)) {
            case 0 -> {
                Savepoint savepoint = connection.setSavepoint();
                writes.next().update(connection);
                connection.rollback(savepoint);
            }
            case 1 -> ownRead(connection, pool.get(random.nextInt(pool.size())));
            default -> writes.next().update(connection);
        }
    }

    /** What a transaction reads is what the database shows inside of it. */
    private void ownRead(Connection connection, Sql sql) throws SQLException {
        String snapshot = snapshot(connection);
        List<List<@Nullable Object>> expected = sql.uncached().query(connection);
        List<List<@Nullable Object>> served = sql.query(connection);
        checks.incrementAndGet();
        if (!served.equals(expected) && snapshot.equals(snapshot(connection))) {
            stale(" in a transaction", sql, expected, served);
        }
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
