package dev.staleless.redis;

import org.jspecify.annotations.Nullable;

/**
 * One connection, from its making to its end, and the server that it leads to. When it has ended, by whatever cause, it does
 * not come back. Safe for any thread.
 *
 * @param ids read before anything else was asked on this connection
 * @param server the ids as offsets carry them
 * @param clientId the server's number for this connection; null if it does not tell
 */
record Link(
        Wire wire, ServerIds ids, String server, @Nullable Long clientId) {

    Pipeline pipeline() {
        return new Pipeline(wire);
    }

    String where() {
        return wire.where();
    }

    /** The server's host. */
    String host() {
        return wire.host();
    }

    boolean isOpen() {
        return wire.isOpen();
    }

    void close() {
        wire.close();
    }
}
