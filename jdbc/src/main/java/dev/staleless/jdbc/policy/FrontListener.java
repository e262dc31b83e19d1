package dev.staleless.jdbc.policy;

/**
 * Hears what the JDBC front leaves to the database, and why. Called on the application's thread, outside of any lock; what
 * it throws is logged and never reaches the application's statement.
 */
public interface FrontListener {

    /** A listener that does nothing. */
    FrontListener NONE = new FrontListener() {};

    /** A statement that returns rows was passed through without asking the cache. */
    default void passedThrough(String sql, String reason) {}

    /** A result that could have been cached was not captured. */
    default void notCaptured(String sql, String reason) {}

    /** A statement counts as a change of everything it could touch. */
    default void changedEverything(String sql, String reason) {}

    /** The driver's own connection is handed out: until it is returned, that counts as a change of everything. */
    default void unwrapped() {}
}
