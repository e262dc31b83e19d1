package dev.staleless.core.protocol;

/** Why a result was not served from the cache. */
public enum MissReason {
    /** There was no entry, or none that could be read. */
    ABSENT,
    /** A change since the entry was filled affects the result. */
    CHANGED,
    /** The entry has seen less than the log still tells. */
    OFFSET_LOST,
    /** The entry is of another epoch, another directory generation, or other partitions. */
    OUTDATED,
    /** The transaction's own uncommitted changes affect the result. */
    OWN_CHANGES,
    /** A table is not in force in the directory yet, or no longer. */
    NOT_ENLISTED,
    /** This node may not serve now: its watch is not fresh, or a barrier is open. */
    NOT_FRESH,
    /** There was no entry, and none is published: a change that is about to be committed affects the result. */
    IN_FLIGHT,
    /** The store could not be asked. */
    STORE_UNAVAILABLE,
    /** Whoever asks wants it from the database, and what is cached replaced by that. */
    REFRESHED
}
