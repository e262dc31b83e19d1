package dev.staleless.core.protocol;

import dev.staleless.core.coordination.Environment;
import dev.staleless.core.store.StoreException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a store that failed from being asked, so that nobody is slowed by it, until it answers again. While it is open what
 * failed is tried again in the background, at most once per pause, by something that does no harm: a store of which a part is
 * away is back when what failed there works. Safe for any thread.
 */
final class StoreCircuit {

    /** How many of the things that failed last are tried. */
    private static final int MAX_PROBES = 8;

    /** Hears when the store is lost and when it is back, on any thread, outside of any lock. */
    interface Listener {
        void lost(StoreException why);

        void back();
    }

    private final Environment environment;
    private final Duration pause;
    private final Listener listener;
    private final Deque<Runnable> probes = new ArrayDeque<>();
    private boolean scheduled;
    private volatile boolean open;
    private volatile boolean closed;

    StoreCircuit(Environment environment, Duration pause, Listener listener) {
        this.environment = environment;
        this.pause = pause;
        this.listener = listener;
    }

    boolean isOpen() {
        return open;
    }

    /**
     * Something failed.
     *
     * @param probe tries something of the kind; throws a {@link StoreException} if it fails
     */
    void failed(StoreException why, Runnable probe) {
        boolean lost;
        synchronized (this) {
            if (probes.size() == MAX_PROBES) {
                probes.removeFirst();
            }
            probes.addLast(probe);
            lost = !open;
            open = true;
        }
        if (lost) {
            listener.lost(why);
        }
        schedule();
    }

    private void schedule() {
        synchronized (this) {
            if (scheduled || closed) {
                return;
            }
            scheduled = true;
        }
        // on a thread of its own: it may take as long as the store's time-out
        environment.schedule(() -> environment.start("staleless-probe", this::probe), pause);
    }

    private void probe() {
        List<Runnable> tried;
        synchronized (this) {
            tried = new ArrayList<>(probes);
        }
        boolean works = closed || attempt(tried) == null;
        boolean back = false;
        synchronized (this) {
            scheduled = false;
            if (works) {
                probes.removeAll(tried);
                back = open && probes.isEmpty();
                open = !probes.isEmpty();
            }
        }
        if (back && !closed) {
            listener.back();
        }
        if (open) {
            schedule();
        }
    }

    private static @Nullable StoreException attempt(List<Runnable> probes) {
        try {
            probes.forEach(Runnable::run);
            return null;
        } catch (StoreException e) {
            return e;
        }
    }

    /** Nothing is tried any more. */
    void close() {
        closed = true;
    }
}
