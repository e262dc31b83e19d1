package dev.staleless.core.protocol;

import dev.staleless.core.coordination.Environment;
import dev.staleless.core.coordination.Latch;
import dev.staleless.core.store.EntryKey;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Single flight per key: while one thread fills an entry, others that miss it wait for that instead of asking the database
 * too. What is shared is the work, never a claim: a follower does not take the leader's rows, since it may have started after
 * a commit that the leader's read preceded; it reads the store again. Safe for any thread.
 */
final class Flights {

    private final Environment environment;
    private final Duration wait;
    private final ConcurrentMap<EntryKey, Flight> flights = new ConcurrentHashMap<>();

    Flights(Environment environment, Duration wait) {
        this.environment = environment;
        this.wait = wait;
    }

    /** One fill of one key, from the miss until its entry is in the store or it has ended without one. */
    final class Flight {
        private final EntryKey key;
        private final Thread owner = Thread.currentThread();
        private final long start = environment.clock().nanos();
        private final Latch landed = environment.latch();
        private volatile boolean published;
        private volatile @Nullable Runnable release;

        private Flight(EntryKey key) {
            this.key = key;
        }

        /** Sets how the claim on the key is given up, which this flight holds among the nodes. */
        void holds(Runnable claimRelease) {
            release = claimRelease;
        }

        /** Lets the followers go. Only the first call counts. A flight that took longer than its claim leaves that alone. */
        void land(boolean entryPublished) {
            if (flights.remove(key, this)) {
                published = entryPublished;
                landed.open();
                Runnable held = release;
                if (held != null && !overdue()) {
                    held.run();
                }
            }
        }

        /**
         * Waits until the flight has landed, but not longer than a fill may take.
         *
         * @return whether it published an entry
         */
        boolean await() {
            Duration age = Duration.ofNanos(environment.clock().nanos() - start);
            return landed.await(wait.minus(age)) && published;
        }

        boolean overdue() {
            return environment.clock().nanos() - start >= wait.toNanos();
        }
    }

    /**
     * Begins a flight, or returns null if another is under way. One that takes longer than anybody would wait for, or was never
     * ended, does not keep others from filling.
     */
    @Nullable
    Flight lead(EntryKey key) {
        Flight flight = new Flight(key);
        Flight other = flights.putIfAbsent(key, flight);
        if (other == null) {
            return flight;
        }
        if (other.overdue() && flights.replace(key, other, flight)) {
            other.landed.open();
            return flight;
        }
        return null;
    }

    /** The flight of a key that this thread may wait for: none while it has one of its own under way, on any key. */
    @Nullable
    Flight following(EntryKey key) {
        Flight flight = flights.get(key);
        if (flight == null || flight.overdue()) {
            return null;
        }
        Thread current = Thread.currentThread();
        for (Flight other : flights.values()) {
            if (other.owner == current) {
                return null;
            }
        }
        return flight;
    }
}
