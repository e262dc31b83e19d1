package dev.staleless.testkit.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** A thread that can go on, and what it touches in its next step. */
    record Able(int thread, @Nullable String node, Footprint footprint) {
        boolean dependsOn(Able other) {
            return thread == other.thread
                    || node != null && node.equals(other.node)
                    || footprint.conflictsWith(other.footprint);
        }
    }

    /** Who goes on: the first is the thread that did, if it can, or the next. */
    default int next(List<Able> able) {
        return choose(Kind.SWITCH, able.size());
    }
}
