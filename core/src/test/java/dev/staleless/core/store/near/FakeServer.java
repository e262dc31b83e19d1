package dev.staleless.core.store.near;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.changelog.Registry;
import dev.staleless.core.coordination.Clock;
import dev.staleless.core.store.Entry;
import dev.staleless.core.store.EntryKey;
import dev.staleless.core.store.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A server that executes at once, and whose replies and pushes to the tracker wait until they are delivered, in the order in which they
 * were made. Its clock stands still unless it is moved.
 */
final class FakeServer implements TrackableStore, Clock {

    private final MemoryStore store = MemoryStore.create();
    private final Map<Partition, TrackedHead> tracked = new HashMap<>();
    private final Deque<Runnable> deliveries = new ArrayDeque<>();
    private HeadTracker.@Nullable Listener listener;
    private Object connection = new Object();
    private long millis;

    /** Calls of the store that asked for an entry. */
    int reads;

    void elapse(long more) {
        millis += more;
    }

    @Override
    public long nanos() {
        return millis * 1_000_000;
    }

    @Override
    public long millis() {
        return millis;
    }

    /** Delivers the next reply or push. False if there is none. */
    boolean deliver() {
        Runnable next = deliveries.poll();
        if (next != null) {
            next.run();
        }
        return next != null;
    }

    void deliverAll() {
        while (deliver()) {}
    }

    /** The tracker asks for a proof; it is answered in its turn. */
    void prove() {
        Object on = connection;
        long asked = millis;
        deliveries.add(() -> told().proved(on, asked * 1_000_000, asked));
    }

    /** The connection ends, with what it did not deliver; another one takes its place. */
    void reconnect() {
        deliveries.clear();
        tracked.clear();
        connection = new Object();
        told().lost();
    }

    private HeadTracker.Listener told() {
        return java.util.Objects.requireNonNull(listener);
    }

    /** Appends to a log, by whichever node. */
    void append(Partition partition) {
        report(List.of(), List.of(new Append(partition, new Element(UUID.randomUUID(), UUID.randomUUID(), List.of()))));
    }

    Offset head(Partition partition) {
        return store.open(List.of(partition)).get(0);
    }

    void fill(EntryKey key, List<Partition> partitions, Duration ttl) {
        Map<Partition, Offset> offsets = new HashMap<>();
        for (Partition partition : partitions) {
            offsets.put(partition, head(partition));
        }
        Entry entry = new Entry(
                UUID.randomUUID(), key.identity(), UUID.randomUUID(), Map.of(), offsets, new byte[] {1, 2, 3});
        store.publish(key, entry, Duration.ofDays(1)).toCompletableFuture().join();
        remaining = ttl;
    }

    private Duration remaining = Duration.ZERO;

    @Override
    public Timed readTimed(EntryKey key, List<Partition> partitions) {
        return new Timed(read(key, partitions), remaining);
    }

    @Override
    public HeadTracker tracker(Duration interval) {
        return new HeadTracker() {
            @Override
            public void start(Listener told) {
                listener = told;
            }

            @Override
            public void track(List<TrackedHead> heads) {
                Object on = connection;
                for (TrackedHead head : heads) {
                    TrackedHead earlier = tracked.put(head.partition(), head);
                    if (earlier != null) {
                        earlier.drop();
                    }
                    Offset answer = head(head.partition());
                    deliveries.add(() -> head.told(on, answer));
                }
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Snapshot read(EntryKey key, List<Partition> partitions) {
        reads++;
        return store.read(key, partitions);
    }

    @Override
    public void report(Collection<Mark> marks, Collection<Append> appends) {
        store.report(marks, appends);
        for (Append append : appends) {
            TrackedHead head = tracked.remove(append.partition());
            if (head != null) {
                deliveries.add(head::drop);
            }
        }
    }

    @Override
    public List<Log> logs(List<Partition> partitions) {
        return store.logs(partitions);
    }

    @Override
    public List<Offset> open(List<Partition> partitions) {
        return store.open(partitions);
    }

    @Override
    public List<Registry> registries(List<TableName> tables) {
        return store.registries(tables);
    }

    @Override
    public UUID createRegistry(TableName table) {
        return store.createRegistry(table);
    }

    @Override
    public void confirmRegistry(TableName table, UUID creation, long version) {
        store.confirmRegistry(table, creation, version);
    }

    @Override
    public CompletionStage<Void> resolve(Collection<Mark> marks) {
        return store.resolve(marks);
    }

    @Override
    public CompletionStage<Void> publish(EntryKey key, Entry entry, Duration ttl) {
        return store.publish(key, entry, Duration.ofDays(1));
    }

    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public void close() {
        store.close();
    }
}
