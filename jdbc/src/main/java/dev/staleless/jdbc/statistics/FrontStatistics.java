package dev.staleless.jdbc.statistics;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.decision.Verdict;
import dev.staleless.core.query.Query;
import dev.staleless.core.statistics.CacheListener;
import dev.staleless.jdbc.policy.FrontListener;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts by statement and by reason, for as many statements and reasons as there is room: those that come first. Safe for any thread.
 */
public final class FrontStatistics implements CacheListener, FrontListener {

    private static final int MAX_STATEMENTS = 1_000;
    private static final int MAX_REASONS = 200;

    /** By what statements are listed. */
    public enum Order {
        HITS,
        MISSES,
        SAVED
    }

    /**
     * The counts at one moment.
     *
     * @param statements in no order
     * @param otherStatements answers to further statements, for which there was no room
     * @param passedThrough statements that were left to the database without asking the cache, by reason
     * @param notCaptured results that could have been cached and were not, by reason
     * @param changedEverything statements that count as a change of everything
     * @param compared hits that were compared with the database, by what came of it; each is there
     * @param dropped cached results that a change has made wrong, by the kind of the change; each is there
     * @param needless those of them that were the same when they were computed anew
     */
    public record Snapshot(
            List<StatementStatistics> statements,
            long otherStatements,
            Map<String, Long> passedThrough,
            Map<String, Long> notCaptured,
            long changedEverything,
            Map<Comparison, Long> compared,
            Map<ChangeEvent.Kind, Long> dropped,
            long needless) {

        public Snapshot {
            statements = List.copyOf(statements);
            passedThrough = Map.copyOf(passedThrough);
            notCaptured = Map.copyOf(notCaptured);
            compared = Map.copyOf(compared);
            dropped = Map.copyOf(dropped);
        }

        /** The first statements by some order. */
        public List<StatementStatistics> top(Order order, int number) {
            Comparator<StatementStatistics> least = switch (order) {
                case HITS -> Comparator.comparingLong(StatementStatistics::hits);
                case MISSES -> Comparator.comparingLong(StatementStatistics::misses);
                case SAVED -> Comparator.comparing(StatementStatistics::saved);
            };
            return statements.stream().sorted(least.reversed()).limit(number).toList();
        }
    }

    private static final class Counter {
        private final LongAdder hits = new LongAdder();
        private final LongAdder misses = new LongAdder();
        private final LongAdder dropped = new LongAdder();
        private final LongAdder needless = new LongAdder();
        private final LongAdder reportedOnly = new LongAdder();
        private final LongAdder again = new LongAdder();
        private final LongAdder cacheNanos = new LongAdder();
        private final LongAdder databaseNanos = new LongAdder();

        private StatementStatistics of(String sql) {
            return new StatementStatistics(
                    sql,
                    hits.sum(),
                    misses.sum(),
                    dropped.sum(),
                    needless.sum(),
                    reportedOnly.sum(),
                    again.sum(),
                    Duration.ofNanos(cacheNanos.sum()),
                    Duration.ofNanos(databaseNanos.sum()));
        }
    }

    private final Map<String, Counter> statements = new ConcurrentHashMap<>();
    private final LongAdder otherStatements = new LongAdder();
    private final Map<String, LongAdder> passedThrough = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> notCaptured = new ConcurrentHashMap<>();
    private final LongAdder changedEverything = new LongAdder();
    private final Map<Comparison, LongAdder> compared = new EnumMap<>(Comparison.class);
    private final Map<ChangeEvent.Kind, LongAdder> dropped = new EnumMap<>(ChangeEvent.Kind.class);
    private final LongAdder needless = new LongAdder();

    public FrontStatistics() {
        for (Comparison each : Comparison.values()) {
            compared.put(each, new LongAdder());
        }
        for (ChangeEvent.Kind each : ChangeEvent.Kind.values()) {
            dropped.put(each, new LongAdder());
        }
    }

    public Snapshot snapshot() {
        return new Snapshot(
                statements.entrySet().stream()
                        .map(each -> each.getValue().of(each.getKey()))
                        .toList(),
                otherStatements.sum(),
                sums(passedThrough),
                sums(notCaptured),
                changedEverything.sum(),
                sums(compared),
                sums(dropped),
                needless.sum());
    }

    private static <K> Map<K, Long> sums(Map<K, LongAdder> counters) {
        Map<K, Long> sums = new HashMap<>();
        counters.forEach((key, counter) -> sums.put(key, counter.sum()));
        return sums;
    }

    private @Nullable Counter counter(Query query) {
        Counter known = statements.get(query.sql());
        return known != null || statements.size() >= MAX_STATEMENTS
                ? known
                : statements.computeIfAbsent(query.sql(), sql -> new Counter());
    }

    private void count(Query query, Consumer<Counter> counted) {
        Counter counter = counter(query);
        if (counter != null) {
            counted.accept(counter);
        }
    }

    private static void count(Map<String, LongAdder> reasons, String reason) {
        LongAdder known = reasons.get(reason);
        if (known == null && reasons.size() < MAX_REASONS) {
            known = reasons.computeIfAbsent(reason, key -> new LongAdder());
        }
        if (known != null) {
            known.increment();
        }
    }

    @Override
    public void answered(Query query, Answer by, long nanos) {
        Counter counter = counter(query);
        if (counter == null) {
            otherStatements.increment();
        } else if (by == Answer.CACHE) {
            counter.hits.increment();
            counter.cacheNanos.add(nanos);
        } else {
            counter.misses.increment();
            counter.databaseNanos.add(nanos);
        }
    }

    @Override
    public void reportedOnly(Query query, boolean again) {
        count(query, counter -> {
            counter.reportedOnly.increment();
            if (again) {
                counter.again.increment();
            }
        });
    }

    @Override
    public void compared(Query query, Comparison outcome) {
        LongAdder counter = compared.get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }

    @Override
    public void passedThrough(String sql, String reason) {
        count(passedThrough, reason);
    }

    @Override
    public void notCaptured(String sql, String reason) {
        count(notCaptured, reason);
    }

    @Override
    public void changedEverything(String sql, String reason) {
        changedEverything.increment();
    }

    @Override
    public void dropped(Query query, ChangeEvent event, Verdict.Affected verdict) {
        LongAdder counter = dropped.get(event.kind());
        if (counter != null) {
            counter.increment();
        }
        count(query, each -> each.dropped.increment());
    }

    @Override
    public void needless(Query query) {
        needless.increment();
        count(query, each -> each.needless.increment());
    }
}
