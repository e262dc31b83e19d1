package dev.staleless.core.protocol;

import dev.staleless.core.decision.Doubt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The outcome of looking a result up. */
public sealed interface Lookup {

    /**
     * A result that may be served.
     *
     * @param rows the bytes that were published
     * @param stale whether a change has made it wrong, no longer ago than is allowed
     */
    record Hit(byte[] rows, boolean stale) implements Lookup {
        public Hit(byte[] rows) {
            this(rows, false);
        }
    }

    /**
     * A result of which it is not known whether it is right.
     *
     * @param rows the bytes that were published
     * @param doubts if each is settled, it is right
     */
    record Doubtful(byte[] rows, Set<Doubt> doubts) {
        public Doubtful {
            doubts = Set.copyOf(doubts);
        }
    }

    /** Nothing is served and nothing will be published: ask the database. */
    record Bypass(MissReason reason, String detail) implements Lookup {}

    /** Nothing is served: ask the database, then {@link #publish} what it returned, or {@link #close} without. */
    non-sealed interface Fill extends Lookup, AutoCloseable {

        MissReason reason();

        String detail();

        /** A result that changes have left in doubt, and that the database may show to be right; null if there is none. */
        default @Nullable Doubtful doubtful() {
            return null;
        }

        /**
         * Publishes the doubtful result again if nothing speaks against it. To be called when one statement of the database has settled
         * all of its doubts, instead of {@link #publish}; what that statement saw is looked for in the changelog. Publishes nothing
         * and leaves the fill as it is if it returns false.
         *
         * @return whether the result may be served: it is what the query would have returned in place of that statement
         */
        default boolean confirm() {
            return false;
        }

        /** Publishes the whole result if nothing in flight forbids it. Does not wait for the store. */
        void publish(byte[] rows);

        /** Ends the fill and lets those go that wait for it. To be called in any case, after {@link #publish} if any. */
        @Override
        void close();
    }
}
