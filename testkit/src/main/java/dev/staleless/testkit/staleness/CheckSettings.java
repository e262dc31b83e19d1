package dev.staleless.testkit.staleness;

import java.time.Duration;

/**
 * How a staleness check is run.
 *
 * @param seed of everything random; the interleaving of threads is not covered by it
 * @param duration how long to run at most
 * @param checks ends the run early once so many reads have been compared
 * @param readers threads that read and compare
 * @param writers threads that write
 * @param tables number of tables
 * @param rows rows per table at the start
 * @param queries number of different queries, parameters included
 * @param checksPerTransaction writers hold back so that about so many reads are compared for each transaction: results have
 *     to live for a while, or no hit is ever tested
 * @param lag a read may miss commits that returned no longer ago than this before it began; zero for none
 */
public record CheckSettings(
        long seed,
        Duration duration,
        long checks,
        int readers,
        int writers,
        int tables,
        int rows,
        int queries,
        int checksPerTransaction,
        Duration lag) {

    /** Without a lag. */
    public CheckSettings(
            long seed,
            Duration duration,
            long checks,
            int readers,
            int writers,
            int tables,
            int rows,
            int queries,
            int checksPerTransaction) {
        this(seed, duration, checks, readers, writers, tables, rows, queries, checksPerTransaction, Duration.ZERO);
    }

    /**
     * Two readers, two writers, four tables of 60 rows, 160 queries, no bound on the number of checks, 40 of them for
     * each transaction.
     */
    public static CheckSettings of(long seed, Duration duration) {
        return new CheckSettings(seed, duration, Long.MAX_VALUE, 2, 2, 4, 60, 160, 40);
    }

    public CheckSettings withChecks(long bound) {
        return new CheckSettings(
                seed, duration, bound, readers, writers, tables, rows, queries, checksPerTransaction, lag);
    }

    /** What a near cache promises. */
    public CheckSettings withLag(Duration most) {
        return new CheckSettings(
                seed, duration, checks, readers, writers, tables, rows, queries, checksPerTransaction, most);
    }
}
