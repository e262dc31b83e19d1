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
 */
record ServerIds(String runId, String replicationId) {

    private static final int DIGEST_BYTES = 9;

    /**
     * Reads the ids from the answers to {@code INFO server} and {@code INFO replication}.
     *
     * @throws StoreException if the server cannot be used: the ids are hidden, or it is not a lone primary
     */
    static ServerIds parse(String where, String server, String replication) {
        Map<String, String> fields = fields(server + "\n" + replication);
        String mode = fields.get("redis_mode");
        if (mode != null && !mode.equals("standalone")) {
            throw new StoreException(
                    where + " runs in " + mode + " mode, which is not supported: connect to a standalone"
                            + " primary, or through Sentinel with redis-sentinel://");
        }
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
        return new ServerIds(runId, replicationId);
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

    /** The ids as offsets and creation marks carry them: a digest, since every entry has it. */
    String digest() {
        try {
            byte[] all = (runId + ":" + replicationId).getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, DIGEST_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
