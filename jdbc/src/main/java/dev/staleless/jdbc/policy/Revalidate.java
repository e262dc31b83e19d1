package dev.staleless.jdbc.policy;

/**
 * When the database is asked whether a change has altered a cached result, by a statement that asks for less than the query, where the
 * cached rows alone do not tell.
 */
public enum Revalidate {
    /** As long as the answers save more than they cost: measured for each query. */
    AUTO,
    /** Wherever it can be asked. */
    ALWAYS,
    /** Not at all: such a result is dropped. */
    NEVER
}
