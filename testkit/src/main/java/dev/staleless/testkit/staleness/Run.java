package dev.staleless.testkit.staleness;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What the threads of one check share. Safe for any thread.
 *
 * <p>{@link #commits}: a writer holds the read lock while a commit (or an autocommit statement) is under way, see {@link
 * #committing}; a reader that must be sure holds the write lock, see {@link #quietly}.
 */
final class Run {

    private static final int KEPT_STALE = 5;
    private static final int KEPT_WRITES = 40;

    final CheckSettings settings;
    final DataSource database;
    final List<DataSource> nodes;
    final RandomSchema schema;
    final List<Sql> pool;
    private final ReadWriteLock commits = new ReentrantReadWriteLock(true);
    final AtomicLong keys = new AtomicLong(100_000);
    final AtomicLong transactions = new AtomicLong();
    final AtomicLong rollbacks = new AtomicLong();
    final AtomicLong settled = new AtomicLong();
    private final List<DecisionLog> logs;
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();

    /** When the last commit has returned, in nanoseconds since the run was made. */
    private final AtomicLong lastReturned = new AtomicLong();

    private final long origin = System.nanoTime();
    private final Map<Sql, Expected> expected = new ConcurrentHashMap<>();
    private final AtomicLong checks = new AtomicLong();
    private final AtomicLong staleCount = new AtomicLong();
    private final List<Staleness> stale = new ArrayList<>();
    private final Deque<String> writes = new ArrayDeque<>();
    private final Map<String, Long> errors = new TreeMap<>();
    private final Semaphore due = new Semaphore(0);
    private final long end;
    private volatile boolean stopped;

    Run(
            CheckSettings settings,
            DataSource database,
            List<DataSource> nodes,
            List<DecisionLog> logs,
            RandomSchema schema,
            List<Sql> pool) {
        this.settings = settings;
        this.database = database;
        this.nodes = List.copyOf(nodes);
        this.logs = logs;
        this.schema = schema;
        this.pool = pool;
        this.end = System.nanoTime() + settings.duration().toNanos();
    }

    boolean goesOn() {
        return !stopped && checks.get() < settings.checks() && System.nanoTime() - end < 0;
    }

    void stop() {
        stopped = true;
    }

    int anyNode(Random random) {
        return random.nextInt(nodes.size());
    }

    /** What the database holds for a query as long as no further commit begins. */
    private record Expected(long commits, List<List<@Nullable Object>> rows) {}

    /** Runs a commit, or a statement that commits by itself. */
    void committing(SqlRunnable commit) throws SQLException {
        commits.readLock().lock();
        begun.incrementAndGet();
        try {
            commit.run();
            transactions.incrementAndGet();
        } finally {
            lastReturned.accumulateAndGet(System.nanoTime() - origin, Math::max);
            ended.incrementAndGet();
            commits.readLock().unlock();
        }
    }

    /** Whether a read that begins now has to show every commit that has returned. */
    boolean mustShowAll() {
        long sinceLast = System.nanoTime() - origin - lastReturned.get();
        return settings.lag().isZero() || sinceLast > settings.lag().toNanos();
    }

    /** Number of commits that have returned. */
    long ended() {
        return ended.get();
    }

    /**
     * Number of commits if none is under way, otherwise -1. Where two calls give the same number, none was under way in between:
     * it would have begun, and counts for ever.
     */
    long quiet() {
        long returned = ended.get();
        return begun.get() == returned ? returned : -1;
    }

    /** What the database holds for a query while so many commits have begun, if that is known or can be found out. */
    @Nullable
    List<List<@Nullable Object>> expected(Sql sql, long commitCount, Connection connection) throws SQLException {
        Expected known = expected.get(sql);
        if (known != null && known.commits() == commitCount) {
            return known.rows();
        }
        List<List<@Nullable Object>> rows = sql.query(connection);
        if (quiet() != commitCount) {
            return null;
        }
        expected.put(sql, new Expected(commitCount, rows));
        return rows;
    }

    /**
     * Runs something while no commit is under way. The wait for that is bounded, and taken up again: a writer may be waiting for
     * a row that another one holds, which must be let through to its commit.
     *
     * @param attempts how often to wait; a thread whose own transaction holds rows cannot wait for ever
     * @return false if it was not run
     */
    boolean quietly(int attempts, SqlRunnable action) throws SQLException {
        for (int i = 0; i < attempts; i++) {
            if (locked()) {
                try {
                    action.run();
                    return true;
                } finally {
                    commits.writeLock().unlock();
                }
            }
        }
        return false;
    }

    private boolean locked() {
        try {
            return commits.writeLock().tryLock(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Something that talks to a database. */
    interface SqlRunnable {
        void run() throws SQLException;
    }

    void checked() {
        if (checks.incrementAndGet() % settings.checksPerTransaction() == 0) {
            due.release();
        }
    }

    /** Waits until the next transaction is due. False if it is not yet; the caller looks whether the run goes on. */
    boolean due() {
        try {
            return due.tryAcquire(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void wrote(String what) {
        synchronized (writes) {
            if (writes.size() == KEPT_WRITES) {
                writes.removeFirst();
            }
            writes.addLast(what);
        }
    }

    void refused(@Nullable String sqlState) {
        synchronized (errors) {
            errors.merge(String.valueOf(sqlState), 1L, Long::sum);
        }
    }

    void stale(String where, Sql sql, List<List<@Nullable Object>> expected, List<List<@Nullable Object>> served) {
        staleCount.incrementAndGet();
        List<String> lastWrites;
        synchronized (writes) {
            lastWrites = List.copyOf(writes);
        }
        List<String> reasoning = new ArrayList<>();
        for (int i = 0; i < logs.size(); i++) {
            for (String line : logs.get(i).of(sql.text())) {
                reasoning.add("node " + i + " " + line);
            }
        }
        synchronized (stale) {
            if (stale.size() < KEPT_STALE) {
                stale.add(new Staleness(
                        settings.seed(), where, sql.text(), sql.parameters(), expected, served, lastWrites, reasoning));
            }
        }
    }

    CheckReport report() {
        synchronized (stale) {
            synchronized (errors) {
                return new CheckReport(
                        settings.seed(),
                        checks.get(),
                        stale,
                        staleCount.get(),
                        transactions.get(),
                        rollbacks.get(),
                        settled.get(),
                        errors);
            }
        }
    }
}
