package dev.staleless.core.store;

import java.util.Set;
import java.util.UUID;

/**
 * One walk over what a store keeps, in small steps, that frees entries which can never be served again. It takes nothing away that
 * anybody may need: an entry judged wrongly costs a hit. Not safe for several threads.
 */
public interface Reclaim {

    /** A walk over nothing. */
    Reclaim NOTHING = new Reclaim() {
        @Override
        public boolean step() {
            return false;
        }

        @Override
        public long examined() {
            return 0;
        }

        @Override
        public long freed() {
            return 0;
        }
    };

    /**
     * What an entry must be of to be served at all.
     *
     * @param epoch the one in force
     * @param generations those of the directory
     */
    record Living(UUID epoch, Set<Long> generations) {
        public Living {
            generations = Set.copyOf(generations);
        }
    }

    /**
     * Looks at about a hundred keys, and frees the dead entries among them.
     *
     * @return false when everything was looked at
     * @throws StoreException if the store did not answer: the walk is over
     */
    boolean step();

    /** Entries looked at so far. */
    long examined();

    /** Entries freed so far. */
    long freed();
}
