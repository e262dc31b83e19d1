package dev.staleless.jdbc;

import dev.staleless.core.coordination.Coordinator;
import dev.staleless.core.coordination.Directory;
import dev.staleless.core.coordination.Reading;
import dev.staleless.core.coordination.Turn;
import dev.staleless.core.store.Reclaim;
import dev.staleless.core.store.Store;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frees what the store keeps of results that can never be served again, off every path that anybody waits for: a hundred keys, a
 * pause, and so on. Nothing depends on it: what it leaves expires. Safe for any thread.
 */
final class Reclaimer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Reclaimer.class);

    /** After each hundred keys: two thousand a second at most. */
    private static final long PAUSE_MILLIS = 50;

    private final Store store;
    private final Coordinator coordinator;
    private @Nullable Thread thread;

    Reclaimer(Store store, Coordinator coordinator) {
        this.store = store;
        this.coordinator = coordinator;
    }

    /** Walks over everything again and again, with this time between two walks, until closed. */
    void start(Duration every) {
        Thread started = new Thread(() -> repeat(every), "staleless-reclaim");
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    private void repeat(Duration every) {
        try {
            while (true) {
                TimeUnit.NANOSECONDS.sleep(every.toNanos());
                walkLogged();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void walkLogged() throws InterruptedException {
        try {
            long freed = walk();
            LOG.debug("{} results that could not be served any more were freed", freed);
        } catch (RuntimeException e) {
            LOG.warn(
                    "What cannot be served any more could not be freed, it expires or is freed later: {}",
                    e.toString());
        }
    }

    /**
     * Walks over everything once.
     *
     * @return how many entries were freed
     * @throws dev.staleless.core.store.StoreException if the store does not answer
     */
    long walk() throws InterruptedException {
        Reclaim.Living living = living();
        if (living == null) {
            return 0;
        }
        Reclaim reclaim = store.reclaim(living);
        while (reclaim.step()) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        return reclaim.freed();
    }

    /** Null while it is not known what is in force. */
    private Reclaim.@Nullable Living living() {
        try (Turn turn = coordinator.begin(Turn.Kind.SERVE)) {
            Reading reading = turn.reading();
            return reading == null || !reading.settled()
                    ? null
                    : new Reclaim.Living(
                            reading.epoch(),
                            reading.directory().entries().values().stream()
                                    .map(Directory.Entry::generation)
                                    .collect(Collectors.toSet()));
        }
    }

    /** Waits for the step that it is at. */
    @Override
    public void close() {
        Thread started = thread;
        if (started != null) {
            started.interrupt();
            try {
                started.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
