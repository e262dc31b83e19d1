package dev.staleless.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.benchmarks.NodeLoad.Counts;
import dev.staleless.benchmarks.planted.PlantedBug;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.testkit.server.FaultyNetwork;
import dev.staleless.testkit.server.PostgresServer;
import dev.staleless.testkit.server.RedisCluster;
import dev.staleless.testkit.server.RedisServer;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Two nodes under load, one in this JVM and one in another, with PostgreSQL and Redis behind networks of their own, so that either can
 * be cut off alone. The comparing threads reach the database past the faults of the network.
 */
final class ChaosNodes implements AutoCloseable {

    private static final long HITS_WITHIN_SECONDS = 90;

    private final PostgresServer postgres =
            PostgresServer.builder().set("max_connections", "200").start();
    private final @Nullable RedisServer redis;
    private final FaultyNetwork hereToDatabase = new FaultyNetwork(postgres.port());
    private final FaultyNetwork thereToDatabase = new FaultyNetwork(postgres.port());
    private final @Nullable FaultyNetwork hereToRedis;
    private final @Nullable FaultyNetwork thereToRedis;
    private final String thereUri;
    private final long seed;
    private final @Nullable PlantedBug bug;
    private int started;
    private final List<HikariDataSource> pools = new ArrayList<>();
    private final StalelessDataSource node;
    private final ChaosLoad load;
    private NodeProcess other;
    private Counts ofTheDead = Counts.NONE;
    private long hitsOfTheDead;
    private long undecidedOfTheDead;
    private final List<String> examples = new ArrayList<>();

    static ChaosNodes standalone(long seed, @Nullable PlantedBug bug) throws SQLException, IOException {
        return new ChaosNodes(
                RedisServer.builder().arguments("--dbfilename", "chaos.rdb").start(), "", seed, bug);
    }

    static ChaosNodes sentinel(SentinelGroup group, long seed, @Nullable PlantedBug bug)
            throws SQLException, IOException {
        return new ChaosNodes(null, group.uri(), seed, bug);
    }

    static ChaosNodes cluster(RedisCluster cluster, long seed, @Nullable PlantedBug bug)
            throws SQLException, IOException {
        return new ChaosNodes(null, cluster.uri(), seed, bug);
    }

    private ChaosNodes(@Nullable RedisServer redis, String uri, long seed, @Nullable PlantedBug bug)
            throws SQLException, IOException {
        this.redis = redis;
        this.seed = seed;
        this.bug = bug;
        hereToRedis = redis == null ? null : new FaultyNetwork(redis.port());
        thereToRedis = redis == null ? null : new FaultyNetwork(redis.port());
        String hereUri = hereToRedis == null ? uri : "redis://127.0.0.1:" + hereToRedis.port();
        thereUri = thereToRedis == null ? uri : "redis://127.0.0.1:" + thereToRedis.port();
        HikariDataSource database = pool(postgres.jdbcUrl(), 6);
        ChaosLoad.createTables(database);
        node = NodeProcess.node(pool(url(hereToDatabase), 12), hereUri, bug);
        load = new ChaosLoad(node, database, 0);
        other = startOther();
        load.start(seed);
    }

    private HikariDataSource pool(String url, int size) {
        HikariDataSource pool = NodeProcess.pool(url, size);
        pools.add(pool);
        return pool;
    }

    private String url(FaultyNetwork network) {
        return postgres.jdbcUrl().replace(":" + postgres.port() + "/", ":" + network.port() + "/");
    }

    private NodeProcess startOther() throws IOException {
        started++;
        return NodeProcess.start(new NodeProcess.Start(
                url(thereToDatabase), postgres.jdbcUrl(), thereUri, seed + 10_000L * started, started, bug));
    }

    PostgresServer postgres() {
        return postgres;
    }

    RedisServer redis() {
        return Objects.requireNonNull(redis);
    }

    FaultyNetwork hereToRedis() {
        return Objects.requireNonNull(hereToRedis);
    }

    FaultyNetwork thereToRedis() {
        return Objects.requireNonNull(thereToRedis);
    }

    FaultyNetwork hereToDatabase() {
        return hereToDatabase;
    }

    FaultyNetwork thereToDatabase() {
        return thereToDatabase;
    }

    NodeProcess other() {
        return other;
    }

    /** Reads may fail now, here or there, without the cache being to blame. */
    void databaseAway(boolean here, boolean there) {
        load.databaseAway(here);
        other.databaseAway(there);
    }

    /** Starts another process in the place of one that was killed. */
    void replaceOther() throws IOException {
        ofTheDead = ofTheDead.plus(other.counts());
        hitsOfTheDead += other.hits();
        undecidedOfTheDead += other.undecided();
        examples.addAll(other.examples());
        other = startOther();
    }

    Counts counts() {
        return load.counts().plus(other.counts()).plus(ofTheDead);
    }

    long hits() {
        return node.statistics().hits() + other.hits() + hitsOfTheDead;
    }

    /** Comparisons that were given up, since a commit came in between each time. */
    long undecided() {
        return load.undecided() + other.undecided() + undecidedOfTheDead;
    }

    List<String> examples() {
        List<String> all = new ArrayList<>(load.examples());
        all.addAll(other.examples());
        all.addAll(examples);
        return all;
    }

    /** Waits until both nodes serve from the cache. */
    void awaitHits() throws InterruptedException {
        long here = node.statistics().hits();
        long there = other.hits();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(HITS_WITHIN_SECONDS);
        while (node.statistics().hits() <= here + 20 || other.hits() <= there + 20) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("no hits within " + HITS_WITHIN_SECONDS + " s: here "
                        + (node.statistics().hits() - here) + ", misses "
                        + node.statistics().misses() + "; there "
                        + (other.hits() - there) + ": " + other.lastLine());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Returns how many answers were wrong when everything was asked once more after the fault. */
    long strike(ChaosFaults.Fault fault, PrintStream out) throws Exception {
        Counts before = counts();
        long hitsBefore = hits();
        TimeUnit.MILLISECONDS.sleep(500);
        long hitsAtStart = hits();
        fault.strike().run();
        long hitsAtEnd = hits();
        awaitHits();
        long lost = load.sweep();
        Counts after = counts();
        out.printf(
                "%-44s %,9d %,9d %,9d %,9d %6d %6d %6d%n",
                fault.name(),
                hitsAtStart - hitsBefore,
                hitsAtEnd - hitsAtStart,
                hits() - hitsAtEnd,
                after.checks() - before.checks(),
                after.stale() - before.stale(),
                after.failedReads() - before.failedReads(),
                lost);
        if (hitsAtStart == hitsBefore || fault.hitsInside() && hitsAtEnd == hitsAtStart) {
            throw new IllegalStateException(
                    fault.name() + ": no hits before it, or none during it though it allows them");
        }
        return lost;
    }

    @Override
    public void close() {
        load.stop();
        other.close();
        node.close();
        pools.forEach(HikariDataSource::close);
        end(hereToDatabase);
        end(thereToDatabase);
        end(hereToRedis);
        end(thereToRedis);
        if (redis != null) {
            redis.stop();
        }
        postgres.stop();
    }

    private static void end(@Nullable FaultyNetwork network) {
        if (network != null) {
            network.close();
        }
    }
}
