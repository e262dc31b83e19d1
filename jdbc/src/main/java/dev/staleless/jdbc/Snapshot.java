package dev.staleless.jdbc;

/**
 * What is served inside a transaction at REPEATABLE READ, which is the default of MariaDB. At SERIALIZABLE nothing is.
 */
public enum Snapshot {
    /** Nothing: all its reads are of one snapshot, and a cached result is not of that one. The default. */
    STRICT,
    /**
     * What is cached, until its first statement on the database, whose snapshot it keeps from then on. What it was served before
     * is of earlier snapshots, or of several; none of it is older than the transaction's beginning allows. On MariaDB alone.
     */
    RELAXED
}
