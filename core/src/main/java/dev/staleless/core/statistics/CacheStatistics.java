package dev.staleless.core.statistics;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.decision.RuleName;
import dev.staleless.core.decision.Verdict;
import dev.staleless.core.protocol.MissReason;
import dev.staleless.core.query.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Counts what the cache does, and passes it on to other listeners, whatever one of them throws. Safe for any thread. */
public final class CacheStatistics implements CacheListener {

    /**
     * The counts at one moment; each is exact, but they are not read at the same instant.
     *
     * @param hits results served from the cache
     * @param misses queries answered by the database, by reason; every reason is there
     * @param dropped cached results found affected by a change
     * @param kept changes found not to affect a cached result
     * @param keptByRule the same by the rules that told so, of which there may be two; every rule is there
     * @param published results published
     * @param publishedBytes their size
     * @param commits transactions committed whose changes were kept
     * @param failures failures that did not reach the application
     * @param store how this node gets on with its store
     * @param storeReason why it is not available, or was not before
     * @param storeOutages how often it became unavailable
     * @param servedStale results served though a change had made them wrong, where a bound allows it; no hits
     * @param revalidated hits for which the database was asked whether a change matters
     */
    public record Snapshot(
            long hits,
            Map<MissReason, Long> misses,
            long dropped,
            long kept,
            Map<RuleName, Long> keptByRule,
            long published,
            long publishedBytes,
            long commits,
            long failures,
            StoreState store,
            String storeReason,
            long storeOutages,
            long servedStale,
            long revalidated) {

        public Snapshot {
            misses = Map.copyOf(misses);
            keptByRule = Map.copyOf(keptByRule);
        }

        /** Misses of every reason. */
        public long allMisses() {
            return misses.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private volatile List<CacheListener> others;
    private final LongAdder hits = new LongAdder();
    private final LongAdder servedStale = new LongAdder();
    private final LongAdder revalidated = new LongAdder();
    private final Map<MissReason, LongAdder> misses = new EnumMap<>(MissReason.class);
    private final LongAdder dropped = new LongAdder();
    private final LongAdder kept = new LongAdder();
    private final Map<RuleName, LongAdder> keptByRule = new EnumMap<>(RuleName.class);
    private final LongAdder published = new LongAdder();
    private final LongAdder publishedBytes = new LongAdder();
    private final LongAdder commits = new LongAdder();
    private final LongAdder failures = new LongAdder();

    private final LongAdder outages = new LongAdder();
    private volatile Store state = new Store(StoreState.AVAILABLE, "");

    private record Store(StoreState state, String reason) {}

    private CacheStatistics(List<CacheListener> others) {
        this.others = others;
        for (MissReason reason : MissReason.values()) {
            misses.put(reason, new LongAdder());
        }
        for (RuleName rule : RuleName.values()) {
            keptByRule.put(rule, new LongAdder());
        }
    }

    /** Statistics that pass everything on to these listeners, in this order. */
    public static CacheStatistics of(CacheListener... others) {
        return new CacheStatistics(List.of(others));
    }

    /** Passes everything on to one more listener from now on. */
    public synchronized void add(CacheListener other) {
        List<CacheListener> more = new ArrayList<>(others);
        more.add(other);
        others = List.copyOf(more);
    }

    /** Passes nothing on to this listener any more. */
    public synchronized void remove(CacheListener other) {
        others = others.stream().filter(each -> !each.equals(other)).toList();
    }

    public Snapshot snapshot() {
        Map<MissReason, Long> byReason = new EnumMap<>(MissReason.class);
        misses.forEach((reason, count) -> byReason.put(reason, count.sum()));
        Map<RuleName, Long> byRule = new EnumMap<>(RuleName.class);
        keptByRule.forEach((rule, count) -> byRule.put(rule, count.sum()));
        return new Snapshot(
                hits.sum(),
                byReason,
                dropped.sum(),
                kept.sum(),
                byRule,
                published.sum(),
                publishedBytes.sum(),
                commits.sum(),
                failures.sum(),
                state.state(),
                state.reason(),
                outages.sum(),
                servedStale.sum(),
                revalidated.sum());
    }

    @Override
    public void hit(Query query) {
        hits.increment();
        pass(other -> other.hit(query));
    }

    @Override
    public void revalidated(Query query) {
        revalidated.increment();
        pass(other -> other.revalidated(query));
    }

    @Override
    public void servedStale(Query query) {
        servedStale.increment();
        pass(other -> other.servedStale(query));
    }

    @Override
    public void miss(Query query, MissReason reason, String detail) {
        LongAdder count = misses.get(reason);
        if (count != null) {
            count.increment();
        }
        pass(other -> other.miss(query, reason, detail));
    }

    @Override
    public void dropped(Query query, ChangeEvent event, Verdict.Affected verdict) {
        dropped.increment();
        pass(other -> other.dropped(query, event, verdict));
    }

    @Override
    public void kept(Query query, ChangeEvent event, Verdict.Unaffected verdict) {
        kept.increment();
        for (RuleName rule : verdict.rules()) {
            LongAdder count = keptByRule.get(rule);
            if (count != null) {
                count.increment();
            }
        }
        pass(other -> other.kept(query, event, verdict));
    }

    @Override
    public void needless(Query query) {
        pass(other -> other.needless(query));
    }

    @Override
    public void published(Query query, int bytes) {
        published.increment();
        publishedBytes.add(bytes);
        pass(other -> other.published(query, bytes));
    }

    @Override
    public void committed(Collection<ChangeEvent> events) {
        commits.increment();
        pass(other -> other.committed(events));
    }

    @Override
    public void storeState(StoreState now, String reason) {
        if (state.state() == StoreState.AVAILABLE && now != StoreState.AVAILABLE) {
            outages.increment();
        }
        state = new Store(now, reason);
        pass(other -> other.storeState(now, reason));
    }

    @Override
    public void failed(String what, Throwable cause) {
        failures.increment();
        pass(other -> other.failed(what, cause));
    }

    /** Tells every listener, then throws the first of what they threw, for the cache to log and count. */
    private void pass(Consumer<CacheListener> call) {
        RuntimeException first = null;
        for (CacheListener other : others) {
            try {
                call.accept(other);
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
