package dev.staleless.sql;

import dev.staleless.core.query.QueryTemplate;
import org.jspecify.annotations.Nullable;

/** What a text given to JDBC reads or changes. */
public sealed interface Analysis {

    /** The text as it enters the cache key, and its hint. */
    NormalizedSql sql();

    /**
     * A query whose result can be cached: it depends on nothing but its tables, its parameters and the session's settings.
     *
     * @param semiJoin whether MariaDB may answer it by a semi-join, which it does not get right in every session
     */
    record Read(NormalizedSql sql, QueryTemplate template, boolean semiJoin) implements Analysis {
        public Read(NormalizedSql sql, QueryTemplate template) {
            this(sql, template, false);
        }
    }

    /**
     * Changes no table and no setting, and is not to be cached.
     *
     * @param reason why not, for {@code explain}
     * @param locked what it tells of rows that it locks; null if nothing
     */
    record Uncached(
            NormalizedSql sql, String reason, @Nullable LockedRead locked) implements Analysis {
        public Uncached(NormalizedSql sql, String reason) {
            this(sql, reason, null);
        }
    }

    /** Changes rows. It may return rows too (RETURNING), which are not to be cached. */
    record Write(NormalizedSql sql, ChangeTemplate changes) implements Analysis {}

    /** Controls the transaction or the session, and changes no row. */
    record Control(NormalizedSql sql, Command command) implements Analysis {}

    /**
     * May change anything, settings of the session included.
     *
     * @param reason what was not understood, for the log
     */
    record Everything(NormalizedSql sql, Cause cause, String reason) implements Analysis {}

    /** What a {@link Control} statement does. */
    enum Command {
        BEGIN,
        /** COMMIT, also AND CHAIN. */
        COMMIT,
        /** ROLLBACK, also AND CHAIN. */
        ROLLBACK,
        SAVEPOINT,
        RELEASE_SAVEPOINT,
        ROLLBACK_TO_SAVEPOINT,
        /** SET, RESET, DISCARD, {@code set_config()}: changes the session's or the transaction's settings. */
        SET
    }

    /** Why a statement counts as a change of everything. */
    enum Cause {
        /** CALL, DO, EXECUTE and the like: runs code in the database, which may commit by itself. */
        PROCEDURE,
        /** CREATE, ALTER, DROP, GRANT and the like. A temporary table may hide another table from then on. */
        DDL,
        /** PREPARE TRANSACTION, COMMIT PREPARED, ROLLBACK PREPARED. */
        TWO_PHASE,
        /** A query or change that calls a function which may write, or changes a table with triggers. */
        SIDE_EFFECTS,
        /** Anything that was not understood. */
        UNKNOWN
    }
}
