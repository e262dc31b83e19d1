package dev.staleless.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import java.util.concurrent.atomic.AtomicBoolean;

/** A connection of the client library, closed at most once: it warns of a second time. Safe for any thread. */
final class Wire {

    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final String where;
    private final String host;
    private final AtomicBoolean closed = new AtomicBoolean();

    Wire(StatefulRedisConnection<byte[], byte[]> connection, String where, String host) {
        this.connection = connection;
        this.where = where;
        this.host = host;
    }

    /** The server's address, for messages. */
    String where() {
        return where;
    }

    /** The server's host, as it was asked for. */
    String host() {
        return host;
    }

    StatefulRedisConnection<byte[], byte[]> connection() {
        return connection;
    }

    boolean isOpen() {
        return !closed.get() && connection.isOpen();
    }

    /** Ends the connection; whatever still waits for a reply fails. Does not wait. */
    void close() {
        if (closed.compareAndSet(false, true)) {
            connection.closeAsync();
        }
    }
}
