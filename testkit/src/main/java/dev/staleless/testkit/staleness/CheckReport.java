package dev.staleless.testkit.staleness;

import java.util.List;
import java.util.Map;

/**
 * What a staleness check found.
 *
 * @param checks reads through the cache that were compared with the database
 * @param stale reads that no state of the database explains; at most the first few are kept
 * @param transactions committed
 * @param rollbacks transactions rolled back, on purpose or because the database refused them
 * @param settled comparisons that had to be repeated with no commit under way, since a write came between
 * @param errors writes refused by the database, by SQLSTATE
 */
public record CheckReport(
        long seed,
        long checks,
        List<Staleness> stale,
        long staleCount,
        long transactions,
        long rollbacks,
        long settled,
        Map<String, Long> errors) {
    public CheckReport {
        stale = List.copyOf(stale);
        errors = Map.copyOf(errors);
    }
}
