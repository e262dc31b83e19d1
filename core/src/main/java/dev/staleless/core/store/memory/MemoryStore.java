package dev.staleless.core.store.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.changelog.Registry;
import dev.staleless.core.store.Entry;
import dev.staleless.core.store.EntryKey;
import dev.staleless.core.store.Store;
import dev.staleless.core.store.StoreException;
import dev.staleless.core.store.StoreProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The store in the process itself. Entries are bounded by bytes and by their time to live, logs by elements each and by
 * events in all; a log that had to go makes its entries misses. Registries are kept whole: there is one per table, and its
 * marks end with their transactions.
 *
 * <p>Logs are immutable values that are replaced atomically, so head and element are one atomic thing, and every reader sees
 * the appends to a log in one order. It is its own provider: all data sources it is given to share it, and it ends with the
 * last of them to close it.
 */
public final class MemoryStore implements Store, StoreProvider {

    private final Cache<String, Stored> entries;
    private final Cache<Partition, MemoryLog> logs;
    private final Map<TableName, MemoryRegistry> registries = new ConcurrentHashMap<>();
    private final String server = "memory:" + UUID.randomUUID();
    private final int keptElements;
    private final int keptTableElements;
    private int users;
    private volatile boolean closed;

    private record Stored(Entry entry, long ttlNanos) {}

    private MemoryStore(Builder options) {
        this.entries = Caffeine.newBuilder()
                .maximumWeight(options.maxBytes)
                .<String, Stored>weigher((name, stored) -> weight(name, stored.entry()))
                .expireAfter(Expiry.<String, Stored>writing((name, stored) -> Duration.ofNanos(stored.ttlNanos())))
                .ticker(options.nanoClock::getAsLong)
                .executor(Runnable::run)
                .build();
        this.logs = Caffeine.newBuilder()
                .maximumWeight(options.maxEvents)
                .weigher(MemoryLog::weight)
                .executor(Runnable::run)
                .build();
        this.keptElements = options.keptElements;
        this.keptTableElements = options.keptTableElements;
    }

    /** A store with the defaults of {@link #builder()}. */
    public static MemoryStore create() {
        return builder().build();
    }

    /** Options: 64 MiB of entries; 1,000,000 events in logs of at most 128 elements, 1,024 for a table's own log. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Snapshot read(EntryKey key, List<Partition> partitions) {
        checkOpen();
        Stored stored = entries.getIfPresent(key.name());
        Entry entry = stored != null && Arrays.equals(stored.entry().key(), key.identity()) ? stored.entry() : null;
        List<@Nullable Offset> heads = new ArrayList<>(partitions.size());
        for (Partition partition : partitions) {
            MemoryLog log = logs.getIfPresent(partition);
            heads.add(log == null ? null : head(log));
        }
        return new Snapshot(entry, heads);
    }

    @Override
    public List<Log> logs(List<Partition> partitions) {
        checkOpen();
        List<Log> result = new ArrayList<>(partitions.size());
        for (Partition partition : partitions) {
            MemoryLog log = logs.getIfPresent(partition);
            result.add(log == null ? new Log(null, List.of()) : new Log(head(log), log.elements()));
        }
        return result;
    }

    @Override
    public List<Offset> open(List<Partition> partitions) {
        checkOpen();
        List<Offset> heads = new ArrayList<>(partitions.size());
        for (Partition partition : partitions) {
            heads.add(head(logs.get(partition, missing -> MemoryLog.start())));
        }
        return heads;
    }

    @Override
    public List<Registry> registries(List<TableName> tables) {
        checkOpen();
        List<Registry> result = new ArrayList<>(tables.size());
        for (TableName table : tables) {
            MemoryRegistry registry = registries.get(table);
            result.add(registry == null ? new Registry(null, null, List.of()) : registry.read());
        }
        return result;
    }

    @Override
    public UUID createRegistry(TableName table) {
        checkOpen();
        return registry(table).create();
    }

    @Override
    public void confirmRegistry(TableName table, UUID creation, long version) {
        checkOpen();
        registry(table).confirm(creation, version);
    }

    @Override
    public void report(Collection<Mark> marks, Collection<Append> appends) {
        checkOpen();
        for (Mark mark : marks) {
            registry(mark.table()).begin(mark);
        }
        for (Append append : appends) {
            int kept = append.partition().kind() == Partition.Kind.TABLE ? keptTableElements : keptElements;
            logs.asMap()
                    .compute(
                            append.partition(),
                            (partition, log) ->
                                    log == null ? MemoryLog.of(append.element()) : log.append(append.element(), kept));
        }
    }

    @Override
    public CompletionStage<Void> resolve(Collection<Mark> marks) {
        return stage(() -> marks.forEach(mark -> registry(mark.table()).resolve(mark)));
    }

    @Override
    public CompletionStage<Void> publish(EntryKey key, Entry entry, Duration ttl) {
        return stage(() -> entries.put(key.name(), new Stored(entry, nanos(ttl))));
    }

    /**
     * Drops every entry and every log. The marks of transactions in flight stay: were they forgotten, a result that such a
     * transaction is about to change could be published.
     */
    public void clear() {
        logs.invalidateAll();
        entries.invalidateAll();
    }

    @Override
    public boolean shared() {
        return false;
    }

    /** This store, whatever the arguments: keys hold the database's id, and logs that meet cost hits only. */
    @Override
    public synchronized Store open(UUID database, String namespace) {
        checkOpen();
        users++;
        return this;
    }

    /** Closes the store for one of those who opened it; the last one, or the first if none did, empties and ends it. */
    @Override
    public synchronized void close() {
        if (users > 0) {
            users--;
        }
        if (users == 0) {
            closed = true;
            clear();
        }
    }

    private CompletionStage<Void> stage(Runnable action) {
        if (closed) {
            return CompletableFuture.failedStage(closedException());
        }
        action.run();
        return CompletableFuture.completedStage(null);
    }

    private void checkOpen() {
        if (closed) {
            throw closedException();
        }
    }

    private static StoreException closedException() {
        return new StoreException("The in-process store is closed");
    }

    private MemoryRegistry registry(TableName table) {
        return registries.computeIfAbsent(table, missing -> new MemoryRegistry());
    }

    private Offset head(MemoryLog log) {
        return new Offset(log.head(), server);
    }

    private static long nanos(Duration ttl) {
        if (ttl.isNegative() || ttl.isZero()) {
            throw new IllegalArgumentException("ttl must be positive: " + ttl);
        }
        return ttl.compareTo(Duration.ofDays(36_500)) > 0
                ? Duration.ofDays(36_500).toNanos()
                : ttl.toNanos();
    }

    /** Bytes of the rows and the key, and a measure of what the rest takes. */
    private static int weight(String name, Entry entry) {
        long bytes = 256L + 2L * name.length() + entry.key().length + entry.rows().length;
        bytes += 128L * (entry.offsets().size() + entry.generations().size());
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    /** Options of a {@link MemoryStore}. A value that makes no sense is refused at once. Not safe for several threads. */
    public static final class Builder {

        private long maxBytes = 64L << 20;
        private long maxEvents = 1_000_000;
        private int keptElements = 128;
        private int keptTableElements = 1024;
        private LongSupplier nanoClock = System::nanoTime;

        private Builder() {}

        /** Bytes that all entries may take; 64 MiB if not set. */
        public Builder maxBytes(long bytes) {
            maxBytes = positive("maxBytes", bytes);
            return this;
        }

        /** Elements and change events that all logs together may hold; 1,000,000 if not set. */
        public Builder maxEvents(long events) {
            maxEvents = positive("maxEvents", events);
            return this;
        }

        /** Elements kept in a log; 128 if not set, and 1,024 for the log that receives every event of a table. */
        public Builder keptElements(int partition, int table) {
            keptElements = (int) positive("keptElements.partition", partition);
            keptTableElements = (int) positive("keptElements.table", table);
            return this;
        }

        /** The clock by which entries expire, in nanoseconds of no particular origin; {@link System#nanoTime} if not set. */
        public Builder nanoClock(LongSupplier clock) {
            nanoClock = clock;
            return this;
        }

        public MemoryStore build() {
            return new MemoryStore(this);
        }

        private static long positive(String name, long value) {
            if (value <= 0) {
                throw new IllegalArgumentException(name + " must be positive: " + value);
            }
            return value;
        }
    }
}
