package dev.staleless.benchmarks.speed;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * One sequence of statements, executed one by one: on the database, which tells what each query returns, and again on nodes with a cache.
 *
 * <p>A query could have been a hit if it was asked before, and its result is the same still: so many hits has an oracle that knows
 * exactly which results each write has changed. A cache that is dropped by table has those for which none of the query's tables was
 * written since. Both are counted over the same statements as the cache's own hits: all but the first third, in which it fills.
 */
final class MixReplay {

    /** What one pass over the statements counted. */
    record Ratios(double oracle, double byTable) {}

    private final List<MixStep> steps = new ArrayList<>();
    private final long[] results;
    private final int warm;

    MixReplay(MixWorkload workload, int statements, int percentWrites, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < statements; i++) {
            steps.add(workload.next(random, percentWrites));
        }
        results = new long[statements];
        warm = statements / 3;
    }

    /** Executes all on the database. */
    Ratios onDatabase(DataSource database) throws SQLException {
        Map<MixStep, Integer> asked = new HashMap<>();
        Map<String, Integer> written = new HashMap<>();
        int reads = 0;
        int same = 0;
        int untouched = 0;
        for (int i = 0; i < steps.size(); i++) {
            MixStep step = steps.get(i);
            results[i] = step.run(database);
            if (step.write()) {
                written.put(step.tables().get(0), i);
                continue;
            }
            Integer before = asked.put(step, i);
            if (i < warm) {
                continue;
            }
            reads++;
            if (before != null) {
                same += results[before] == results[i] ? 1 : 0;
                untouched += step.tables().stream().allMatch(table -> written.getOrDefault(table, -1) < before) ? 1 : 0;
            }
        }
        return new Ratios((double) same / reads, (double) untouched / reads);
    }

    /**
     * Executes all on nodes in turn, on a database as it was before.
     *
     * @param hits of all nodes so far
     * @return the share of the queries that were hits
     * @throws IllegalStateException if a query returned something else than before
     */
    double onNodes(List<? extends DataSource> nodes, LongSupplier hits) throws SQLException {
        long reads = 0;
        long before = 0;
        for (int i = 0; i < steps.size(); i++) {
            if (i == warm) {
                before = hits.getAsLong();
            }
            MixStep step = steps.get(i);
            if (step.run(nodes.get(i % nodes.size())) != results[i]) {
                throw new IllegalStateException("stale: statement " + i + ", " + step);
            }
            reads += i >= warm && !step.write() ? 1 : 0;
        }
        return (double) (hits.getAsLong() - before) / reads;
    }

    /** Each query text, once. */
    List<MixStep> texts() {
        Map<String, MixStep> texts = new HashMap<>();
        steps.stream().filter(step -> !step.write()).forEach(step -> texts.putIfAbsent(step.sql(), step));
        return List.copyOf(texts.values());
    }
}
