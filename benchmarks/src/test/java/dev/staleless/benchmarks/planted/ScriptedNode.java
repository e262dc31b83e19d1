package dev.staleless.benchmarks.planted;

import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.core.protocol.Admission;
import dev.staleless.jdbc.Ops;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.redis.RedisStore;
import dev.staleless.testkit.Deadline;
import dev.staleless.testkit.server.PostgresServer;
import dev.staleless.testkit.server.RedisConnection;
import dev.staleless.testkit.server.RedisServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * A node with a planted bug and a table of its own, and scripts: what others do at which moment of a read or a write. Each script
 * returns whether a read that began after a commit had returned was served from before it.
 */
final class ScriptedNode implements AutoCloseable {

    /** @see ScriptedNode */
    interface Script {
        boolean makesStale(ScriptedNode node) throws Exception;
    }

    private interface Action {
        void run() throws Exception;
    }

    private static final int TRIES = 100;

    private final RedisServer redis;
    private final PlantedBug bug;
    private final String table = "planted_" + Long.toString(System.nanoTime(), 36);
    private final HikariDataSource pool = new HikariDataSource();
    private final Map<Moment, Action> actions = new ConcurrentHashMap<>();
    private final ExecutorService others = Executors.newCachedThreadPool();
    private final StalelessDataSource node;
    private final StalelessDataSource second;

    ScriptedNode(RedisServer redis, PlantedBug bug) throws SQLException {
        this.redis = redis;
        this.bug = bug;
        pool.setJdbcUrl(PostgresServer.shared().jdbcUrl());
        pool.setMaximumPoolSize(12);
        execute(pool, "CREATE TABLE " + table + " (id int PRIMARY KEY, amount int NOT NULL)");
        execute(pool, "INSERT INTO " + table + " VALUES (1, 0), (2, 0)");
        node = node();
        second = bug == PlantedBug.ENTRY_PATCHED_IN_PLACE || bug == PlantedBug.NONE ? node() : node;
    }

    private StalelessDataSource node() {
        return Staleless.wrap(pool)
                .store(bug.in(RedisStore.connect(redis.uri()), this::at))
                .namespace(table)
                .admission(Admission.ALWAYS)
                .profile("public." + table, Ops.all(), Duration.ofHours(1))
                .build();
    }

    /** On a thread of its own: what a thread does within its read or write may be known to be its own. */
    private void at(Moment moment) {
        Action action = actions.remove(moment);
        if (action != null) {
            begin(action).join();
        }
    }

    private CompletableFuture<Void> begin(Action action) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        action.run();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                others);
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int number(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private String amount() {
        return "SELECT amount FROM " + table + " WHERE id = 1";
    }

    private void write() throws SQLException {
        execute(node, "UPDATE " + table + " SET amount = amount + 1 WHERE id = 1");
    }

    private int read() throws SQLException {
        return number(node, amount());
    }

    private boolean isStale() throws SQLException {
        return isStale(node);
    }

    private boolean isStale(DataSource through) throws SQLException {
        int before = number(pool, amount());
        return number(through, amount()) < before;
    }

    private static boolean isHit(StalelessDataSource node, String sql) throws SQLException {
        long hits = node.statistics().hits();
        number(node, sql);
        return node.statistics().hits() > hits;
    }

    private void awaitHit(String sql) {
        Deadline.await("a hit", () -> {
            try {
                return isHit(node, sql);
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** A commit has returned, and is in flight no more: a query that every change affects is cached again. */
    private void settledWrite() throws SQLException {
        write();
        awaitHit("SELECT sum(amount) FROM " + table + " WHERE amount >= 0");
    }

    /** Reads until the result is published; where nothing is broken, it never is. */
    private void readUntilCached() throws SQLException {
        if (bug == PlantedBug.NONE) {
            for (int i = 0; i < TRIES; i++) {
                read();
            }
        } else {
            awaitHit(amount());
        }
    }

    /** Somebody reads at this moment of a commit. */
    boolean readAt(Moment moment) throws SQLException {
        settledWrite();
        actions.put(moment, this::readUntilCached);
        write();
        return isStale();
    }

    /** A commit reports while a reader is between its two questions, and takes effect when the result is published. */
    boolean reportBeforeTheHeads() throws Exception {
        awaitHit(amount());
        settledWrite();
        CompletableFuture<Void> reported = new CompletableFuture<>();
        CompletableFuture<Void> published = new CompletableFuture<>();
        CompletableFuture<Void> written = new CompletableFuture<>();
        AtomicBoolean begun = new AtomicBoolean();
        Action report = () -> {
            if (begun.compareAndSet(false, true)) {
                actions.put(Moment.REPORTED, () -> {
                    reported.complete(null);
                    published.join();
                });
                begin(this::write).whenComplete((done, failure) -> written.complete(null));
                reported.join();
            }
        };
        actions.put(Moment.IN_FLIGHT_ASKED, report);
        actions.put(Moment.HEADS_READ, report);
        read();
        published.complete(null);
        written.join();
        return isStale();
    }

    /** A commit comes between the database's answer and its publishing. */
    boolean writeBeforePublishing() throws SQLException {
        awaitHit(amount());
        settledWrite();
        actions.put(Moment.ROWS_READ, this::write);
        read();
        return isStale();
    }

    /** What is cached after a commit is asked for after another one. */
    boolean writeTwice() throws SQLException {
        settledWrite();
        awaitHit(amount());
        write();
        return isStale();
    }

    /** Redis comes back with what it had on disk before a commit. */
    boolean loseTheLastWrite() throws SQLException {
        settledWrite();
        awaitHit(amount());
        try (RedisConnection connection = new RedisConnection(redis.port())) {
            connection.call("SAVE");
        }
        write();
        redis.kill();
        redis.relaunch();
        AtomicBoolean stale = new AtomicBoolean();
        Deadline.await("a hit", () -> {
            try {
                boolean before = isStale();
                boolean hit = isHit(node, amount());
                stale.set(stale.get() || before || isStale());
                return hit || stale.get();
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
        return stale.get();
    }

    /** Redis loses everything while a commit is in flight, and somebody reads. */
    boolean flushWhileReported() throws SQLException {
        settledWrite();
        actions.put(Moment.REPORTED, () -> {
            try (RedisConnection connection = new RedisConnection(redis.port())) {
                connection.call("FLUSHALL");
            }
            readUntilCached();
        });
        write();
        return isStale();
    }

    /** The database is changed past the nodes, and everything is dropped. */
    boolean dropEverything() throws SQLException {
        settledWrite();
        awaitHit(amount());
        execute(pool, "UPDATE " + table + " SET amount = amount + 1 WHERE id = 1");
        node.invalidateAll(Duration.ofSeconds(60));
        awaitHit("SELECT sum(amount) FROM " + table + " WHERE amount >= 0");
        return isStale();
    }

    /** While one node is about to publish, another one commits and publishes what is newer. */
    boolean fillBehindTheBack() throws Exception {
        awaitHit(amount());
        settledWrite();
        AtomicBoolean stale = new AtomicBoolean();
        actions.put(Moment.ROWS_READ, () -> {
            settledWrite();
            Deadline.await("the other node's result", () -> {
                try {
                    return isHit(second, amount());
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            });
            actions.put(Moment.HALF_PUBLISHED, () -> stale.set(isStale(second)));
        });
        read();
        actions.remove(Moment.HALF_PUBLISHED);
        return stale.get() || isStale(second);
    }

    @Override
    public void close() throws SQLException {
        actions.clear();
        if (second != node) {
            second.close();
        }
        node.close();
        others.shutdownNow();
        execute(pool, "DROP TABLE " + table);
        pool.close();
    }
}
