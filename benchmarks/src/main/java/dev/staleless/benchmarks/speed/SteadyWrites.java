package dev.staleless.benchmarks.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Threads that write so many times a second, or as often as they can, until they are closed. */
final class SteadyWrites implements AutoCloseable {

    /** One write. */
    interface Write {
        void run() throws Exception;
    }

    private final ExecutorService threads;
    private final List<Future<Boolean>> running = new ArrayList<>();
    private final LongAdder done = new LongAdder();
    private final long began = System.nanoTime();
    private volatile boolean closed;

    SteadyWrites(int count, int perSecond, Write write) {
        threads = Executors.newFixedThreadPool(count);
        for (int i = 0; perSecond > 0 && i < count; i++) {
            long pause = TimeUnit.SECONDS.toNanos(1) * count / perSecond;
            running.add(threads.submit((Callable<Boolean>) () -> write(pause, write)));
        }
    }

    private boolean write(long pause, Write write) throws Exception {
        for (long next = System.nanoTime(); !closed; next += pause) {
            while (next - System.nanoTime() > 0 && !closed) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
            write.run();
            done.increment();
        }
        return true;
    }

    /** Writes per second until now. */
    double reached() {
        return done.sum() * 1e9 / (System.nanoTime() - began);
    }

    /** @throws IllegalStateException if a write has failed */
    @Override
    public void close() {
        closed = true;
        threads.shutdown();
        for (Future<Boolean> each : running) {
            try {
                var unused = each.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a write failed", e);
            }
        }
    }
}
