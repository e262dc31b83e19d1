package dev.staleless.core.protocol;

import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.coordination.Environment;
import dev.staleless.core.statistics.StoreState;
import dev.staleless.core.store.EntryKey;
import dev.staleless.core.store.Store;
import dev.staleless.core.store.StoreException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Whether the store answers, for reads and for writes apart: a full one may still be read. Tells the listener of each change,
 * with the reason. Safe for any thread.
 */
final class StoreHealth {

    /** How many logs of a report that failed are tried. */
    private static final int MAX_PROBED = 8;

    private final Store store;
    private final Environment environment;
    private final Listeners listeners;
    private final StoreCircuit reads;
    private final StoreCircuit writes;
    private Runnable writesBack = () -> {};
    private String why = "";
    private boolean cutOff;
    private StoreState told = StoreState.AVAILABLE;

    StoreHealth(Store store, Environment environment, Duration pause, Listeners listeners) {
        this.store = store;
        this.environment = environment;
        this.listeners = listeners;
        reads = new StoreCircuit(environment, pause, circuit(() -> {}));
        writes = new StoreCircuit(environment, pause, circuit(() -> writesBack.run()));
    }

    private StoreCircuit.Listener circuit(Runnable back) {
        return new StoreCircuit.Listener() {
            @Override
            public void lost(StoreException cause) {
                changed(String.valueOf(cause.getMessage()));
            }

            @Override
            public void back() {
                back.run();
                changed("it answers again");
            }
        };
    }

    /** Sets what is done when the store takes writes again. To be called once, before anything else. */
    void onWritesBack(Runnable task) {
        writesBack = task;
    }

    boolean readsLost() {
        return reads.isOpen();
    }

    boolean writesLost() {
        return writes.isOpen();
    }

    /** A lookup failed. */
    void readFailed(StoreException cause, EntryKey key, List<Partition> partitions) {
        reads.failed(cause, () -> {
            var unused = store.read(key, partitions);
        });
    }

    /** A report failed: it is tried with elements that tell of no event. */
    void writeFailed(StoreException cause, Collection<Store.Append> appends) {
        List<Partition> partitions =
                appends.stream().map(Store.Append::partition).limit(MAX_PROBED).toList();
        writes.failed(cause, () -> {
            UUID transaction = environment.freshId();
            store.report(
                    List.of(),
                    partitions.stream()
                            .map(partition -> new Store.Append(
                                    partition, new Element(environment.freshId(), transaction, List.of())))
                            .toList());
        });
    }

    /** Whether this node has a barrier open. */
    void cutOff(boolean now) {
        synchronized (this) {
            cutOff = now;
        }
        changed(now ? "this node writes under a barrier" : "the barrier is being closed");
    }

    private void changed(String reason) {
        StoreState before;
        StoreState now;
        synchronized (this) {
            boolean lost = reads.isOpen() || writes.isOpen();
            now = cutOff ? StoreState.CUT_OFF : lost ? StoreState.UNAVAILABLE : StoreState.AVAILABLE;
            why = now == StoreState.UNAVAILABLE ? reason : why;
            before = told;
            told = now;
        }
        if (before != now) {
            listeners.storeState(now, now == StoreState.AVAILABLE ? reason : why);
        }
    }

    void close() {
        reads.close();
        writes.close();
    }
}
