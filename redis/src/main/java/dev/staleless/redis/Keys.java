package dev.staleless.redis;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.store.EntryKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/**
 * Names of keys. All begin with prefix, namespace and the database's id, so two databases never meet in one key. Braces are
 * a Cluster's hash tag: the logs of one table spread over the slots.
 */
final class Keys {

    private final String base;

    Keys(String prefix, String namespace, UUID database) {
        ByteBuffer id = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(database.getMostSignificantBits())
                .putLong(database.getLeastSignificantBits());
        String shortId = Base64.getUrlEncoder().withoutPadding().encodeToString(id.array());
        this.base = prefix + namespace + ":" + shortId + ":";
    }

    byte[] entry(EntryKey key) {
        return bytes(base + "r:" + key.name());
    }

    byte[] log(Partition partition) {
        return bytes(base + "l:{" + partition.name() + "}");
    }

    byte[] registry(TableName table) {
        return bytes(base + "f:{" + table + "}");
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
