package dev.staleless.jdbc.admission;

import dev.staleless.core.store.EntryKey;
import java.util.HashMap;
import java.util.Map;

/**
 * A trial of a query text that is not cached: some of its results are cached again, for a number of executions each.
 *
 * <p>They are the next ones that are asked for, so the more often one is asked for the likelier it is among them. The first execution
 * of each finds nothing, and would find something if it had been cached for long; so it counts for a part only. Not safe for several
 * threads.
 */
final class Trial {

    private static final int KEYS = 256;
    private static final int EXECUTIONS_EACH = 64;
    private static final int EXECUTIONS = 1_024;

    /** Fewer executions of results that were asked for before tell nothing. */
    private static final int TELLING = 32;

    /** The most executions of the query that a trial looks at. */
    private static final int LOOKED_AT = 65_536;

    /** What the first execution of a result counts for. */
    private static final double FIRST = 0.25;

    private final Map<EntryKey, int[]> executions = new HashMap<>();
    private int all;
    private int seen;
    private int hits;
    private int misses;

    /** Whether this execution is part of it. */
    boolean takes(EntryKey key) {
        seen++;
        int[] of = executions.get(key);
        if (of == null) {
            if (executions.size() == KEYS) {
                return false;
            }
            of = new int[1];
            executions.put(key, of);
        } else if (of[0] == EXECUTIONS_EACH) {
            return false;
        }
        all++;
        of[0]++;
        return true;
    }

    void outcome(Outcome outcome) {
        if (outcome == Outcome.HIT) {
            hits++;
        } else {
            misses++;
        }
    }

    boolean isOver() {
        return all >= EXECUTIONS || seen >= LOOKED_AT;
    }

    /** The most executions that a trial may take. */
    static int most() {
        return EXECUTIONS;
    }

    /** Whether results are asked for again often enough for anything to be said. */
    boolean tells() {
        return again() >= TELLING;
    }

    /** Executions of results that were asked for before. */
    private int again() {
        return hits + misses - executions.size();
    }

    /** About so many executions of the query pass until one asks for the same result again. To be asked if it tells something. */
    long interval() {
        return (long) seen * executions.size() / again();
    }

    int hits() {
        return hits;
    }

    /** Misses, of which the first of each result count for less. */
    double misses() {
        int first = Math.min(misses, executions.size());
        return misses - first + FIRST * first;
    }
}
