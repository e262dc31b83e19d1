package dev.staleless.core.store.near;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.changelog.Registry;
import dev.staleless.core.coordination.Clock;
import dev.staleless.core.store.Entry;
import dev.staleless.core.store.EntryKey;
import dev.staleless.core.store.Reclaim;
import dev.staleless.core.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A shared store with a near cache before it.
 *
 * <p>What it may be wrong about is how new the heads are that it gives, and nothing else: entries are facts, and everything a fill or
 * a commit rests on is asked of the store itself. A head is given only if a connection has told it that had, up to no longer than the
 * bound before this read, told of every change. So a read shows each change whose element the store had acknowledged longer ago than
 * that; and a change is acknowledged before its commit is sent.
 *
 * <p>The order within a read matters: first the lease is looked at, then the heads. What was told before the lease was proved has
 * dropped its heads by then.
 *
 * <p>This node's own changes drop their heads when the store has acknowledged them, before the commit is sent. A head that was asked
 * for before is dropped for good, so its late answer does no harm; one that is asked for after it is new enough.
 *
 * <p>Safe for any thread. No lock is held while the store is asked.
 */
public final class NearStore implements Store {

    /** The server is asked for a proof this often within the bound: two of them may be late. */
    private static final int PROOFS = 4;

    /** Logs whose heads are known at a time. */
    private static final long MAX_HEADS = 500_000;

    /** What an entry and its heads take beside rows and key. */
    private static final int OVERHEAD = 400;

    private final TrackableStore store;
    private final Clock clock;
    private final HeadTracker tracker;
    private final ProvedLease lease;
    private final Cache<String, NearEntry> entries;
    private final Cache<Partition, TrackedHead> heads = Caffeine.newBuilder()
            .maximumSize(MAX_HEADS)
            .executor(Runnable::run)
            .evictionListener((@Nullable Partition partition, @Nullable TrackedHead head, RemovalCause cause) -> {
                if (head != null) {
                    head.drop();
                }
            })
            .build();

    private NearStore(TrackableStore store, NearSettings settings, Clock clock) {
        this.store = store;
        this.clock = clock;
        long bound = settings.bound().toNanos();
        lease = new ProvedLease(clock, bound);
        entries = Caffeine.newBuilder()
                .maximumWeight(settings.maxBytes())
                .weigher((String name, NearEntry near) -> near.weight(name))
                .executor(Runnable::run)
                .build();
        tracker = store.tracker(Duration.ofNanos(bound / PROOFS));
    }

    /** Puts a near cache before a store, which it closes when it is closed. */
    public static NearStore before(TrackableStore store, NearSettings settings, Clock clock) {
        NearStore near = new NearStore(store, settings, clock);
        near.tracker.start(new Told(near));
        return near;
    }

    /** What the tracker tells. */
    private record Told(NearStore near) implements HeadTracker.Listener {
        @Override
        public void proved(Object connection, long nanos, long millis) {
            near.lease.proved(connection, nanos, millis);
        }

        @Override
        public void lost() {
            near.lease.end();
            // one by one: what is asked for in the meantime stays, or is dropped
            near.heads.asMap().forEach((partition, head) -> {
                if (near.heads.asMap().remove(partition, head)) {
                    head.drop();
                }
            });
        }
    }

    /**
     * An entry with the heads of its partitions.
     *
     * @param partitions in the order in which they were asked for
     * @param endNanos when its time to live is over
     */
    private record NearEntry(Entry entry, List<Partition> partitions, TrackedHead[] heads, long endNanos) {

        boolean isOf(EntryKey key, List<Partition> asked, long now) {
            return now - endNanos < 0 && Arrays.equals(entry.key(), key.identity()) && partitions.equals(asked);
        }

        /** Null if one of them is not known. */
        @Nullable
        List<@Nullable Offset> headsOn(Object connection) {
            @Nullable Offset[] known = new @Nullable Offset[heads.length];
            for (int i = 0; i < known.length; i++) {
                known[i] = heads[i].on(connection);
                if (known[i] == null) {
                    return null;
                }
            }
            return Arrays.asList(known);
        }

        int weight(String name) {
            long bytes = OVERHEAD + 2L * name.length() + entry.rows().length + 64L * heads.length;
            return (int) Math.min(bytes, Integer.MAX_VALUE);
        }
    }

    @Override
    public Snapshot read(EntryKey key, List<Partition> partitions) {
        Object connection = lease.connection();
        // without heads nothing would tell that it is outdated
        if (connection == null || partitions.isEmpty()) {
            return store.read(key, partitions);
        }
        NearEntry near = entries.getIfPresent(key.name());
        if (near == null || !near.isOf(key, partitions, clock.nanos())) {
            return ask(key, partitions);
        }
        List<@Nullable Offset> known = near.headsOn(connection);
        return known == null ? ask(key, partitions) : new Snapshot(near.entry(), known);
    }

    /** The store's own answer. The entry is kept in place of an older one: with a log that changed it may be another by now. */
    private Snapshot ask(EntryKey key, List<Partition> partitions) {
        long now = clock.nanos();
        TrackableStore.Timed timed = store.readTimed(key, partitions);
        Entry entry = timed.snapshot().entry();
        if (entry != null && !timed.remaining().isZero()) {
            long end = now + timed.remaining().toNanos();
            track(key, new NearEntry(entry, partitions, headsOf(partitions), end));
        }
        return timed.snapshot();
    }

    private TrackedHead[] headsOf(List<Partition> partitions) {
        TrackedHead[] of = new TrackedHead[partitions.size()];
        for (int i = 0; i < of.length; i++) {
            of[i] = head(partitions.get(i));
        }
        return of;
    }

    /** The head that is asked for or told, or one that takes the place of a dropped one. */
    private TrackedHead head(Partition partition) {
        TrackedHead known = heads.getIfPresent(partition);
        if (known != null && !known.isDropped()) {
            return known;
        }
        return heads.asMap()
                .compute(partition, (of, now) -> now == null || now.isDropped() ? new TrackedHead(of) : now);
    }

    private void track(EntryKey key, NearEntry near) {
        entries.put(key.name(), near);
        List<TrackedHead> unasked = new ArrayList<>(near.heads().length);
        for (TrackedHead head : near.heads()) {
            if (head.ask()) {
                unasked.add(head);
            }
        }
        if (!unasked.isEmpty()) {
            tracker.track(unasked);
        }
    }

    @Override
    public void report(Collection<Mark> marks, Collection<Append> appends) {
        try {
            store.report(marks, appends);
        } finally {
            appends.forEach(append -> drop(append.partition()));
        }
    }

    private void drop(Partition partition) {
        TrackedHead head = heads.asMap().remove(partition);
        if (head != null) {
            head.drop();
        }
    }

    /** As after changes of this node: a head that is known here may be older than the store's. */
    @Override
    public List<Offset> observe(List<Partition> partitions) {
        List<Offset> observed = store.observe(partitions);
        partitions.forEach(this::drop);
        return observed;
    }

    @Override
    public CompletionStage<Void> publish(EntryKey key, Entry entry, Duration ttl) {
        entries.invalidate(key.name());
        return store.publish(key, entry, ttl);
    }

    /** Whoever claims has found no entry that may be served. */
    @Override
    public Claim claim(EntryKey key, UUID holder, Duration time, List<Partition> partitions) {
        entries.invalidate(key.name());
        return store.claim(key, holder, time, partitions);
    }

    @Override
    public Claim claimWithRegistries(
            EntryKey key, UUID holder, Duration time, List<Partition> partitions, List<TableName> tables) {
        entries.invalidate(key.name());
        return store.claimWithRegistries(key, holder, time, partitions, tables);
    }

    @Override
    public Opened openWithRegistries(List<Partition> partitions, List<TableName> tables) {
        return store.openWithRegistries(partitions, tables);
    }

    @Override
    public CompletionStage<Void> release(EntryKey key) {
        return store.release(key);
    }

    /** It is forgotten here, so that another node's is found in its place as soon as there is one. */
    @Override
    public void outdated(EntryKey key, Entry entry) {
        entries.asMap()
                .computeIfPresent(key.name(), (name, near) -> near.entry().id().equals(entry.id()) ? null : near);
    }

    /** The near entry stays: its advance is remembered by its id, and its end is known. */
    @Override
    public CompletionStage<Void> replace(EntryKey key, Entry entry) {
        return store.replace(key, entry);
    }

    @Override
    public List<Log> logs(List<Partition> partitions) {
        return store.logs(partitions);
    }

    @Override
    public List<Log> logs(List<Partition> partitions, List<Offset> heads) {
        return store.logs(partitions, heads);
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
    public Reclaim reclaim(Reclaim.Living living) {
        return store.reclaim(living);
    }

    @Override
    public boolean shared() {
        return store.shared();
    }

    @Override
    public void close() {
        tracker.close();
        entries.invalidateAll();
        store.close();
    }
}
