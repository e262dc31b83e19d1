package dev.staleless.testkit.server;

import dev.staleless.testkit.Deadline;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An embedded Redis Cluster on the loopback interface: three primaries that share the slots, each with a replica, and a short time
 * after which a server that is silent is given up. Not thread-safe.
 */
public final class RedisCluster implements AutoCloseable {

    /** Number of slots of every Cluster. */
    public static final int SLOTS = 16_384;

    private static final int PRIMARIES = 3;
    private static final int HIGHEST_PORT = 55_000;
    private static final String NODE_TIMEOUT_MILLIS = "1000";

    private final List<RedisServer> servers = new ArrayList<>();

    private RedisCluster() {}

    /** Starts the servers, joins them, and returns when every slot is served and every primary has its replica. */
    public static RedisCluster start(String... arguments) {
        RedisCluster cluster = new RedisCluster();
        try {
            for (int i = 0; i < 2 * PRIMARIES; i++) {
                cluster.servers.add(RedisServer.builder()
                        .arguments(
                                "--cluster-enabled", "yes",
                                "--cluster-node-timeout", NODE_TIMEOUT_MILLIS,
                                "--cluster-replica-validity-factor", "0",
                                "--repl-diskless-sync-delay", "0")
                        .arguments(arguments)
                        .port(freePort())
                        .start());
            }
            cluster.join();
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /** The servers talk to each other on a port 10,000 higher, which must be one. */
    private static int freePort() {
        int port = ServerProcess.freePort();
        while (port > HIGHEST_PORT) {
            port = ServerProcess.freePort();
        }
        return port;
    }

    private void join() {
        for (int i = 0; i < PRIMARIES; i++) {
            addSlots(servers.get(i), i * SLOTS / PRIMARIES, (i + 1) * SLOTS / PRIMARIES);
        }
        for (int i = 0; i < servers.size(); i++) {
            call(servers.get(i), "CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
        }
        for (RedisServer server : servers.subList(1, servers.size())) {
            call(
                    server,
                    "CLUSTER",
                    "MEET",
                    "127.0.0.1",
                    Integer.toString(servers.get(0).port()));
        }
        Deadline.await("the servers know each other", () -> servers.stream().allMatch(this::knowsAll));
        for (int i = 0; i < PRIMARIES; i++) {
            call(servers.get(PRIMARIES + i), "CLUSTER", "REPLICATE", id(servers.get(i)));
        }
        Deadline.await("every slot is served", () -> servers.stream().allMatch(this::isHealthy));
        Deadline.await(
                "the replicas are connected",
                () -> servers.subList(0, PRIMARIES).stream().allMatch(this::hasReplica));
    }

    private static void addSlots(RedisServer server, int first, int end) {
        List<String> command = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
        IntStream.range(first, end).forEach(slot -> command.add(Integer.toString(slot)));
        call(server, command.toArray(String[]::new));
    }

    private boolean knowsAll(RedisServer server) {
        return info(server, "cluster-info")
                .getOrDefault("cluster_known_nodes", "")
                .equals(Integer.toString(servers.size()));
    }

    private boolean isHealthy(RedisServer server) {
        return info(server, "cluster-info").getOrDefault("cluster_state", "").equals("ok");
    }

    private boolean hasReplica(RedisServer server) {
        return info(server, "replication").getOrDefault("slave0", "").contains("state=online");
    }

    private static Map<String, String> info(RedisServer server, String section) {
        try (RedisConnection connection = new RedisConnection(server.port())) {
            return connection.info(section);
        }
    }

    private static void call(RedisServer server, String... command) {
        try (RedisConnection connection = new RedisConnection(server.port())) {
            connection.call(command);
        }
    }

    private static String id(RedisServer server) {
        try (RedisConnection connection = new RedisConnection(server.port())) {
            return connection.text("CLUSTER", "MYID");
        }
    }

    /** The URI of the first three servers: {@code redis-cluster://127.0.0.1:PORT,...}. */
    public String uri() {
        return "redis-cluster://"
                + servers.subList(0, PRIMARIES).stream()
                        .map(server -> "127.0.0.1:" + server.port())
                        .collect(Collectors.joining(","));
    }

    /** All servers: the primaries of the start, then their replicas in the same order. */
    public List<RedisServer> servers() {
        return List.copyOf(servers);
    }

    /** The servers that are primaries now, those that are running. */
    public List<RedisServer> primaries() {
        return servers.stream()
                .filter(RedisServer::isRunning)
                .filter(server ->
                        info(server, "replication").getOrDefault("role", "").equals("master"))
                .toList();
    }

    /** The running primary that serves a slot, as the servers say. */
    public RedisServer serving(int slot) {
        for (RedisServer server : primaries()) {
            try (RedisConnection connection = new RedisConnection(server.port())) {
                if (connection
                        .text("CLUSTER", "NODES")
                        .lines()
                        .filter(line -> line.contains("myself"))
                        .anyMatch(line -> holds(line, slot))) {
                    return server;
                }
            }
        }
        throw new ServerException("No server of the Cluster serves slot " + slot);
    }

    private static boolean holds(String line, int slot) {
        String[] words = line.split(" ");
        for (int i = 8; i < words.length; i++) {
            if (!words[i].startsWith("[")) {
                String[] ends = words[i].split("-");
                int first = Integer.parseInt(ends[0]);
                int last = Integer.parseInt(ends[ends.length - 1]);
                if (slot >= first && slot <= last) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Kills a server and waits until its replica has taken its slots over. */
    public void killAndAwaitFailOver(RedisServer primary) {
        List<RedisServer> before = primaries();
        primary.kill();
        Deadline.await("a replica has taken over", () -> {
            List<RedisServer> now = primaries();
            return now.size() == before.size() && now.stream().allMatch(this::isHealthy);
        });
    }

    /**
     * Begins to move a slot: until {@link #endMove} its keys are on either of the two. The servers have to agree before: one that takes
     * a slot over gives itself an epoch above those that it knows of, and if it does not know the latest, what the others said before it
     * came may take the slot away again when it arrives, so that each of two takes the other one for the owner for ever.
     */
    public void beginMove(int slot, RedisServer from, RedisServer to) {
        Deadline.await("the servers agree about epochs and slots", this::agree);
        call(to, "CLUSTER", "SETSLOT", Integer.toString(slot), "IMPORTING", id(from));
        call(from, "CLUSTER", "SETSLOT", Integer.toString(slot), "MIGRATING", id(to));
    }

    private boolean agree() {
        Set<Map<String, String>> views = new HashSet<>();
        for (RedisServer server : primaries()) {
            try (RedisConnection connection = new RedisConnection(server.port())) {
                views.add(connection
                        .text("CLUSTER", "NODES")
                        .lines()
                        .map(line -> line.split(" "))
                        .filter(words -> words[2].contains("master"))
                        .collect(Collectors.toMap(words -> words[0], RedisCluster::claim)));
            }
        }
        Set<String> epochs = new HashSet<>();
        return views.size() == 1
                && views.iterator().next().values().stream()
                        .allMatch(claim -> epochs.add(claim.substring(0, claim.indexOf(' '))));
    }

    /** A server's epoch and its slots. */
    private static String claim(String... words) {
        return words[6]
                + IntStream.range(8, words.length)
                        .mapToObj(i -> words[i])
                        .filter(word -> !word.startsWith("["))
                        .collect(Collectors.joining(" ", " ", ""));
    }

    /** Moves the keys that a slot has now. */
    public void moveKeys(int slot, RedisServer from, RedisServer to) {
        try (RedisConnection connection = new RedisConnection(from.port())) {
            while (connection.call("CLUSTER", "GETKEYSINSLOT", Integer.toString(slot), "100") instanceof List<?> keys
                    && !keys.isEmpty()) {
                List<String> command = new ArrayList<>(
                        List.of("MIGRATE", "127.0.0.1", Integer.toString(to.port()), "", "0", "10000", "KEYS"));
                keys.forEach(key -> command.add(String.valueOf(key)));
                connection.call(command.toArray(String[]::new));
            }
        }
    }

    /** Tells one server, and no other, who serves a slot: the first step to a move that its servers do not agree about. */
    public void tellOwner(int slot, RedisServer told, RedisServer owner) {
        call(told, "CLUSTER", "SETSLOT", Integer.toString(slot), "NODE", id(owner));
    }

    /** Moves the rest of the slot's keys, and tells every server who serves it. */
    public void endMove(int slot, RedisServer from, RedisServer to) {
        moveKeys(slot, from, to);
        tellOwner(slot, to, to);
        tellOwner(slot, from, to);
        for (RedisServer other : primaries()) {
            if (other != to && other != from) {
                tellOwner(slot, other, to);
            }
        }
    }

    /** Stops all servers. */
    @Override
    public void close() {
        servers.forEach(RedisServer::stop);
    }
}
