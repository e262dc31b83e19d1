package dev.staleless.redis;

import dev.staleless.core.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which server is behind a connection, and in which life: the run id changes when it restarts, the replication id when it
 * becomes a primary again. An offset read elsewhere, or before either, is another offset.
 *
 * @param runId {@code run_id} of {@code INFO server}
 * @param replicationId {@code master_replid} of {@code INFO replication}
 * @param epoch {@code cluster_my_epoch} of {@code CLUSTER INFO} in a Cluster; else empty
 */
record ServerIds(String runId, String replicationId, String epoch) {

    private static final int DIGEST_BYTES = 9;

    /**
     * Reads the ids from the answers to {@code INFO server} and {@code INFO replication}.
     *
     * @throws StoreException if the server cannot be used: the ids are hidden, or it is not a lone primary
     */
    static ServerIds parse(String where, String server, String replication) {
        Map<String, String> fields = fields(server + "\n" + replication);
        String mode = mode(fields);
        if (mode != null && !mode.equals("standalone")) {
            throw new StoreException(where + " runs in " + mode + " mode: "
                    + (mode.equals("cluster")
                            ? "connect to it with redis-cluster://host:port,host:port"
                            : "connect to a primary, or through Sentinel with redis-sentinel://"));
        }
        return of(where, fields);
    }

    /**
     * As {@link #parse}, for one server of a Cluster.
     *
     * <p>The server's configuration epoch is one of its ids. A server that takes a slot over from another has the
     * highest epoch of all then. So one that gave a slot away and took it back has another epoch than before, and with it
     * other ids: the keys of that slot were elsewhere in between.
     *
     * @param cluster the answer to {@code CLUSTER INFO}
     */
    static ServerIds parseCluster(String where, String server, String replication, String cluster) {
        Map<String, String> fields = fields(server + "\n" + replication + "\n" + cluster);
        if (!"cluster".equals(mode(fields))) {
            throw new StoreException(where + " is not part of a Cluster: connect to it with redis://");
        }
        String epoch = fields.get("cluster_my_epoch");
        if (epoch == null) {
            throw new StoreException(where + " does not tell cluster_my_epoch by CLUSTER INFO, so it cannot be used");
        }
        ServerIds ids = of(where, fields);
        return new ServerIds(ids.runId, ids.replicationId, epoch);
    }

    /** As Redis calls it, or as Valkey does. */
    private static @Nullable String mode(Map<String, String> fields) {
        String redis = fields.get("redis_mode");
        return redis == null ? fields.get("server_mode") : redis;
    }

    private static ServerIds of(String where, Map<String, String> fields) {
        String role = fields.get("role");
        if (role != null && !role.equals("master")) {
            throw new StoreException(where + " is not a primary (role " + role + "): replicas are never read");
        }
        String runId = id(fields.get("run_id"));
        String replicationId = id(fields.get("master_replid"));
        if (role == null || runId == null || replicationId == null) {
            throw new StoreException(
                    where + " hides its run_id, master_replid or role from INFO. Without them a restart or"
                            + " fail-over that loses changes would go unnoticed, so it cannot be used");
        }
        return new ServerIds(runId, replicationId, "");
    }

    private static Map<String, String> fields(String info) {
        Map<String, String> fields = new HashMap<>();
        info.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        return fields;
    }

    /** Null if there is none, or only zeros. */
    private static @Nullable String id(@Nullable String value) {
        return value == null || value.chars().allMatch(c -> c == '0') ? null : value;
    }

    /** Whether it is the same server in the same life, though it may have taken slots over since. */
    boolean sameLife(ServerIds other) {
        return runId.equals(other.runId) && replicationId.equals(other.replicationId);
    }

    /** The ids as offsets and creation marks carry them: a digest, since every entry has it. */
    String digest() {
        try {
            byte[] all = (runId + ":" + replicationId + ":" + epoch).getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, DIGEST_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
