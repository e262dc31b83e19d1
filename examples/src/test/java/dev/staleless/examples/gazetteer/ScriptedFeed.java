package dev.staleless.examples.gazetteer;

import java.util.ArrayList;
import java.util.List;

/** A feed whose activities the test adds, and that remembers whether the cache is in use. */
final class ScriptedFeed implements ActivityFeed {

    private final List<Activity> activities = new ArrayList<>();
    private boolean cacheInUse = true;
    private Totals totals = new Totals(0, 0, 0, 0, 0, 0);

    @Override
    public synchronized Snapshot since(long after) {
        var node = new Node("node A", "a store", List.of(new Peer("node B", "http://localhost:1/")));
        var unseen = activities.stream().filter(each -> each.number() > after).toList();
        return new Snapshot(node, cacheInUse, totals, activities.size(), unseen);
    }

    @Override
    public synchronized void useCache(boolean on) {
        cacheInUse = on;
    }

    synchronized boolean cacheInUse() {
        return cacheInUse;
    }

    synchronized void totals(Totals now) {
        totals = now;
    }

    synchronized void query(String sql, Outcome outcome, String reason, String... parameters) {
        activities.add(new Query(next(), now(), sql, List.of(parameters), outcome, reason, 1.25, 3));
    }

    synchronized void write(String id, String sql, String table, String change) {
        activities.add(new Write(next(), now(), id, sql, List.of(), table, change, 2.5));
    }

    synchronized void verdict(String write, boolean dropped, String sql, String reason, String... parameters) {
        activities.add(
                new Verdict(next(), now(), write, "territory", "id = 60", dropped, sql, List.of(parameters), reason));
    }

    private long next() {
        return activities.size() + 1L;
    }

    private static long now() {
        return System.currentTimeMillis();
    }
}
