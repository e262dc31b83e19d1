package dev.staleless.sql.analysis;

import org.jspecify.annotations.Nullable;

/** What was found in a statement beside the tables it reads. The first reason of a kind is kept. */
final class Findings {

    private @Nullable String uncacheable;
    private @Nullable String sideEffects;
    private boolean settings;
    private boolean definesTable;
    private boolean semiJoin;
    private boolean seeksSeveral;
    private boolean stopsEarly;

    /** The result depends on more than tables, parameters and settings, or it is not sure what it depends on. */
    void uncacheable(String reason) {
        if (uncacheable == null) {
            uncacheable = reason;
        }
    }

    /** The statement may change anything, beside what it says. */
    void sideEffects(String reason) {
        uncacheable(reason);
        if (sideEffects == null) {
            sideEffects = reason;
        }
    }

    /** The statement creates a table. */
    void definesTable() {
        uncacheable("creates a table");
        definesTable = true;
    }

    /** The statement changes settings of the session. */
    void settings() {
        uncacheable("changes a setting");
        settings = true;
    }

    /** The database may answer a sub-query by a semi-join. */
    void semiJoin() {
        semiJoin = true;
    }

    /**
     * Rows of several values are sought in an index.
     *
     * @param nested in a sub-query of an expression, which may be left after any row
     */
    void seeksSeveral(boolean nested) {
        seeksSeveral = true;
        stopsEarly |= nested;
    }

    /** Some part of the query may be left before its last row. */
    void stopsEarly() {
        stopsEarly = true;
    }

    /** Whether rows of several values may be sought in an index, and not all of them be read. */
    boolean mayLeaveRows() {
        return seeksSeveral && stopsEarly;
    }

    boolean mayBeSemiJoin() {
        return semiJoin;
    }

    @Nullable
    String uncacheable() {
        return uncacheable;
    }

    @Nullable
    String sideEffects() {
        return sideEffects;
    }

    boolean isDefinition() {
        return definesTable;
    }

    boolean changesSettings() {
        return settings;
    }
}
