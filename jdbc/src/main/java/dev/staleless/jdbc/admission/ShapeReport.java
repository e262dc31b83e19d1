package dev.staleless.jdbc.admission;

import java.util.Locale;

/**
 * What was measured of the executions of one query text. The counts are not all of one instant.
 *
 * @param sql as it enters the keys of results
 * @param admitted whether it is cached now
 * @param hits results served from the cache
 * @param absent executions for which nothing was there, or nothing any more
 * @param changed executions whose result a change had made wrong
 * @param uncached executions that were left to the database, since it is not worth caching
 * @param stopped how often it was found to be not worth it
 * @param databaseNanos what the database takes for one execution, lately; 0 if that was not measured
 * @param hitNanos what a hit takes; 0 if that was not measured
 * @param missNanos what a miss takes more than the database; 0 if that was not measured
 */
public record ShapeReport(
        String sql,
        boolean admitted,
        long hits,
        long absent,
        long changed,
        long uncached,
        long stopped,
        long databaseNanos,
        long hitNanos,
        long missNanos) {

    /** In one line, for people. */
    public String toText() {
        return String.format(
                Locale.ROOT,
                "%s: %,d hits, %,d misses (%,d since something had changed), %,d left to the database;"
                        + " a hit takes %,.1f us, the database %,.1f us, a miss %,.1f us more",
                admitted ? "worth caching" : "not worth caching",
                hits,
                absent + changed,
                changed,
                uncached,
                hitNanos / 1e3,
                databaseNanos / 1e3,
                missNanos / 1e3);
    }
}
