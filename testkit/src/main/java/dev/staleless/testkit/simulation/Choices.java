package dev.staleless.testkit.simulation;

import java.util.List;
import java.util.Set;

/** Decides what happens next where more than one thing may. Option 0 is always the one in which nothing special happens. */
interface Choices {

    /** What a choice costs, if it is not option 0. */
    enum Kind {
        /** Another thread goes on than the one that did, or, where that one waits, than the next. */
        SWITCH,
        /** A crash or another fault. */
        FAULT,
        /** Nothing. */
        FREE
    }

    int choose(Kind kind, int options);

    /** The answer of {@link #next} when nothing new would come of going on. */
    int GIVE_UP = -1;

    /**
     * A thread that can go on.
     *
     * @param footprint of its next step
     * @param rivals threads of other nodes, or of none, that may do something before that step, by name
     * @param alone whether no other thread of its own node may
     */
    record Able(Footprint footprint, Set<String> rivals, boolean alone) {}

    /** Where a run is. */
    interface Situation {
        List<Able> able();

        /** The whole state as one number. */
        long fingerprint();
    }

    /** Whether they ask for the state, and are to be told what is touched. */
    default boolean needStates() {
        return false;
    }

    /** A step that is about to be taken by this thread, or by one that it has started, touches both of this. */
    default void touched(String thread, Footprint footprint, Footprint more) {}

    /**
     * Who goes on: the first is the thread that did, if it can, or the next.
     *
     * @param able how many can go on
     */
    default int next(int able, Situation situation) {
        return choose(Kind.SWITCH, able);
    }

    /** The run is over, in this state. */
    default void ended(long fingerprint) {}
}
