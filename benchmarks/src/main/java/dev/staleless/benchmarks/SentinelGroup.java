package dev.staleless.benchmarks;

import dev.staleless.testkit.server.RedisConnection;
import dev.staleless.testkit.server.RedisServer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A primary, its replica, and a Sentinel that makes the one what the other was. */
final class SentinelGroup implements AutoCloseable {

    private static final long FAIL_OVER_WITHIN_SECONDS = 60;

    private final RedisServer first = RedisServer.start();
    private final RedisServer second = RedisServer.builder()
            .arguments("--replicaof", "127.0.0.1", Integer.toString(first.port()))
            .start();
    private final RedisServer sentinel = RedisServer.sentinel(first);

    SentinelGroup() throws InterruptedException {
        await(
                "the replica is known",
                () -> call(sentinel, "SENTINEL", "REPLICAS", "main") instanceof List<?> replicas
                        && !replicas.isEmpty()
                        && role(second).equals("slave")
                        && info(second, "master_link_status").equals("up"));
    }

    String uri() {
        return "redis-sentinel://127.0.0.1:" + sentinel.port() + "#main";
    }

    /** Kills the primary, waits for the other to take over, and starts the first again, which becomes the replica. */
    void killPrimary() throws InterruptedException {
        RedisServer primary = primary();
        RedisServer replica = primary == first ? second : first;
        primary.kill();
        await(
                "the replica has taken over",
                () -> primary() == replica && role(replica).equals("master"));
        TimeUnit.MILLISECONDS.sleep(500);
        primary.relaunch();
        await("the old primary is a replica", () -> role(primary).equals("slave"));
        awaitReplica(primary);
    }

    /** Has Sentinel let the two change roles while both live. */
    void failOver() throws InterruptedException {
        RedisServer primary = primary();
        RedisServer replica = primary == first ? second : first;
        awaitReplica(replica);
        await("the fail-over is begun", () -> "OK".equals(call(sentinel, "SENTINEL", "FAILOVER", "main")));
        await(
                "the roles have changed",
                () -> primary() == replica && role(replica).equals("master"));
        await("the old primary is a replica", () -> role(primary).equals("slave"));
    }

    private static void awaitReplica(RedisServer replica) throws InterruptedException {
        await(
                "the replica has caught up",
                () -> info(replica, "master_link_status").equals("up"));
    }

    private RedisServer primary() {
        Object address = call(sentinel, "SENTINEL", "GET-MASTER-ADDR-BY-NAME", "main");
        boolean isFirst =
                address instanceof List<?> parts && String.valueOf(parts.get(1)).equals(Integer.toString(first.port()));
        return isFirst ? first : second;
    }

    private static String role(RedisServer server) {
        return info(server, "role");
    }

    private static String info(RedisServer server, String name) {
        try (RedisConnection connection = new RedisConnection(server.port())) {
            return connection.info("replication").getOrDefault(name, "");
        }
    }

    private static Object call(RedisServer server, String... words) {
        try (RedisConnection connection = new RedisConnection(server.port())) {
            Object answer = connection.call(words);
            return answer == null ? "" : answer;
        }
    }

    /** What must come to hold. */
    private interface Condition {
        boolean holds();
    }

    private static void await(String what, Condition condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(FAIL_OVER_WITHIN_SECONDS);
        while (!holds(condition)) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("not within " + FAIL_OVER_WITHIN_SECONDS + " s: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static boolean holds(Condition condition) {
        try {
            return condition.holds();
        } catch (RuntimeException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        sentinel.stop();
        second.stop();
        first.stop();
    }
}
