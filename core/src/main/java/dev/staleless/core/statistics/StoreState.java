package dev.staleless.core.statistics;

/** How a node gets on with its store. */
public enum StoreState {
    /** It answers. */
    AVAILABLE,
    /** It failed a moment ago: the database answers all queries, and the store is asked in the background whether it is back. */
    UNAVAILABLE,
    /**
     * It does not take what is written: this node has opened a barrier, under which it commits, and because of which no node
     * serves from the cache.
     */
    CUT_OFF
}
