package dev.staleless.spring;

import dev.staleless.core.statistics.CacheStatistics;
import dev.staleless.jdbc.Mode;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.jdbc.statistics.FrontStatistics;
import dev.staleless.jdbc.statistics.FrontStatistics.Order;
import dev.staleless.jdbc.statistics.StatementStatistics;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says of a wrapped data source what it does, what it has counted, and why, in maps and lists for JSON. */
final class DataSourceState {

    /** How many statements are listed unless more are asked for. */
    static final int SHOWN = 10;

    private DataSourceState() {}

    static Map<String, Object> of(StalelessDataSource dataSource, int top) {
        CacheStatistics.Snapshot cache = dataSource.statistics();
        FrontStatistics.Snapshot front = dataSource.queries();
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("mode", name(dataSource.mode()));
        state.put("verify", dataSource.verify());
        state.put("store", store(cache));
        state.put("profiles", dataSource.profiles());
        state.put("results", results(cache, front));
        state.put("compared", named(front.compared()));
        state.put("passedThrough", most(front.passedThrough()));
        state.put("notCaptured", most(front.notCaptured()));
        state.put("changedEverything", front.changedEverything());
        state.put("top", top(front, top));
        if (dataSource.mode() == Mode.SERVE) {
            state.put("computed", dataSource.computed().statistics());
        }
        return state;
    }

    private static Map<String, Object> store(CacheStatistics.Snapshot cache) {
        Map<String, Object> store = new LinkedHashMap<>();
        store.put("state", name(cache.store()));
        store.put("reason", cache.storeReason());
        store.put("outages", cache.storeOutages());
        return store;
    }

    private static Map<String, Object> results(CacheStatistics.Snapshot cache, FrontStatistics.Snapshot front) {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("hits", cache.hits());
        results.put("misses", named(cache.misses()));
        results.put("dropped", named(front.dropped()));
        results.put("needless", front.needless());
        results.put("delayed", cache.servedStale());
        results.put("kept", cache.kept());
        results.put("keptByRule", named(cache.keptByRule()));
        results.put("published", cache.published());
        results.put("publishedBytes", cache.publishedBytes());
        results.put("commits", cache.commits());
        results.put("failures", cache.failures());
        return results;
    }

    private static Map<String, Object> top(FrontStatistics.Snapshot front, int number) {
        Map<String, Object> top = new LinkedHashMap<>();
        for (Order order : Order.values()) {
            List<Map<String, Object>> listed = front.top(order, number).stream()
                    .map(DataSourceState::statement)
                    .toList();
            top.put(name(order), listed);
        }
        return top;
    }

    private static Map<String, Object> statement(StatementStatistics of) {
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("sql", of.sql());
        statement.put("hits", of.hits());
        statement.put("misses", of.misses());
        statement.put("dropped", of.dropped());
        statement.put("needless", of.needless());
        statement.put("savedMillis", of.saved().toMillis());
        statement.put("databaseMillis", of.databaseTime().toMillis());
        statement.put("cacheMillis", of.cacheTime().toMillis());
        if (of.reportedOnly() > 0) {
            statement.put("wouldBeCached", of.reportedOnly());
            statement.put("wouldBeHitsAtMost", of.again());
        }
        return statement;
    }

    /** The most frequent first. */
    private static Map<String, Long> most(Map<String, Long> reasons) {
        Map<String, Long> sorted = new LinkedHashMap<>();
        reasons.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .forEach(each -> sorted.put(each.getKey(), each.getValue()));
        return sorted;
    }

    private static <E extends Enum<E>> Map<String, Long> named(Map<E, Long> counts) {
        Map<String, Long> named = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> named.put(name(each.getKey()), each.getValue()));
        return named;
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
