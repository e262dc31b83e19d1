package dev.staleless.benchmarks.planted;

/** A point between two steps of the protocol, at which others may come in. */
public enum Moment {
    /** A writer has sent the first of marks and events, and not yet the other. */
    HALF_REPORTED,
    /** A writer has reported, and has not sent its COMMIT. */
    REPORTED,
    /** A reader has the heads of its logs, and the registries are to be asked. */
    HEADS_READ,
    /** A reader whose registries were asked too early has them, and its heads are to be asked. */
    IN_FLIGHT_ASKED,
    /** A reader has its rows, and publishes them now. */
    ROWS_READ,
    /** The rows of an entry that is patched in place are there, and its offsets are not. */
    HALF_PUBLISHED
}
