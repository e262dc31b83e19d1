package dev.staleless.core.statistics;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.decision.Verdict;
import dev.staleless.core.protocol.MissReason;
import dev.staleless.core.query.Query;
import java.util.Collection;

/**
 * Hears what the cache does. Called on the thread that does it, outside of any lock; what it throws is logged and counted,
 * and never reaches the application's query.
 */
public interface CacheListener {

    /** A result was served from the cache. */
    default void hit(Query query) {}

    /**
     * A cached result that changes had left in doubt was found right, by a statement that asked the database for less than the query
     * does, and was served. {@link #hit} is told of it as well.
     */
    default void revalidated(Query query) {}

    /**
     * A result that a change has made wrong was served, while another reader computes it anew: within the bound that was set for
     * that. {@link #hit} is not told of it.
     */
    default void servedStale(Query query) {}

    /** A query is answered by the database. */
    default void miss(Query query, MissReason reason, String detail) {}

    /** A cached result was found to be affected by a change, and is served no more. */
    default void dropped(Query query, ChangeEvent event, Verdict.Affected verdict) {}

    /** A cached result was found to be unaffected by a change that happened since it was filled. */
    default void kept(Query query, ChangeEvent event, Verdict.Unaffected verdict) {}

    /** A result that was dropped because of a change was computed anew, and is the same as before. */
    default void needless(Query query) {}

    /** A result was published. */
    default void published(Query query, int bytes) {}

    /** A transaction's changes were reported and committed. */
    default void committed(Collection<ChangeEvent> events) {}

    /**
     * The store was lost, or is back, as this node sees it.
     *
     * @param reason why, for the log
     */
    default void storeState(StoreState state, String reason) {}

    /** Something in the cache failed; the application's query was not harmed. */
    default void failed(String what, Throwable cause) {}
}
