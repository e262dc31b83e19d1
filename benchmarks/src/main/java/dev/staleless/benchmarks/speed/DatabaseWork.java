package dev.staleless.benchmarks.speed;

import dev.staleless.benchmarks.speed.Rounds.Operation;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the database's processes do while one variant runs. Variants run in turns, each for longer than {@link #GAP}; so of two looks that
 * are nearer to each other than this, nothing else ran between them.
 */
final class DatabaseWork {

    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long GAP = TimeUnit.MILLISECONDS.toNanos(800);

    private final AtomicBoolean looking = new AtomicBoolean();
    private final LongAdder statements = new LongAdder();
    private volatile long lastLook = System.nanoTime() - GAP;

    // of whoever looks
    private volatile long lastMicros;
    private volatile long lastStatements;
    private volatile long micros;
    private volatile long counted;

    Operation counted(Operation operation) {
        return () -> {
            operation.run();
            statements.increment();
            if (System.nanoTime() - lastLook > BETWEEN_LOOKS && looking.compareAndSet(false, true)) {
                look();
                looking.set(false);
            }
        };
    }

    private void look() {
        long now = System.nanoTime();
        long seen = databaseMicros();
        long count = statements.sum();
        if (now - lastLook < GAP) {
            micros = micros + seen - lastMicros;
            counted = counted + count - lastStatements;
        }
        lastMicros = seen;
        lastStatements = count;
        lastLook = now;
    }

    /** Microseconds on a processor for each statement that was counted. */
    double cpuMicros() {
        return (double) micros / Math.max(1, counted);
    }

    private static long databaseMicros() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").contains("postgres"))
                .mapToLong(process ->
                        process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1_000)
                .sum();
    }
}
