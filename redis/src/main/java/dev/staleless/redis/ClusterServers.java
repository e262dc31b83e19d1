package dev.staleless.redis;

import dev.staleless.core.store.StoreException;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The primaries of a Cluster. Which one holds a slot is asked of any of them: at the beginning, every few seconds, when one says that a
 * key is elsewhere, and when one cannot be reached. What is known may be outdated at any time: then the server asked says so.
 */
final class ClusterServers implements Servers {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterServers.class);

    private static final long PAUSE = Duration.ofMillis(200).toNanos();

    private final List<Address> seeds;
    private final Function<Address, Connector> connectors;
    private final int reads;
    private final Duration timeout;
    private final Executor background;
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private final AtomicLong nextRefresh = new AtomicLong(System.nanoTime());
    private final Map<Address, Lines> servers = new HashMap<>();
    private volatile @Nullable Lines[] slots = new @Nullable Lines[SlotHash.SLOT_COUNT];
    private boolean closed;

    /**
     * @param connectors makes the connector to a server
     * @param background runs what may wait for a server
     */
    ClusterServers(
            List<Address> seeds,
            Function<Address, Connector> connectors,
            int reads,
            Duration timeout,
            Executor background) {
        this.seeds = List.copyOf(seeds);
        this.connectors = connectors;
        this.reads = reads;
        this.timeout = timeout;
        this.background = background;
    }

    @Override
    public Lines holding(byte[] key) {
        Lines lines = slots[SlotHash.getSlot(key)];
        if (lines == null) {
            refreshSoon(null);
            throw new StoreException("No server of the Redis Cluster at " + seeds + " is known to serve slot "
                    + SlotHash.getSlot(key) + ": see CLUSTER INFO and CLUSTER SLOTS there");
        }
        return lines;
    }

    @Override
    public @Nullable Lines at(String address) {
        return lines(Address.parse(address));
    }

    private synchronized Lines lines(Address address) {
        if (closed) {
            throw new StoreException("The store on the Redis Cluster at " + seeds + " is closed");
        }
        return servers.computeIfAbsent(address, one -> new Lines(connectors.apply(one), reads));
    }

    /** The ids of the server that said so are looked at too: it may have stopped being a primary in the meantime. */
    @Override
    public void moved(byte[] key, Lines to) {
        int slot = SlotHash.getSlot(key);
        Lines from = slots[slot];
        slots[slot] = to;
        refreshSoon(from);
    }

    @Override
    public void unreachable(Lines server) {
        refreshSoon(null);
    }

    @Override
    public boolean one() {
        return false;
    }

    @Override
    public void connect() {
        refresh();
        List<Lines> all;
        synchronized (this) {
            all = List.copyOf(servers.values());
        }
        all.forEach(Lines::check);
        all.forEach(lines -> lines.connect(timeout));
    }

    @Override
    public void check() {
        List<Lines> all;
        synchronized (this) {
            all = List.copyOf(servers.values());
        }
        all.forEach(Lines::check);
        refreshSoon(null);
    }

    private void refreshSoon(@Nullable Lines suspect) {
        if (System.nanoTime() - nextRefresh.get() < 0 || !refreshing.compareAndSet(false, true)) {
            return;
        }
        try {
            background.execute(() -> {
                try {
                    if (suspect != null) {
                        suspect.check();
                    }
                    refresh();
                } catch (StoreException e) {
                    LOG.debug("The slots of the Cluster could not be asked for", e);
                } finally {
                    nextRefresh.set(System.nanoTime() + PAUSE);
                    refreshing.set(false);
                }
            });
        } catch (RejectedExecutionException isClosed) {
            refreshing.set(false);
        }
    }

    /** Asks one server after the other, those known last before the seeds. */
    private void refresh() {
        StoreException failure = null;
        List<Address> asked;
        synchronized (this) {
            asked = new ArrayList<>(servers.keySet());
        }
        asked.addAll(seeds);
        for (Address address : asked) {
            try {
                use(ask(address));
                return;
            } catch (StoreException e) {
                failure = e;
            }
        }
        throw failure == null ? new StoreException("The Redis Cluster has no address") : failure;
    }

    private List<SlotRange> ask(Address address) {
        Connector connector = connectors.apply(address);
        Lines known;
        synchronized (this) {
            known = servers.get(address);
        }
        Link open = known == null ? null : known.line(Lines.Purpose.READ).open();
        try {
            return connector.slots(address, open).join();
        } catch (CompletionException e) {
            throw connector.failure(e);
        }
    }

    /** Servers that hold no slot any more are let go. */
    private synchronized void use(List<SlotRange> ranges) {
        if (closed) {
            return;
        }
        @Nullable Lines[] fresh = new @Nullable Lines[SlotHash.SLOT_COUNT];
        Map<Address, Lines> used = new HashMap<>();
        for (SlotRange range : ranges) {
            Lines lines = lines(range.primary());
            used.put(range.primary(), lines);
            for (int slot = range.first(); slot <= range.last(); slot++) {
                fresh[slot] = lines;
            }
        }
        slots = fresh;
        for (Address address : Set.copyOf(servers.keySet())) {
            Lines lines = servers.get(address);
            if (!used.containsKey(address) && lines != null) {
                servers.remove(address);
                lines.end();
            }
        }
    }

    @Override
    public synchronized List<Lines> all() {
        return List.copyOf(servers.values());
    }

    @Override
    public synchronized void close() {
        closed = true;
        servers.values().forEach(Lines::close);
    }
}
