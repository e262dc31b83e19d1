package dev.staleless.jdbc.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the cache makes of one statement. Immutable.
 *
 * @param sql as it enters the cache's key
 * @param kind what the statement is
 * @param reason why it is not cached, or in which sessions only, or why it counts as a change of everything; otherwise null
 * @param reads what a cached query reads, in the order of the statement
 * @param admission whether a query that can be cached has shown to be worth it, and what was measured; null if nothing was
 * @param changes what a change is known to do; with parameters that were not given, whatever they are
 */
public record Explanation(
        String sql,
        Kind kind,
        @Nullable String reason,
        @Nullable String admission,
        List<Occurrence> reads,
        List<Change> changes) {

    /** Of a statement of which nothing was measured. */
    public Explanation(String sql, Kind kind, @Nullable String reason, List<Occurrence> reads, List<Change> changes) {
        this(sql, kind, reason, null, reads, changes);
    }

    /** What a statement is to the cache. */
    public enum Kind {
        /** A query whose result can be cached. Whether it is depends on the profiles and the session. */
        CACHEABLE,
        /** Passed through untouched. */
        PASSED_THROUGH,
        /** Changes rows, which are reported. */
        CHANGE,
        /** Counts as a change of every table. */
        CHANGE_OF_EVERYTHING,
        /** Controls the transaction or the session. */
        CONTROL
    }

    /**
     * One occurrence of a table in a query.
     *
     * @param alias as the statement names it
     * @param condition that a row must satisfy to take part in the result
     * @param columns that the query reads through it, sorted; empty if it may read all
     * @param partitions of the changelog that are looked at for it
     */
    public record Occurrence(
            String table, String alias, String condition, List<String> columns, List<String> partitions) {
        public Occurrence {
            columns = List.copyOf(columns);
            partitions = List.copyOf(partitions);
        }
    }

    /** A change of one table. */
    public record Change(String table, String what) {}

    public Explanation {
        reads = List.copyOf(reads);
        changes = List.copyOf(changes);
    }

    /** The same, with what was measured of it. */
    public Explanation withAdmission(@Nullable String measured) {
        return new Explanation(sql, kind, reason, measured, reads, changes);
    }

    /** In several lines, for people. */
    public String toText() {
        return ExplanationText.of(this);
    }

    /** As one JSON object. */
    public String toJson() {
        return ExplanationText.json(this).toString();
    }
}
