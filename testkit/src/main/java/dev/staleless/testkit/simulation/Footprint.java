package dev.staleless.testkit.simulation;

import java.util.Collections;
import java.util.Set;

/**
 * What a step touches outside of its own node. Two steps of different nodes that touch nothing in common, or only read it, can
 * be done in either order with the same outcome.
 *
 * @param all whether it may touch anything
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

    boolean conflictsWith(Footprint other) {
        return all
                || other.all
                || !Collections.disjoint(writes, other.writes)
                || !Collections.disjoint(writes, other.reads)
                || !Collections.disjoint(reads, other.writes);
    }
}
