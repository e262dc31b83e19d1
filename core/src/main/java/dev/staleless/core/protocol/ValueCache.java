package dev.staleless.core.protocol;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.query.Query;
import dev.staleless.core.store.EntryKey;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps values that were computed from the results of several queries, and judges them as results are judged. Call order to
 * compute one: for each query {@link #observe}, then the query is looked up or sent to the database; then {@link #publish} with all
 * that was observed. Never throws for a fault of the store. Safe for any thread.
 *
 * <p>What a value was computed from is not known to a reader before it has read it. So it is kept beside the value, as a note. A note
 * promises nothing: one that is old, or of another value, leads to no value, or to one that is judged by the queries which the
 * note names and was kept under the name of exactly these.
 */
public interface ValueCache {

    /** Keeps nothing. */
    ValueCache NONE = new ValueCache() {};

    /** What was observed before a query is asked. */
    sealed interface Observation {}

    /** What the query returns from now on holds up to there; the table's own logs are among the offsets. */
    record Seen(Evidence evidence) implements Observation {}

    /** Nothing that the query returns may be kept. */
    record Refused(MissReason reason, String detail) implements Observation {}

    /** The outcome of looking a value up. */
    sealed interface Found {}

    /**
     * A value that may be served.
     *
     * @param tag names this computation of it
     * @param evidence up to where it was judged
     * @param rows results of its queries in their order, as far as they were kept; empty if none was
     */
    record Served(byte[] value, String tag, Evidence evidence, List<byte @Nullable []> rows) implements Found {}

    /**
     * No value is served.
     *
     * @param event the change that affects it, if that is why
     */
    record Missed(
            MissReason reason, String detail, @Nullable ChangeEvent event) implements Found {}

    /**
     * What to keep.
     *
     * @param computation unique
     * @param queries that it was computed from
     * @param rows their results, in this order, as far as they are known
     * @param evidence of all observations together
     */
    record Value(
            EntryKey key,
            UUID computation,
            List<Query> queries,
            List<byte @Nullable []> rows,
            Evidence evidence,
            byte[] bytes,
            Duration ttl) {
        public Value {
            queries = List.copyOf(queries);
        }
    }

    /**
     * To be called before a query is asked, of the cache or of the database.
     *
     * @param schemaVersion the version after which the catalog was read by which the query was analysed
     */
    default Observation observe(Query query, long schemaVersion) {
        return new Refused(MissReason.ABSENT, "no values are kept");
    }

    /**
     * Looks a value up.
     *
     * @param queries those that it was computed from
     * @param observed whether something else is computed from it, for which other positions are known already: it is judged up to
     *     positions that are as new as any that was observed before
     */
    default Found find(EntryKey key, List<Query> queries, long schemaVersion, boolean observed) {
        return new Missed(MissReason.ABSENT, "no values are kept", null);
    }

    /** Keeps a value. The stage ends when that is done or has failed, never with a failure. */
    default CompletionStage<Void> publish(Value value) {
        return CompletableFuture.completedStage(null);
    }

    /** The computation of one value, which others may wait for instead of computing it too. */
    interface Flight {

        /** Lets those go who wait. Only the first call counts. */
        void land(boolean published);
    }

    /** Begins the computation of a key; null if another one is under way, which is not overdue. */
    default @Nullable Flight lead(EntryKey key) {
        return published -> {};
    }

    /**
     * Waits until the computation of a key that is under way has landed, but never on one while this thread has one of its own
     * under way, nor for longer than one may take.
     *
     * @return whether a value was published
     */
    default boolean await(EntryKey key) {
        return false;
    }

    /**
     * Claims a computation that this node leads among all nodes, and waits while another one computes the value: until that has ended,
     * and no longer than one may take. Never called while this thread computes another value, or holds a connection.
     *
     * @return whether another node did: the value may be there now
     */
    default boolean claim(EntryKey key, Flight flight) {
        return false;
    }

    /** The note of this key and epoch, or null. */
    default byte @Nullable [] note(EntryKey key) {
        return null;
    }

    /** Keeps a note. The stage never ends with a failure. */
    default CompletionStage<Void> putNote(EntryKey key, byte[] note, Evidence evidence, Duration ttl) {
        return CompletableFuture.completedStage(null);
    }
}
