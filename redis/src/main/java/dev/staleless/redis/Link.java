package dev.staleless.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import org.jspecify.annotations.Nullable;

/**
 * One connection, from its making to its end, and the server that it leads to. When it has ended, by whatever cause, it does
 * not come back. Safe for any thread.
 *
 * @param where the server's address, for messages
 * @param ids read before anything else was asked on this connection
 * @param server the ids as offsets carry them
 * @param clientId the server's number for this connection; null if it does not tell
 */
record Link(
        StatefulRedisConnection<byte[], byte[]> connection,
        String where,
        ServerIds ids,
        String server,
        @Nullable Long clientId) {

    Pipeline pipeline() {
        return new Pipeline(connection, where);
    }

    boolean isOpen() {
        return connection.isOpen();
    }

    /** Ends the connection; whatever still waits for a reply fails. Does not wait. */
    void close() {
        connection.closeAsync();
    }
}
