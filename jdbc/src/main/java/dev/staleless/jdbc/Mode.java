package dev.staleless.jdbc;

/**
 * What a node does. In every mode its writes are reported, since other nodes may cache what they change: a roll-out starts
 * all nodes with {@link #REPORT}, and then, one after another, with {@link #SERVE}.
 */
public enum Mode {
    /** Serves from the cache what the profiles, scopes and hints ask for. */
    SERVE,
    /** Reports, and analyses reads, but serves and publishes nothing. */
    REPORT,
    /** Reports, and passes every read through. */
    OFF
}
