package dev.staleless.testkit.simulation;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * What a step touches outside of its own node. Two steps of different nodes that touch nothing in common, or only read it, can
 * be done in either order with the same outcome.
 *
 * @param all whether it may touch anything
 * @param reads on which what the node does afterwards may depend
 * @param writes on which nothing depends, unless it is read as well
 */
record Footprint(boolean all, Set<String> reads, Set<String> writes) {

    static final Footprint ALL = new Footprint(true, Set.of(), Set.of());
    static final Footprint NONE = new Footprint(false, Set.of(), Set.of());

    static Footprint reads(String... what) {
        return new Footprint(false, Set.of(what), Set.of());
    }

    static Footprint writes(String... what) {
        return new Footprint(false, Set.of(), Set.of(what));
    }

    static Footprint updates(String... what) {
        return new Footprint(false, Set.of(what), Set.of(what));
    }

    Footprint and(Footprint other) {
        Set<String> bothRead = new HashSet<>(reads);
        bothRead.addAll(other.reads);
        Set<String> bothWritten = new HashSet<>(writes);
        bothWritten.addAll(other.writes);
        return new Footprint(all || other.all, Set.copyOf(bothRead), Set.copyOf(bothWritten));
    }

    boolean covers(Footprint other) {
        return (all || !other.all) && reads.containsAll(other.reads) && writes.containsAll(other.writes);
    }

    boolean conflictsWith(Footprint other) {
        if (isNone() || other.isNone()) {
            return false;
        }
        return all
                || other.all
                || !Collections.disjoint(writes, other.writes)
                || !Collections.disjoint(writes, other.reads)
                || !Collections.disjoint(reads, other.writes);
    }

    boolean isNone() {
        return !all && reads.isEmpty() && writes.isEmpty();
    }
}
