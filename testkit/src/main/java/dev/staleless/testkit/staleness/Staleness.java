package dev.staleless.testkit.staleness;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stale read.
 *
 * @param where node, and whether inside a transaction
 * @param expected rows of the database
 * @param served rows of the cache
 * @param lastWrites the last statements that were executed, oldest first
 * @param reasoning what the decision said of the changes since the result was cached
 */
public record Staleness(
        long seed,
        String where,
        String sql,
        List<@Nullable Object> parameters,
        List<List<@Nullable Object>> expected,
        List<List<@Nullable Object>> served,
        List<String> lastWrites,
        List<String> reasoning) {

    /** For people: everything needed to look for the cause. */
    public String describe() {
        StringBuilder text = new StringBuilder("stale read on ")
                .append(where)
                .append(", seed ")
                .append(seed);
        text.append("\n  query:     ").append(sql).append("\n  params:    ").append(parameters);
        text.append("\n  database:  ")
                .append(shorten(expected))
                .append("\n  served:    ")
                .append(shorten(served));
        text.append("\n  decided:");
        reasoning.forEach(line -> text.append("\n    ").append(line));
        text.append("\n  last writes:");
        lastWrites.forEach(line -> text.append("\n    ").append(line));
        return text.toString();
    }

    private static String shorten(List<List<@Nullable Object>> rows) {
        String all = rows.toString();
        return rows.size() + " rows " + (all.length() > 600 ? all.substring(0, 600) + "..." : all);
    }
}
