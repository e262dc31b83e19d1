package dev.staleless.redis;

import dev.staleless.core.changelog.Offset;
import dev.staleless.core.codec.ElementCodec;
import dev.staleless.core.store.StoreException;
import dev.staleless.core.store.near.TrackedHead;
import io.lettuce.core.api.push.PushListener;
import io.lettuce.core.api.push.PushMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection on which the server tells of changed keys, and the heads that were asked for on it.
 *
 * <p>A head is filed under its key before it is asked for, and of two under one key the earlier is dropped: so whatever the server
 * tells finds the head that it concerns. A head that is dropped while its answer is on the way stays dropped. Safe for any thread.
 */
final class TrackedConnection implements PushListener {

    private static final Logger LOG = LoggerFactory.getLogger(TrackedConnection.class);
    private static final String INVALIDATE = "invalidate";

    /** More keys than this are forgotten all at once. */
    private static final int MAX_KEYS = 1_000_000;

    private final Link link;
    private final Keys keys;
    private final Duration timeout;
    private final Map<String, TrackedHead> heads = new ConcurrentHashMap<>();
    private final CountDownLatch changed = new CountDownLatch(1);
    private volatile @Nullable String expected;
    private volatile boolean left;

    TrackedConnection(Link link, Keys keys, Duration timeout) {
        this.link = link;
        this.keys = keys;
        this.timeout = timeout;
    }

    Link link() {
        return link;
    }

    boolean isOpen() {
        return link.isOpen();
    }

    /** Begins to be told. */
    void track() {
        link.wire().connection().addListener(this);
        Pipeline pipeline = link.pipeline();
        pipeline.trackReads();
        pipeline.run(timeout);
    }

    /** Reads a key whose change is waited for. */
    void expectChange(byte[] key) {
        expected = text(key);
        Pipeline pipeline = link.pipeline();
        pipeline.get(key);
        pipeline.run(timeout);
    }

    /** @throws StoreException if the server does not tell of it */
    void awaitChange() {
        try {
            if (!changed.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StoreException(link.where() + " does not tell of changed keys (CLIENT TRACKING) within "
                        + timeout.toMillis() + " ms: use near = off");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("Interrupted while waiting for " + link.where(), e);
        }
    }

    /**
     * Asks whether this connection still is told of changes.
     *
     * @param proved run when it is, after all was told that had changed before
     */
    void prove(Runnable proved) {
        Pipeline pipeline = link.pipeline();
        Reply<Long> redirection = pipeline.trackingRedirection();
        var unused = pipeline.start(timeout).whenComplete((nothing, failure) -> {
            Long to = failure == null ? redirection.value() : null;
            if (to != null && to == 0) {
                proved.run();
            } else {
                end();
            }
        });
    }

    /** Ends the connection: another takes its place. */
    void end() {
        if (!left) {
            link.close();
        }
    }

    /** From now on it ends with its client. */
    void leave() {
        left = true;
    }

    /** Asks for heads. Those that are missing, or cannot be read, are dropped. */
    void ask(List<TrackedHead> asked) {
        if (heads.size() > MAX_KEYS) {
            dropAll();
        }
        Pipeline pipeline = link.pipeline();
        List<Reply<byte[]>> replies = new ArrayList<>(asked.size());
        for (TrackedHead head : asked) {
            byte[] key = keys.log(head.partition());
            TrackedHead earlier = heads.put(text(key), head);
            if (earlier != null && earlier != head) {
                earlier.drop();
            }
            replies.add(pipeline.newest(key));
        }
        var unused = pipeline.start(timeout).whenComplete((nothing, failure) -> {
            for (int i = 0; i < asked.size(); i++) {
                answered(
                        asked.get(i),
                        failure == null ? ElementCodec.id(replies.get(i).value()) : null);
            }
        });
    }

    private void answered(TrackedHead head, java.util.@Nullable UUID id) {
        if (id == null) {
            head.drop();
        } else {
            head.told(this, new Offset(id, link.server()));
        }
    }

    /** Runs on the thread that reads the connection, in the order in which things come. */
    @Override
    public void onPushMessage(PushMessage message) {
        if (!message.getType().equals(INVALIDATE)) {
            return;
        }
        try {
            List<Object> content = message.getContent();
            Object told = content.size() > 1 ? content.get(1) : null;
            if (told instanceof List<?> changedKeys) {
                changedKeys.forEach(this::changed);
            } else {
                // everything was flushed
                dropAll();
            }
        } catch (RuntimeException e) {
            LOG.warn("What {} told of changed keys was not understood; the connection is renewed", link.where(), e);
            end();
            dropAll();
        }
    }

    private void changed(Object key) {
        String text = text(bytes((ByteBuffer) key));
        TrackedHead head = heads.remove(text);
        if (head != null) {
            head.drop();
        }
        if (text.equals(expected)) {
            changed.countDown();
        }
    }

    private void dropAll() {
        heads.forEach((key, head) -> {
            if (heads.remove(key, head)) {
                head.drop();
            }
        });
    }

    private static byte[] bytes(ByteBuffer buffer) {
        ByteBuffer copy = buffer.duplicate();
        byte[] bytes = new byte[copy.remaining()];
        copy.get(bytes);
        return bytes;
    }

    /** Each byte as a character: whatever they mean. */
    private static String text(byte[] key) {
        return new String(key, StandardCharsets.ISO_8859_1);
    }
}
