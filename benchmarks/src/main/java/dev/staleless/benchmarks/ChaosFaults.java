package dev.staleless.benchmarks;

import dev.staleless.testkit.server.FaultyNetwork;
import dev.staleless.testkit.server.RedisCluster;
import dev.staleless.testkit.server.RedisConnection;
import dev.staleless.testkit.server.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The faults of a chaos run. Each lasts a while and is over when its method returns. */
final class ChaosFaults {

    private static final long CHOKED_BYTES_PER_SECOND = 20_000;

    /**
     * A fault.
     *
     * @param hitsInside whether something must be served from the cache while it lasts
     */
    record Fault(String name, boolean hitsInside, PingClient.Action strike) {}

    private ChaosFaults() {}

    static List<Fault> standalone(ChaosNodes nodes) {
        List<Fault> faults = new ArrayList<>();
        faults.add(new Fault("Redis is flushed, ten times", false, () -> {
            for (int i = 0; i < 10; i++) {
                command(nodes.redis(), "FLUSHALL");
                sleep(300);
            }
        }));
        faults.add(new Fault("Redis is killed, restarted empty", false, () -> restartEmpty(nodes.redis())));
        faults.add(new Fault("Redis is killed, restarted with old data", false, () -> restartOld(nodes.redis())));
        faults.add(new Fault("Redis is frozen for 4 s", false, () -> {
            nodes.redis().suspend();
            sleep(4_000);
            nodes.redis().resume();
        }));
        for (String policy : List.of("allkeys-lru", "allkeys-random", "noeviction")) {
            faults.add(new Fault("Redis is full, " + policy, !policy.equals("noeviction"), () -> fill(nodes, policy)));
        }
        faults.addAll(ofTheNetwork(nodes));
        faults.addAll(ofNodes(nodes));
        return faults;
    }

    private static List<Fault> ofTheNetwork(ChaosNodes nodes) {
        FaultyNetwork here = nodes.hereToRedis();
        FaultyNetwork there = nodes.thereToRedis();
        return List.of(
                new Fault("connections are cut, ten times", true, () -> {
                    for (int i = 0; i < 10; i++) {
                        (i % 2 == 0 ? here : there).cut();
                        sleep(300);
                    }
                }),
                new Fault("answers are 100 ms late", true, () -> {
                    here.delay(Duration.ofMillis(50));
                    sleep(4_000);
                    here.heal();
                }),
                new Fault("the network is throttled", false, () -> {
                    here.throttle(CHOKED_BYTES_PER_SECOND);
                    there.throttle(CHOKED_BYTES_PER_SECOND);
                    sleep(4_000);
                    here.heal();
                    there.heal();
                }),
                new Fault("one node is cut off from Redis", true, () -> {
                    here.refuse();
                    sleep(5_000);
                    here.heal();
                }),
                new Fault("one node is silenced towards Redis", true, () -> {
                    there.silence();
                    sleep(5_000);
                    there.heal();
                }),
                crosswise(
                        nodes,
                        "this one without Redis, that one without database",
                        here,
                        nodes.thereToDatabase(),
                        false),
                crosswise(
                        nodes,
                        "that one without Redis, this one without database",
                        there,
                        nodes.hereToDatabase(),
                        true));
    }

    /** Both kinds of loss at once, on different nodes: the one that is left with the database has to write, the other may not serve. */
    private static Fault crosswise(
            ChaosNodes nodes, String name, FaultyNetwork toRedis, FaultyNetwork toDatabase, boolean here) {
        return new Fault(name, false, () -> {
            nodes.databaseAway(here, !here);
            toRedis.refuse();
            toDatabase.refuse();
            sleep(6_000);
            toRedis.heal();
            toDatabase.heal();
            sleep(6_000);
            nodes.databaseAway(false, false);
        });
    }

    private static List<Fault> ofNodes(ChaosNodes nodes) {
        return List.of(
                new Fault("a node is killed and another started", true, () -> {
                    nodes.other().kill();
                    sleep(500);
                    nodes.replaceOther();
                    while (!nodes.other().isWorking()) {
                        sleep(100);
                    }
                }),
                new Fault("a node is frozen for 20 s", true, () -> {
                    nodes.other().signal("STOP");
                    sleep(20_000);
                    nodes.other().signal("CONT");
                }),
                new Fault("PostgreSQL crashes and restarts", false, () -> {
                    nodes.databaseAway(true, true);
                    nodes.postgres().crashAndRestart();
                    sleep(6_000);
                    nodes.databaseAway(false, false);
                }));
    }

    static List<Fault> sentinel(SentinelGroup group) {
        return List.of(
                new Fault("Sentinel: the primary is killed", false, () -> {
                    group.killPrimary();
                    sleep(2_000);
                }),
                new Fault("Sentinel: primary and replica change roles", false, () -> {
                    group.failOver();
                    sleep(2_000);
                }));
    }

    static List<Fault> cluster(ChaosNodes nodes, RedisCluster cluster) {
        return List.of(
                new Fault("Cluster: 30 slots are moved", true, () -> moveSlots(cluster)),
                new Fault("Cluster: a primary is killed", false, () -> {
                    RedisServer killed = cluster.serving(1);
                    cluster.killAndAwaitFailOver(killed);
                    sleep(500);
                    killed.relaunch();
                    sleep(2_000);
                }),
                new Fault("Cluster: a primary is frozen for 4 s", false, () -> {
                    RedisServer frozen = cluster.serving(RedisCluster.SLOTS - 1);
                    frozen.suspend();
                    sleep(4_000);
                    frozen.resume();
                    sleep(2_000);
                }),
                new Fault("Cluster: a primary is flushed, ten times", true, () -> {
                    for (int i = 0; i < 10; i++) {
                        command(cluster.serving(i * RedisCluster.SLOTS / 10), "FLUSHALL");
                        sleep(300);
                    }
                }),
                new Fault("Cluster: a node is killed and another started", false, () -> {
                    nodes.other().kill();
                    nodes.replaceOther();
                    while (!nodes.other().isWorking()) {
                        sleep(100);
                    }
                }));
    }

    /** Of each three slots in turn, there and back for the first: some hold keys, most do not. */
    private static void moveSlots(RedisCluster cluster) {
        IntStream.range(0, 30).map(i -> i * (RedisCluster.SLOTS / 30)).forEach(slot -> {
            RedisServer from = cluster.serving(slot);
            RedisServer to = cluster.primaries().stream()
                    .filter(server -> server.port() != from.port())
                    .findFirst()
                    .orElseThrow();
            cluster.beginMove(slot, from, to);
            cluster.endMove(slot, from, to);
        });
    }

    private static void restartEmpty(RedisServer redis) throws IOException, InterruptedException {
        Path saved = saved(redis);
        redis.kill();
        Files.deleteIfExists(saved);
        sleep(1_000);
        redis.relaunch();
    }

    private static void restartOld(RedisServer redis) throws InterruptedException {
        command(redis, "SAVE");
        sleep(1_000);
        redis.kill();
        redis.relaunch();
        sleep(500);
    }

    private static Path saved(RedisServer redis) {
        try (RedisConnection connection = new RedisConnection(redis.port())) {
            return connection.call("CONFIG", "GET", "dir") instanceof List<?> setting
                    ? Path.of(String.valueOf(setting.get(1)), "chaos.rdb")
                    : Path.of("chaos.rdb");
        }
    }

    /** There is no room for what is cached already. */
    private static void fill(ChaosNodes nodes, String policy) throws InterruptedException {
        try (RedisConnection connection = new RedisConnection(nodes.redis().port())) {
            long used = Long.parseLong(connection.info("memory").getOrDefault("used_memory", "0"));
            connection.call("CONFIG", "SET", "maxmemory-policy", policy);
            connection.call("CONFIG", "SET", "maxmemory", Long.toString(used - 50_000));
            sleep(4_000);
            connection.call("CONFIG", "SET", "maxmemory", "0");
        }
    }

    private static void command(RedisServer redis, String... words) {
        try (RedisConnection connection = new RedisConnection(redis.port())) {
            connection.call(words);
        }
    }

    private static void sleep(long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }
}
