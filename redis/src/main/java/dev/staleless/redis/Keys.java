package dev.staleless.redis;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.store.EntryKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/**
 * Names of keys. All begin with prefix, namespace and the database's id, as far as two random ones will not have it in common: so two
 * databases never meet in one key. No two share a Cluster's hash tag: logs and entries of one table spread over its servers.
 */
final class Keys {

    private static final int ID_BYTES = 12;

    /** Logs whose keys are kept, so that they are not put together for each command. */
    private static final int KEPT = 1 << 12;

    private final String base;
    private final Recent<Partition, byte[]> logs = new Recent<>(KEPT);

    Keys(String prefix, String namespace, UUID database) {
        ByteBuffer id = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(database.getMostSignificantBits())
                .putLong(database.getLeastSignificantBits());
        byte[] digest = sha256(id.array());
        String shortId = Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, ID_BYTES));
        this.base = prefix + namespace + ":" + shortId + ":";
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** What the names of all keys begin with; no character of it has a meaning in a pattern. */
    String base() {
        return base;
    }

    /** What is read and written to find out whether the server tells of changes. */
    byte[] probe(UUID id) {
        return bytes(base + "n:" + id);
    }

    /** Names of entries have no colon, and so are no log's, registry's or claim's. */
    byte[] entry(EntryKey key) {
        return bytes(base + key.name());
    }

    byte[] claim(EntryKey key) {
        return bytes(base + "c:" + key.name());
    }

    /** Not to be changed. */
    byte[] log(Partition partition) {
        byte[] kept = logs.get(partition);
        if (kept == null) {
            kept = bytes(base + "l:" + partition.name());
            logs.put(partition, kept);
        }
        return kept;
    }

    byte[] registry(TableName table) {
        return bytes(base + "f:" + table);
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
