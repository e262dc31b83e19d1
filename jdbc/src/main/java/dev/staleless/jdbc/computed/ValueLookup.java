package dev.staleless.jdbc.computed;

import org.jspecify.annotations.Nullable;

/** The outcome of looking a computed value up. */
public sealed interface ValueLookup {

    /**
     * A value that may be served.
     *
     * @param bytes as it was kept; null if the value is null
     * @param tag changes whenever the value is computed anew: of two answers with the same tag the values are the same
     */
    record Hit(byte @Nullable [] bytes, String tag) implements ValueLookup {}

    /**
     * There is none: the value is to be computed now, on this thread. What is asked until {@link #close} is recorded. Used by the
     * thread that looked it up, except {@link #keep}.
     */
    non-sealed interface Filling extends ValueLookup, AutoCloseable {

        /**
         * Keeps the value, if what was recorded so far allows it. Only the first call counts.
         *
         * @param bytes null if the value is null
         * @return why it is not kept; null if it is
         */
        @Nullable
        String keep(byte @Nullable [] bytes);

        /** The tag of the value, once it is kept. */
        String tag();

        /** Ends the recording, and lets others go that wait for this value. */
        @Override
        void close();
    }
}
