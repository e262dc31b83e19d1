package dev.staleless.redis;

import dev.staleless.core.store.StoreException;
import dev.staleless.core.store.near.HeadTracker;
import dev.staleless.core.store.near.TrackedHead;
import io.lettuce.core.RedisClient;
import io.lettuce.core.protocol.ProtocolVersion;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the heads of logs by Redis' client-side tracking: on a connection of protocol RESP3 the server remembers which keys were read,
 * and tells once of each that changes, expires, or is evicted (Redis documentation, "Client-side caching in Redis").
 *
 * <p>Replies and what it tells come on one connection, in the order in which the server executed: so when it answers a proof, which it
 * is asked for every interval, everything that was changed before that was asked has been told. The proof is an answer to whether this
 * connection is tracked still. Before a connection is used, the server has to tell of a change made by another: there are servers that
 * take the command and do nothing.
 *
 * <p>One thread connects and asks for proofs. Safe for any thread.
 */
final class LogTracker implements HeadTracker {

    /** Writes a key on another connection than the tracker's. */
    interface Writer {
        void write(byte[] key, byte[] value);
    }

    private static final Logger LOG = LoggerFactory.getLogger(LogTracker.class);
    private static final Duration SHUTDOWN = Duration.ofSeconds(2);
    private static final long RECONNECT_NANOS = Duration.ofMillis(500).toNanos();

    private final Options options;
    private final Keys keys;
    private final Duration interval;
    private final Writer writer;
    private final RedisClient client;
    private final Connector connector;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "staleless-redis-tracking");
        made.setDaemon(true);
        return made;
    });
    private volatile @Nullable TrackedConnection current;
    private volatile boolean closed;
    private @Nullable Listener listener;
    private long notBefore = System.nanoTime();
    private long checkedAt = System.nanoTime();
    private boolean logged;

    LogTracker(Options options, Keys keys, Duration interval, Writer writer) {
        this.options = options;
        this.keys = keys;
        this.interval = interval;
        this.writer = writer;
        client = Connector.client(options.connectTimeout(), options.trusted(), ProtocolVersion.RESP3);
        connector = new Connector(client, options.uris().get(0), false, options.connectTimeout());
    }

    @Override
    public void start(Listener told) {
        listener = told;
        var unused = thread.scheduleWithFixedDelay(() -> beat(told), 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Does not throw: nothing would be done any more. */
    private void beat(Listener told) {
        try {
            TrackedConnection connection = current;
            if (connection == null || !connection.isOpen()) {
                reconnect(told);
            } else {
                prove(connection, told);
            }
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void reconnect(Listener told) {
        if (current != null) {
            current = null;
            told.lost();
        }
        if (System.nanoTime() - notBefore < 0) {
            return;
        }
        notBefore = System.nanoTime() + RECONNECT_NANOS;
        Link link = joined(connector);
        TrackedConnection connection = new TrackedConnection(link, keys, options.timeout());
        try {
            connection.track();
            byte[] probe = keys.probe(UUID.randomUUID());
            connection.expectChange(probe);
            writer.write(probe, probe);
            connection.awaitChange();
        } catch (RuntimeException e) {
            link.close();
            throw e;
        }
        current = connection;
        checkedAt = System.nanoTime();
        logged = false;
    }

    private static Link joined(Connector connector) {
        try {
            return connector.connect(null).join();
        } catch (CompletionException e) {
            throw connector.failure(e);
        }
    }

    private void prove(TrackedConnection connection, Listener told) {
        long nanos = System.nanoTime();
        long millis = System.currentTimeMillis();
        connection.prove(() -> {
            if (connection.equals(current)) {
                told.proved(connection, nanos, millis);
            }
        });
        if (nanos - checkedAt >= options.checkInterval().toNanos()) {
            checkedAt = nanos;
            Link link = connection.link();
            connector.ids(link).whenComplete((ids, problem) -> {
                if (problem != null || !ids.equals(link.ids())) {
                    connection.end();
                }
            });
        }
    }

    private void failed(RuntimeException failure) {
        if (!logged && !closed) {
            logged = true;
            LOG.warn(
                    "Nothing is served from the near cache: {}. {}",
                    failure.getMessage(),
                    failure instanceof StoreException ? "It is tried again" : "",
                    failure);
        }
    }

    @Override
    public void track(List<TrackedHead> heads) {
        TrackedConnection connection = current;
        if (connection == null) {
            heads.forEach(TrackedHead::drop);
        } else {
            connection.ask(heads);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.shutdownNow();
        Listener told = listener;
        if (told != null) {
            told.lost();
        }
        TrackedConnection connection = current;
        if (connection != null) {
            connection.leave();
        }
        client.shutdown(Duration.ZERO, SHUTDOWN);
    }
}
