package dev.staleless.core.change;

import dev.staleless.core.catalog.TableName;
import org.jspecify.annotations.Nullable;

/**
 * One changed row, or a set of rows at once, of one table.
 *
 * <p>A before image is only what is <em>known</em> of the row under the write's own lock: the statement's condition, or
 * values the database returned from the statement or from a locking read. It is never what an application loaded
 * earlier: another transaction may have changed the row since.
 *
 * @param before null if no row existed (INSERT)
 * @param after null if no row remains (DELETE, TRUNCATE)
 * @param changed for UPDATE: the columns that may have changed; {@link ColumnSet#ALL} otherwise
 * @param oneWay for INSERT and DELETE: whether the statement that does it only adds rows to the table, or only takes rows from
 *     it, so that no row with the key of one that comes was there before the statement, and none with that of one that goes is
 *     there after it
 * @param orphanOf for DELETE: a row to which each row that goes referred, and that has gone by the same statement; null if there is
 *     none that is known
 */
public record ChangeEvent(
        TableName table,
        Kind kind,
        @Nullable Image before,
        @Nullable Image after,
        ColumnSet changed,
        boolean oneWay,
        @Nullable Referred orphanOf) {

    /** One that takes no row along to which its row referred, as far as is known. */
    public ChangeEvent(
            TableName table,
            Kind kind,
            @Nullable Image before,
            @Nullable Image after,
            ColumnSet changed,
            boolean oneWay) {
        this(table, kind, before, after, changed, oneWay, null);
    }

    /** One of which it is not known what else its statement does to the table. */
    public ChangeEvent(TableName table, Kind kind, @Nullable Image before, @Nullable Image after, ColumnSet changed) {
        this(table, kind, before, after, changed, false);
    }

    /** What was done. */
    public enum Kind {
        INSERT,
        UPDATE,
        DELETE,
        TRUNCATE,
        /** Any of these, any number of times, or not known. */
        ANY
    }

    public static ChangeEvent insert(TableName table, Image after) {
        return new ChangeEvent(table, Kind.INSERT, null, after, ColumnSet.ALL);
    }

    public static ChangeEvent update(TableName table, Image before, Image after, ColumnSet changed) {
        return new ChangeEvent(table, Kind.UPDATE, before, after, changed);
    }

    public static ChangeEvent delete(TableName table, Image before) {
        return new ChangeEvent(table, Kind.DELETE, before, null, ColumnSet.ALL);
    }

    public static ChangeEvent truncate(TableName table) {
        return new ChangeEvent(table, Kind.TRUNCATE, Image.UNKNOWN, null, ColumnSet.ALL);
    }

    /** The same, of a statement that only adds rows to the table, or only takes rows from it. */
    public ChangeEvent asOneWay() {
        return oneWay ? this : new ChangeEvent(table, kind, before, after, changed, true, orphanOf);
    }

    /** The same, of rows that went together with the row to which they referred. */
    public ChangeEvent asOrphanOf(Referred referred) {
        return new ChangeEvent(table, kind, before, after, changed, oneWay, referred);
    }

    /** Anything may have happened to the table. */
    public static ChangeEvent any(TableName table) {
        return new ChangeEvent(table, Kind.ANY, Image.UNKNOWN, Image.UNKNOWN, ColumnSet.ALL);
    }
}
