package dev.staleless.benchmarks.speed;

import java.util.Arrays;
import java.util.List;

/**
 * What one variant did in one round.
 *
 * @param nanos elapsed, of one thread
 * @param cpuNanos on a processor, of all threads together
 * @param bytes allocated by all threads together
 * @param latencies of single executions, or averages of batches
 */
record Window(long count, long nanos, long cpuNanos, long bytes, long[] latencies, int threads) {

    static Window together(List<Window> parts) {
        return new Window(
                parts.stream().mapToLong(Window::count).sum(),
                (long) parts.stream().mapToLong(Window::nanos).average().orElse(0),
                parts.stream().mapToLong(Window::cpuNanos).sum(),
                parts.stream().mapToLong(Window::bytes).sum(),
                parts.stream()
                        .flatMapToLong(part -> Arrays.stream(part.latencies))
                        .sorted()
                        .toArray(),
                parts.size());
    }

    double perSecond() {
        return count * 1e9 / nanos;
    }

    double cpuPerOperation() {
        return (double) cpuNanos / count;
    }

    double bytesPerOperation() {
        return (double) bytes / count;
    }

    double quantile(double share) {
        return latencies[(int) Math.min(latencies.length - 1, share * latencies.length)];
    }
}
