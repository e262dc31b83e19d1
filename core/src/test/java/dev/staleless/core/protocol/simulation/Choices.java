package dev.staleless.core.protocol.simulation;

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
}
