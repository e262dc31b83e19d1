package dev.staleless.benchmarks.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was counted. Not safe for several threads: each has its own, and they are added up. */
final class Tally {

    /** What the database was asked about, beside the names of rules. */
    static final String REVALIDATED = "(the database was asked)";

    private static final int MAX_FAILURES = 5;

    long pairs;
    long needed;
    long needless;
    long stale;
    long schemas;
    long writes;
    long images;
    long failedWrites;
    long failedQueries;
    final Map<String, Long> keptBecause = new TreeMap<>();
    final Map<String, Long> keptBy = new TreeMap<>();
    final Map<String, Long> keptQueries = new TreeMap<>();
    final Map<String, Long> keptWrites = new TreeMap<>();
    final Map<String, Long> needlessQueries = new TreeMap<>();
    final Map<String, Long> needlessWrites = new TreeMap<>();
    final Map<String, Long> passedThrough = new TreeMap<>();
    final Map<String, Long> everything = new TreeMap<>();
    /** Planted bugs that were found, and after how many pairs. */
    final Map<String, Long> found = new TreeMap<>();

    final List<Failure> failures = new ArrayList<>();

    /** Rounds that could not be ended, such as by a server that is gone. */
    final List<String> broken = new ArrayList<>();

    /**
     * A result that would have been served although it had changed.
     *
     * @param story query and writes, in case it does not fail again
     */
    record Failure(FuzzCase shrinkable, long seed, String story) {}

    void changed(Execution change) {
        writes++;
        images += change.images() ? 1 : 0;
        Judge.Reported reported = change.reported().get(0);
        if (reported.events() == null) {
            add(everything, reported.why());
        }
    }

    void kept(FuzzStatement query, FuzzStatement write, Judge.Opinion opinion) {
        add(keptBecause, opinion.reason());
        opinion.rules().forEach(rule -> add(keptBy, rule.name()));
        if (opinion.asked()) {
            add(keptBy, REVALIDATED);
        }
        query.constructs().forEach(construct -> add(keptQueries, construct));
        write.constructs().forEach(construct -> add(keptWrites, construct));
    }

    /** Names a pair whatever becomes of it, so that what is never kept is named too. */
    void seen(FuzzStatement query, FuzzStatement write) {
        query.constructs().forEach(construct -> keptQueries.putIfAbsent(construct, 0L));
        write.constructs().forEach(construct -> keptWrites.putIfAbsent(construct, 0L));
    }

    void needless(FuzzStatement query, FuzzStatement write) {
        needless++;
        query.constructs().forEach(construct -> add(needlessQueries, construct));
        write.constructs().forEach(construct -> add(needlessWrites, construct));
    }

    void stale(Failure failure) {
        stale++;
        if (failures.size() < MAX_FAILURES) {
            failures.add(failure);
        }
    }

    static void add(Map<String, Long> counts, String name) {
        counts.merge(name, 1L, Long::sum);
    }

    void add(Tally other) {
        pairs += other.pairs;
        needed += other.needed;
        needless += other.needless;
        stale += other.stale;
        broken.addAll(other.broken);
        schemas += other.schemas;
        writes += other.writes;
        images += other.images;
        failedWrites += other.failedWrites;
        failedQueries += other.failedQueries;
        add(keptBecause, other.keptBecause);
        add(keptBy, other.keptBy);
        add(keptQueries, other.keptQueries);
        add(keptWrites, other.keptWrites);
        add(needlessQueries, other.needlessQueries);
        add(needlessWrites, other.needlessWrites);
        add(passedThrough, other.passedThrough);
        add(everything, other.everything);
        failures.addAll(other.failures);
        other.found.forEach((name, after) -> found.merge(name, after, Math::min));
    }

    private static void add(Map<String, Long> to, Map<String, Long> from) {
        from.forEach((name, count) -> to.merge(name, count, Long::sum));
    }
}
