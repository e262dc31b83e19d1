package dev.staleless.core.query;

import dev.staleless.core.value.ColumnType;
import java.util.List;
import java.util.Map;

/**
 * How the rows of a table occurrence get into a result, and where they can be seen there. A row <em>takes part</em> in a
 * combination of rows that a block forms from its FROM if it is one of them and WHERE and every ON that concerns it are true.
 *
 * @param shown columns of the occurrence that can be seen in the result where a row of it takes part
 * @param beside for {@link Role#ATTACHED}: columns of the occurrence whose values the combinations have, without its help, that
 *     a row of it adds to
 * @param key the columns of the primary key if all of them are shown themselves; for {@link Role#SOUGHT} columns by whose values, where
 *     they are shown, one row of another occurrence is known for which alone a row with them is sought; else empty
 */
public record Contribution(Role role, Map<String, Shown> shown, Map<String, Shown> beside, List<String> key) {

    /** What one row of the occurrence, beside all others as they are, can do to the result. */
    public enum Role {
        /**
         * Each combination of the block that makes the result has exactly one row of the occurrence: a row more adds the
         * combinations in which it takes part, a row less takes them away, and no other combination changes.
         */
        COMBINED,

        /**
         * The occurrence adds to combinations that are there without it: the filled side of an outer join that nothing but
         * its own ON and the list of results names, or a sub-query in the list of results. A row of it matters only to
         * combinations that have its values of the columns {@link #beside}, which are the same whether it is there or not; and it
         * has no influence on which of these there are, nor on their order, only on what stands beside them, and how often.
         */
        ATTACHED,

        /**
         * Stands in a condition that rows of it can only make true, never false: EXISTS, IN. A row more can add combinations,
         * a row less can take some away, in either case such as have its values of the {@link #shown} columns.
         */
        SOUGHT,

        /**
         * Stands in a part of a recursive query, all of whose rows make the result: each row that this part adds, in whatever round,
         * is a combination that has exactly one row of the occurrence.
         */
        REPEATED,

        /**
         * Stands in a condition that rows of it can only make false, never true: NOT EXISTS, NOT IN. A row more can take combinations
         * away, in any case such as have its values of the {@link #shown} columns.
         */
        BARRED,

        /** Nothing of this is known. Where a row of it takes part, its {@link #shown} columns are seen nevertheless. */
        OTHER
    }

    /**
     * Where a column is seen: each row of the result that comes from a combination in which a row of the occurrence takes part
     * has that row's value of the column there.
     *
     * @param position zero-based column of the result
     * @param type of the column, whose values have a canonical form
     * @param itself whether the result's column is this very column; else one that is equal to it where the row takes part
     */
    public record Shown(int position, ColumnType type, boolean itself) {}

    public Contribution {
        shown = Map.copyOf(shown);
        beside = Map.copyOf(beside);
        key = List.copyOf(key);
    }
}
