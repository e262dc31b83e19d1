package dev.staleless.core.coordination;

import java.time.Duration;

/** A gate that is closed at first and opened once: the only thing, besides a store and a database, that waits. */
public interface Latch {

    /** Lets go all who wait, and all who come later. */
    void open();

    /**
     * Waits until the gate is open.
     *
     * @return false if the time ran out first, or the thread was interrupted (its interrupt status is then set)
     */
    boolean await(Duration timeout);
}
