package dev.staleless.core.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What an attempt of a lookup came to.
 *
 * @param lookup what is returned if nothing is waited for
 * @param outcome what there is to tell the listener when the attempt's turn has ended
 * @param following a flight on this node to wait for, or null
 * @param claimed what another node fills, to wait for while this thread leads the flight on its own; or null
 */
record Answer(
        Lookup lookup,
        EntryCheck.@Nullable Outcome outcome,
        Flights.@Nullable Flight following,
        Filling.@Nullable Claimed claimed) {

    Answer(Lookup lookup, EntryCheck.@Nullable Outcome outcome) {
        this(lookup, outcome, null, null);
    }

    static Answer bypass(MissReason reason, String detail) {
        return new Answer(new Lookup.Bypass(reason, detail), null);
    }
}
