package dev.staleless.core.store.near;

import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import org.jspecify.annotations.Nullable;

/**
 * The head of one log, as a server told it that tells of its change too. Asked for once; dropped for good when the log has changed,
 * or when it is in doubt whether its change would be told. Another takes its place then. Safe for any thread.
 */
public final class TrackedHead {

    /** What was told, and on which connection: it is worth something only while that one is proved to tell everything. */
    private record Told(Object connection, Offset head) {}

    private final Partition partition;
    private boolean asked;
    private boolean dropped;
    private volatile @Nullable Told told;

    TrackedHead(Partition partition) {
        this.partition = partition;
    }

    public Partition partition() {
        return partition;
    }

    /** Whether the caller is the one that has to ask. */
    synchronized boolean ask() {
        boolean first = !asked;
        asked = true;
        return first;
    }

    /**
     * The server's answer. Does nothing once it is dropped: the answer may be older than what it was dropped for.
     *
     * @param connection that tells of the log's changes
     */
    public synchronized void told(Object connection, Offset head) {
        if (!dropped) {
            told = new Told(connection, head);
        }
    }

    /** From now on it is not known. */
    public synchronized void drop() {
        dropped = true;
        told = null;
    }

    synchronized boolean isDropped() {
        return dropped;
    }

    /** The head, if this connection has told it. */
    @Nullable
    Offset on(Object connection) {
        Told now = told;
        return now == null || now.connection() != connection ? null : now.head();
    }
}
