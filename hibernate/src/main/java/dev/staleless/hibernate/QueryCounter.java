package dev.staleless.hibernate;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.decision.Verdict;
import dev.staleless.core.protocol.MissReason;
import dev.staleless.core.query.Query;
import dev.staleless.core.statistics.CacheListener;
import dev.staleless.jdbc.framework.StatementOrigin;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts what the cache does, by the entities whose tables a query reads and by the query that it was asked for. */
final class QueryCounter implements CacheListener, HibernateCacheStatistics {

    private static final String OTHERS = "(others)";

    private final EntityTables tables;
    private final Map<String, Counts> byEntity = new ConcurrentHashMap<>();
    private final Map<String, Counts> byQuery = new ConcurrentHashMap<>();

    private static final class Counts {
        final LongAdder hits = new LongAdder();
        final LongAdder misses = new LongAdder();
        final LongAdder servedStale = new LongAdder();
        final LongAdder dropped = new LongAdder();
        final LongAdder kept = new LongAdder();

        QueryCounts now() {
            return new QueryCounts(hits.sum(), misses.sum(), servedStale.sum(), dropped.sum(), kept.sum());
        }
    }

    QueryCounter(EntityTables tables) {
        this.tables = tables;
    }

    @Override
    public void hit(Query query) {
        count(query, counts -> counts.hits.increment());
    }

    @Override
    public void servedStale(Query query) {
        count(query, counts -> counts.servedStale.increment());
    }

    @Override
    public void miss(Query query, MissReason reason, String detail) {
        count(query, counts -> counts.misses.increment());
    }

    @Override
    public void dropped(Query query, ChangeEvent event, Verdict.Affected verdict) {
        count(query, counts -> counts.dropped.increment());
    }

    @Override
    public void kept(Query query, ChangeEvent event, Verdict.Unaffected verdict) {
        count(query, counts -> counts.kept.increment());
    }

    /** Queries on tables that no entity has are others'. */
    private void count(Query query, Consumer<Counts> count) {
        Set<String> entities = new HashSet<>();
        for (TableName table : query.template().tables()) {
            String entity = tables.owner(table);
            if (entity != null && entities.add(entity)) {
                count.accept(of(byEntity, entity));
            }
        }
        if (!entities.isEmpty()) {
            count.accept(of(byQuery, text(query)));
        }
    }

    private static String text(Query query) {
        StatementOrigin origin = StatementOrigin.current();
        String asked = origin == null ? null : origin.query();
        return asked == null ? query.sql() : asked;
    }

    private static Counts of(Map<String, Counts> all, String name) {
        @Nullable Counts known = all.get(name);
        if (known != null) {
            return known;
        }
        String counted = all.size() < MAX_QUERIES ? name : OTHERS;
        return all.computeIfAbsent(counted, key -> new Counts());
    }

    @Override
    public Map<String, QueryCounts> byEntity() {
        return now(byEntity);
    }

    @Override
    public Map<String, QueryCounts> byQuery() {
        return now(byQuery);
    }

    private static Map<String, QueryCounts> now(Map<String, Counts> all) {
        Map<String, QueryCounts> now = new TreeMap<>();
        all.forEach((name, counts) -> now.put(name, counts.now()));
        return now;
    }
}
