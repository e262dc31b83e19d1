package dev.staleless.benchmarks;

import java.util.Arrays;

/** Durations of one kind of operation. Safe for any thread. */
final class LatencyLog {

    private long[] nanos = new long[1 << 12];
    private int size;

    synchronized void add(long duration) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = duration;
    }

    /** The durations so far, sorted; forgets them. */
    synchronized long[] drain() {
        long[] all = Arrays.copyOf(nanos, size);
        size = 0;
        Arrays.sort(all);
        return all;
    }

    /** Median, 99th percentile and maximum in milliseconds, and their number. */
    static String summary(long[] sorted) {
        return sorted.length == 0
                ? "none"
                : String.format(
                        "p50 %.2f ms, p99 %.1f ms, max %.0f ms of %,d",
                        percentile(sorted, 0.5), percentile(sorted, 0.99), percentile(sorted, 1), sorted.length);
    }

    static double percentile(long[] sorted, double share) {
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))] / 1e6;
    }
}
