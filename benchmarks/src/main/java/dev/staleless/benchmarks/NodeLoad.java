package dev.staleless.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * Threads that read and write through one node, and check every read. All that is ever written grows, in the database and so in every
 * result: what a node serves must not be below what the database showed before it was asked, nor above what it shows afterwards.
 * This needs no agreement between the threads, so it holds over any number of nodes in any number of processes.
 */
final class NodeLoad {

    static final int ROWS = 200;
    static final int GROUPS = 20;

    private static final int KEPT_EXAMPLES = 3;

    /** What was counted. Numbers of one moment, or nearly. */
    record Counts(long checks, long stale, long failedReads, long commits, long refused) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(
                    checks + other.checks,
                    stale + other.stale,
                    failedReads + other.failedReads,
                    commits + other.commits,
                    refused + other.refused);
        }
    }

    private final DataSource node;
    private final DataSource database;
    private final AtomicLong checks = new AtomicLong();
    private final AtomicLong stale = new AtomicLong();
    private final AtomicLong failedReads = new AtomicLong();
    private final AtomicLong commits = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final ConcurrentLinkedQueue<String> examples = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final LatencyLog reads = new LatencyLog();
    private final LatencyLog writes = new LatencyLog();
    private volatile boolean databaseAway;
    private volatile boolean stopped;

    /**
     * @param node leads through the cache
     * @param database leads past it
     */
    NodeLoad(DataSource node, DataSource database) {
        this.node = node;
        this.database = database;
    }

    static void createTables(DataSource database) throws SQLException {
        Servers.execute(
                database,
                "CREATE TABLE team (id int PRIMARY KEY, name text NOT NULL)",
                "CREATE TABLE account (id bigint PRIMARY KEY, team int NOT NULL REFERENCES team, v bigint NOT NULL)",
                "INSERT INTO team SELECT i, 'team ' || i FROM generate_series(0, " + (GROUPS - 1) + ") i",
                "INSERT INTO account SELECT i, i % " + GROUPS + ", 0 FROM generate_series(1, " + ROWS + ") i",
                "CREATE INDEX ON account (team)");
    }

    /** Starts the threads. */
    void start(int readers, int writers, long seed) {
        for (int i = 0; i < readers; i++) {
            SplittableRandom random = new SplittableRandom(seed + i);
            begin(() -> read(random));
        }
        for (int i = 0; i < writers; i++) {
            SplittableRandom random = new SplittableRandom(seed + 1_000 + i);
            begin(() -> write(random));
        }
    }

    private void begin(Runnable work) {
        Thread thread = new Thread(work, "load");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    /** While the database is away reads may fail: that is not the cache's doing. */
    void databaseAway(boolean away) {
        databaseAway = away;
    }

    Counts counts() {
        return new Counts(checks.get(), stale.get(), failedReads.get(), commits.get(), refused.get());
    }

    LatencyLog reads() {
        return reads;
    }

    LatencyLog writes() {
        return writes;
    }

    /** The first stale reads and the first failures. */
    List<String> examples() {
        return List.copyOf(examples);
    }

    /** Ends the threads, each after what it is at. */
    void stop() {
        stopped = true;
        try {
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(40));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(SplittableRandom random) {
        while (!stopped) {
            checkOne(Question.any(random));
        }
    }

    /** Asks every question once; returns how many answers were wrong. */
    long sweep() {
        long before = stale.get();
        Question.all().forEach(this::checkOne);
        return stale.get() - before;
    }

    private void checkOne(Question question) {
        boolean away = databaseAway;
        try (Connection plain = database.getConnection()) {
            long[] before = question.ask(plain);
            long[] served = served(question, away);
            if (served == null) {
                return;
            }
            long[] after = question.ask(plain);
            checks.incrementAndGet();
            if (!within(before, served, after)) {
                stale.incrementAndGet();
                example("stale: " + question + " before " + Arrays.toString(before) + " served "
                        + Arrays.toString(served) + " after " + Arrays.toString(after));
            }
        } catch (SQLException databaseFailed) {
            pause(20);
        }
    }

    @SuppressWarnings("NullAway") // null where the read failed
    private long[] served(Question question, boolean away) {
        long start = System.nanoTime();
        try (Connection connection = node.getConnection()) {
            long[] served = question.ask(connection);
            reads.add(System.nanoTime() - start);
            return served;
        } catch (SQLException e) {
            if (!away && !databaseAway) {
                failedReads.incrementAndGet();
                example("failed read: " + question + ": " + e);
            }
            pause(20);
            return null;
        }
    }

    private static boolean within(long[] before, long[] served, long[] after) {
        if (served.length != before.length || served.length != after.length) {
            return false;
        }
        for (int i = 0; i < served.length; i++) {
            if (served[i] < before[i] || served[i] > after[i]) {
                return false;
            }
        }
        return true;
    }

    private void example(String text) {
        if (examples.size() < KEPT_EXAMPLES) {
            examples.add(text);
        }
    }

    private void write(SplittableRandom random) {
        while (!stopped) {
            long start = System.nanoTime();
            try (Connection connection = node.getConnection()) {
                if (random.nextInt(4) == 0) {
                    update(connection, random);
                } else {
                    transaction(connection, random);
                }
                commits.incrementAndGet();
                writes.add(System.nanoTime() - start);
            } catch (SQLException e) {
                refused.incrementAndGet();
                pause(20);
            }
            pause(10 + random.nextInt(40));
        }
    }

    private static void transaction(Connection connection, SplittableRandom random) throws SQLException {
        connection.setAutoCommit(false);
        try {
            for (int i = random.nextInt(3); i >= 0; i--) {
                update(connection, random);
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

    private static void update(Connection connection, SplittableRandom random) throws SQLException {
        boolean whole = random.nextInt(8) == 0;
        String sql = "UPDATE account SET v = v + 1 WHERE " + (whole ? "team = ?" : "id = ?");
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, whole ? random.nextInt(GROUPS) : 1 + random.nextInt(ROWS));
            statement.executeUpdate();
        }
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A query and its parameter; every number of its result only ever grows. */
    private record Question(String sql, int parameter) {
        private static final String ROW = "SELECT v FROM account WHERE id = ?";
        private static final List<String> OF_TEAMS = List.of(
                "SELECT v FROM account WHERE team = ? ORDER BY id",
                "SELECT sum(v) FROM account WHERE team = ?",
                "SELECT count(*) FROM account WHERE v > 10 AND team = ?",
                "SELECT a.v FROM account a JOIN team t ON t.id = a.team WHERE t.id = ? ORDER BY a.id");

        static Question any(SplittableRandom random) {
            int kind = random.nextInt(OF_TEAMS.size() + 2);
            return kind < OF_TEAMS.size()
                    ? new Question(OF_TEAMS.get(kind), random.nextInt(GROUPS))
                    : new Question(ROW, 1 + random.nextInt(ROWS));
        }

        static List<Question> all() {
            List<Question> all = new ArrayList<>();
            for (int id = 1; id <= ROWS; id++) {
                all.add(new Question(ROW, id));
            }
            for (int team = 0; team < GROUPS; team++) {
                for (String sql : OF_TEAMS) {
                    all.add(new Question(sql, team));
                }
            }
            return all;
        }

        long[] ask(Connection connection) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setInt(1, parameter);
                long[] values = new long[ROWS];
                int count = 0;
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        values[count++] = rows.getLong(1);
                    }
                }
                return Arrays.copyOf(values, count);
            }
        }
    }
}
