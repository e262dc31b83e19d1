package dev.staleless.jdbc.computed;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what becomes of computed values. Safe for any thread. */
final class Counters {

    /** Functions that are counted by name, and reasons of each; further ones count in the totals only. */
    private static final int MAX_NAMES = 500;

    private static final int MAX_REASONS = 20;

    private static final class OfFunction {
        private final LongAdder hits = new LongAdder();
        private final LongAdder misses = new LongAdder();
        private final Map<String, LongAdder> notKept = new ConcurrentHashMap<>();
    }

    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder kept = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final Map<String, OfFunction> functions = new ConcurrentHashMap<>();

    private OfFunction of(String function) {
        OfFunction known = functions.get(function);
        if (known != null || functions.size() >= MAX_NAMES) {
            return known == null ? new OfFunction() : known;
        }
        return functions.computeIfAbsent(function, name -> new OfFunction());
    }

    void hit(String function) {
        hits.increment();
        of(function).hits.increment();
    }

    void miss(String function) {
        misses.increment();
        of(function).misses.increment();
    }

    void kept() {
        kept.increment();
    }

    void dropped() {
        dropped.increment();
    }

    void notKept(String function, String reason) {
        Map<String, LongAdder> reasons = of(function).notKept;
        LongAdder counted = reasons.get(reason);
        if (counted == null && reasons.size() < MAX_REASONS) {
            counted = reasons.computeIfAbsent(reason, key -> new LongAdder());
        }
        if (counted != null) {
            counted.increment();
        }
    }

    ComputedStatistics snapshot() {
        Map<String, Map<String, Long>> reasons = new HashMap<>();
        Map<String, ComputedStatistics.Function> counted = new HashMap<>();
        functions.forEach((name, function) -> {
            counted.put(name, new ComputedStatistics.Function(function.hits.sum(), function.misses.sum()));
            if (!function.notKept.isEmpty()) {
                Map<String, Long> each = new HashMap<>();
                function.notKept.forEach((reason, count) -> each.put(reason, count.sum()));
                reasons.put(name, each);
            }
        });
        return new ComputedStatistics(hits.sum(), misses.sum(), kept.sum(), dropped.sum(), reasons, counted);
    }
}
