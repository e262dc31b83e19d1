package dev.staleless.jdbc.policy;

import dev.staleless.core.query.Query;

/**
 * Hears what the JDBC front leaves to the database, and why. Called on the application's thread, outside of any lock; what
 * it throws is logged and never reaches the application's statement.
 */
public interface FrontListener {

    /** Who answered a query. */
    enum Answer {
        CACHE,
        DATABASE
    }

    /** What came of comparing a result that could have been served with what the database says. */
    enum Comparison {
        SAME,
        /** Another result, though the cache would go on serving its own: something was changed that it was not told of. */
        STALE,
        /** Another result, which the cache no longer serves either; or one that cannot be compared. */
        UNDECIDED
    }

    /** A listener that does nothing. */
    FrontListener NONE = new FrontListener() {};

    /** A statement that returns rows was passed through without asking the cache. */
    default void passedThrough(String sql, String reason) {}

    /** A result that could have been cached was not captured. */
    default void notCaptured(String sql, String reason) {}

    /**
     * A query that could be cached was answered.
     *
     * @param nanos how long that took: the cache, with everything that was asked of it, or the database alone
     */
    default void answered(Query query, Answer by, long nanos) {}

    /** A result that could have been served was compared with the database's, which the application got. */
    default void compared(Query query, Comparison outcome) {}

    /**
     * The node only reports, and would have cached the result of this query.
     *
     * @param again whether it was asked within the time for which its result would be kept: it may have been a hit
     */
    default void reportedOnly(Query query, boolean again) {}

    /** A statement counts as a change of everything it could touch. */
    default void changedEverything(String sql, String reason) {}

    /** The driver's own connection is handed out: until it is returned, that counts as a change of everything. */
    default void unwrapped() {}
}
