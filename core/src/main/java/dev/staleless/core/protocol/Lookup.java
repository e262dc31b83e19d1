package dev.staleless.core.protocol;

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

    /** Nothing is served and nothing will be published: ask the database. */
    record Bypass(MissReason reason, String detail) implements Lookup {}

    /** Nothing is served: ask the database, then {@link #publish} what it returned, or {@link #close} without. */
    non-sealed interface Fill extends Lookup, AutoCloseable {

        MissReason reason();

        String detail();

        /** Publishes the whole result if nothing in flight forbids it. Does not wait for the store. */
        void publish(byte[] rows);

        /** Ends the fill and lets those go that wait for it. To be called in any case, after {@link #publish} if any. */
        @Override
        void close();
    }
}
