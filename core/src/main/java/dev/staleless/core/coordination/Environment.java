package dev.staleless.core.coordination;

import java.time.Duration;
import java.util.UUID;

/**
 * Time, threads, waiting and random ids as the protocol uses them: those of this machine, or those of a simulation. The
 * protocol blocks nowhere but in a {@link Latch}, in a store, in the coordination tables and in a database's COMMIT, and
 * holds no lock while it does.
 */
public interface Environment {

    Clock clock();

    /** A random id that no one else has. */
    UUID freshId();

    /** Runs a task on a daemon thread of its own. */
    void start(String name, Runnable task);

    /** Runs a task once, not before the delay has passed. Tasks run one after another, on a daemon thread. */
    void schedule(Runnable task, Duration delay);

    /** A new, closed gate. */
    Latch latch();

    /** That of this machine. It needs no closing: its thread ends when there is nothing to do. */
    static Environment system() {
        return new SystemEnvironment();
    }
}
