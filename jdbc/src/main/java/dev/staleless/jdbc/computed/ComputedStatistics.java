package dev.staleless.jdbc.computed;

import java.util.Map;

/**
 * What was counted since the start.
 *
 * @param hits values served
 * @param misses values computed
 * @param kept computed values that were kept
 * @param dropped values that were not served any more since something they were computed from can have changed
 * @param notKept how many were not kept, by function and reason, as far as there is room
 * @param functions hits and misses by function, as far as there is room
 */
public record ComputedStatistics(
        long hits,
        long misses,
        long kept,
        long dropped,
        Map<String, Map<String, Long>> notKept,
        Map<String, Function> functions) {

    /** What was counted of one function. */
    public record Function(long hits, long misses) {}

    public ComputedStatistics {
        notKept = Map.copyOf(notKept);
        functions = Map.copyOf(functions);
    }
}
