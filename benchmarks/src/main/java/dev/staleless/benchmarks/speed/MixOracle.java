package dev.staleless.benchmarks.speed;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which reads could have been hits: those of a result that was read before and has not changed since, and those of one read since the last
 * write to the table at all. It knows what each write changes, since it is told.
 */
final class MixOracle {

    private final AtomicLong clock = new AtomicLong(1);
    private final AtomicLongArray read;
    private final AtomicLongArray changed;
    private final AtomicLong tableChanged = new AtomicLong();
    final AtomicLong reads = new AtomicLong();
    final AtomicLong hits = new AtomicLong();
    final AtomicLong hitsByTable = new AtomicLong();

    MixOracle(int results) {
        read = new AtomicLongArray(results);
        changed = new AtomicLongArray(results);
    }

    /** To be called before the result is asked for. */
    void asked(int result) {
        long before = read.getAndSet(result, clock.incrementAndGet());
        reads.incrementAndGet();
        if (before > 0 && changed.get(result) < before) {
            hits.incrementAndGet();
        }
        if (before > 0 && tableChanged.get() < before) {
            hitsByTable.incrementAndGet();
        }
    }

    /** To be called when a commit that changed the results has returned. */
    void changed(int... results) {
        long now = clock.incrementAndGet();
        for (int result : results) {
            changed.accumulateAndGet(result, now, Math::max);
        }
        tableChanged.accumulateAndGet(now, Math::max);
    }

    /** Counts from now on. */
    void count() {
        reads.set(0);
        hits.set(0);
        hitsByTable.set(0);
    }
}
