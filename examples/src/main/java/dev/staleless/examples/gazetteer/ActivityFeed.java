package dev.staleless.examples.gazetteer;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * What the data source under the application did, for the page to show. Implementations are thread safe: the page polls
 * while requests run.
 */
public interface ActivityFeed {

    /**
     * The activities numbered above {@code after} that are still kept, oldest first, and where things stand now.
     *
     * @param after the number of the last activity the page has seen, 0 for none; one that was never given counts as 0
     */
    Snapshot since(long after);

    /** Serves results from the cache, or, for comparison, sends every query to the database. */
    void useCache(boolean on);

    /**
     * @param last the number to ask for next
     */
    record Snapshot(Node node, boolean cacheInUse, Totals totals, long last, List<Activity> activities) {}

    /**
     * This instance of the application.
     *
     * @param store what holds the cached results, in a few words
     * @param others the other instances that share it
     */
    record Node(String name, String store, List<Peer> others) {}

    /** Another instance of the application and the address of its page. */
    record Peer(String name, String url) {}

    /**
     * Since the start of this instance.
     *
     * @param dropped cached results that a write was found to affect
     * @param kept cached results served although something in their tables had been written
     */
    record Totals(long hits, long misses, long bypasses, long writes, long dropped, long kept) {}

    /** One line of the feed. Numbers grow by one; times are in milliseconds since 1970. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Query.class, name = "query"),
        @JsonSubTypes.Type(value = Write.class, name = "write"),
        @JsonSubTypes.Type(value = Verdict.class, name = "verdict")
    })
    sealed interface Activity {
        long number();

        long at();
    }

    /**
     * A query and where its rows came from.
     *
     * @param parameters one text for each parameter marker, shortened where long
     * @param reason why not from the cache; for a hit, what made sure that it is current
     */
    record Query(
            long number,
            long at,
            String sql,
            List<String> parameters,
            Outcome outcome,
            String reason,
            double millis,
            long rows)
            implements Activity {}

    enum Outcome {
        HIT,
        MISS,
        BYPASS
    }

    /**
     * A statement that was committed.
     *
     * @param id what verdicts on it name it by, the same on all instances
     * @param change what is known of the changed rows: key, columns, values
     */
    record Write(
            long number,
            long at,
            String id,
            String sql,
            List<String> parameters,
            String table,
            String change,
            double millis)
            implements Activity {}

    /**
     * What became of one cached result after a write; it comes when the result is next asked for, which may be on
     * another instance than the write.
     *
     * @param write id of the write
     * @param dropped whether the write can have changed the result
     * @param sql the query of the cached result, with its parameters as in {@link Query}
     * @param reason why it was dropped, or why it still holds
     */
    record Verdict(
            long number,
            long at,
            String write,
            String table,
            String change,
            boolean dropped,
            String sql,
            List<String> parameters,
            String reason)
            implements Activity {}
}
