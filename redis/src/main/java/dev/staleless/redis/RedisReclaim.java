package dev.staleless.redis;

import dev.staleless.core.codec.EntryCodec;
import dev.staleless.core.store.Reclaim;
import dev.staleless.redis.Batch.Answer;
import dev.staleless.redis.Lines.Purpose;
import io.lettuce.core.KeyScanCursor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks over the keys of each server by SCAN; looks at the beginning of each entry; frees the dead ones one by one. */
final class RedisReclaim implements Reclaim {

    private static final int STEP = 100;

    /** Enough for what an entry of ten partitions rests on. One that needs more is left to its time to live. */
    private static final int BEGINNING = 512;

    private static final String START = "0";

    private final Connections connections;
    private final String base;
    private final Living living;
    private final Duration timeout;
    private final Deque<Lines> left;
    private String cursor = START;
    private long examined;
    private long freed;

    RedisReclaim(Connections connections, String base, Living living, Duration timeout) {
        this.connections = connections;
        this.base = base;
        this.living = living;
        this.timeout = timeout;
        this.left = new ArrayDeque<>(connections.servers());
    }

    @Override
    public boolean step() {
        Lines server = left.peek();
        if (server == null) {
            return false;
        }
        Pipeline pipeline = server.line(Purpose.ENTRIES).link(timeout).pipeline();
        Reply<KeyScanCursor<byte[]>> reply = pipeline.scanStrings(cursor, base + "*", STEP);
        pipeline.run(timeout);
        KeyScanCursor<byte[]> found = reply.value();
        if (found != null && !found.getKeys().isEmpty()) {
            free(dead(found.getKeys()));
        }
        cursor = found == null ? START : found.getCursor();
        if (cursor.equals(START)) {
            left.remove();
        }
        return !left.isEmpty();
    }

    private List<byte[]> dead(List<byte[]> keys) {
        Set<String> servers = servers();
        Batch batch = connections.batch(Purpose.ENTRIES);
        List<Answer<byte[]>> beginnings = new ArrayList<>(keys.size());
        for (byte[] key : keys) {
            beginnings.add(batch.add(key, (pipeline, link) -> pipeline.beginning(key, BEGINNING)));
        }
        batch.run();
        examined += keys.size();
        List<byte[]> dead = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            byte[] beginning = beginnings.get(i).value();
            if (beginning != null && EntryCodec.isDead(beginning, living, servers)) {
                dead.add(keys.get(i));
            }
        }
        return dead;
    }

    private void free(List<byte[]> keys) {
        Batch batch = connections.batch(Purpose.ENTRIES);
        for (byte[] key : keys) {
            batch.add(key, (pipeline, link) -> pipeline.free(key));
        }
        batch.run();
        freed += keys.size();
    }

    /** The ids of all servers; null if one of them is not connected now. */
    private @Nullable Set<String> servers() {
        Set<String> ids = new HashSet<>();
        for (Lines server : connections.servers()) {
            Link link = server.line(Purpose.READ).open();
            if (link == null) {
                return null;
            }
            ids.add(link.server());
        }
        return ids;
    }

    @Override
    public long examined() {
        return examined;
    }

    @Override
    public long freed() {
        return freed;
    }
}
