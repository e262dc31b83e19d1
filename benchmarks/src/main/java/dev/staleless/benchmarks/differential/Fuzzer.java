package dev.staleless.benchmarks.differential;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Runs rounds on several threads until there are so many pairs. What a round finds depends on its seed alone. */
final class Fuzzer {

    private final FuzzDatabase database;
    private final List<Fault> faults = new ArrayList<>(List.of(Fault.NONE));
    private final int threads;
    private final int failures;
    private final AtomicLong compared = new AtomicLong();
    private long end = Long.MAX_VALUE;

    /**
     * @param planted bugs that are looked for as well
     * @param failures after so many in one thread it stops
     */
    Fuzzer(FuzzDatabase database, List<Fault> planted, int threads, int failures) {
        this.database = database;
        this.faults.addAll(planted);
        this.threads = threads;
        this.failures = failures;
    }

    /** Stops after so many nanoseconds, whatever is left to compare; the rounds that have begun end. */
    void stopAfter(long nanos) {
        end = System.nanoTime() + nanos;
    }

    /**
     * Looks for stale results.
     *
     * @param name of this run; its databases are called so
     * @param seed of the first round; the others follow
     * @param pairs to compare at least
     */
    Tally run(String name, long seed, long pairs) throws SQLException, InterruptedException {
        AtomicLong next = new AtomicLong(seed);
        AtomicLong left = new AtomicLong(pairs);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Tally>> parts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                parts.add(executor.submit(() -> rounds(name + "_" + thread, next, left)));
            }
            Tally total = new Tally();
            for (Future<Tally> part : parts) {
                total.add(part.get());
            }
            return total;
        } catch (ExecutionException e) {
            throw new SQLException("The run failed: " + e.getCause(), e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    /** How many pairs were compared so far, by the rounds that have ended. */
    long compared() {
        return compared.get();
    }

    private Tally rounds(String name, AtomicLong next, AtomicLong left) throws SQLException {
        Tally tally = new Tally();
        try (Areas areas = new Areas(database, name)) {
            while (left.get() > 0 && tally.stale < failures && (end == Long.MAX_VALUE || System.nanoTime() - end < 0)) {
                long before = tally.pairs;
                long seed = next.getAndIncrement();
                try {
                    Round.run(seed, areas.ofSeed(seed), faults, tally);
                } catch (SQLException e) {
                    // what was compared until then counts
                    tally.broken.add("seed=" + seed + ": " + e);
                    return tally;
                }
                left.addAndGet(before - tally.pairs);
                compared.addAndGet(tally.pairs - before);
            }
        }
        return tally;
    }

    /** The failures, small, as SQL. */
    List<String> describe(String name, Tally tally) throws SQLException {
        List<String> described = new ArrayList<>();
        try (Areas areas = new Areas(database, name)) {
            for (Tally.Failure failure : tally.failures) {
                String small = new Shrinker(areas.ofSeed(failure.seed()), Fault.NONE).shrink(failure.shrinkable());
                String told = small == null ? "(does not fail again) " + failure.story() : small;
                described.add("seed=" + failure.seed() + "\n" + told);
            }
        }
        return described;
    }
}
