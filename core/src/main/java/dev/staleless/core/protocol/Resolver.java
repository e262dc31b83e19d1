package dev.staleless.core.protocol;

import dev.staleless.core.changelog.Mark;
import dev.staleless.core.coordination.Environment;
import dev.staleless.core.store.Store;
import dev.staleless.core.store.StoreException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes marks away, without waiting for it. What was lost is sent again: a mark is removed by its exact value, so once more
 * does no harm. Safe for any thread.
 */
final class Resolver {

    /** More marks than this do not wait to be sent again. Those given up keep their tables from being filled, no more. */
    private static final int MAX_WAITING = 10_000;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Store store;
    private final Environment environment;
    private final Listeners listeners;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean closed;

    Resolver(Store store, Environment environment, Listeners listeners) {
        this.store = store;
        this.environment = environment;
        this.listeners = listeners;
    }

    void resolve(Collection<Mark> marks) {
        if (marks.isEmpty()) {
            return;
        }
        List<Mark> all = List.copyOf(marks);
        try {
            var unused = store.resolve(all).whenComplete((done, failure) -> {
                if (failure != null) {
                    again(all, failure);
                }
            });
        } catch (StoreException e) {
            again(all, e);
        }
    }

    /** Nothing is sent again after this: the node's row goes, and with it the marks' meaning. */
    void close() {
        closed = true;
    }

    private void again(List<Mark> marks, Throwable failure) {
        if (closed) {
            return;
        }
        listeners.failed("Marks of ended transactions could not be taken away", failure);
        if (waiting.addAndGet(marks.size()) > MAX_WAITING) {
            waiting.addAndGet(-marks.size());
            return;
        }
        environment.schedule(
                () -> {
                    waiting.addAndGet(-marks.size());
                    if (!closed) {
                        resolve(marks);
                    }
                },
                PAUSE);
    }
}
