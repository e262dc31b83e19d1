package dev.staleless.core.changelog;

import dev.staleless.core.catalog.TableName;
import org.jspecify.annotations.Nullable;

/**
 * One log of a table's changelog. Partitions are only a filter: the decision is made on every event read, so two values
 * that hash alike are harmless.
 *
 * @param column for {@link Kind#VALUE} the partition column; null otherwise
 * @param hash for {@link Kind#VALUE} the hash of the column's value in canonical form; 0 otherwise
 */
public record Partition(
        TableName table, Kind kind, @Nullable String column, long hash) {

    /** Which change events a log receives. */
    public enum Kind {
        /** Every change event of the table. */
        TABLE,
        /** Those with a before or after value of the partition column that hashes to {@link Partition#hash()}. */
        VALUE,
        /** {@code table:*}: those in which the before or after value of some partition column is not known. */
        REST
    }

    public static Partition table(TableName table) {
        return new Partition(table, Kind.TABLE, null, 0);
    }

    public static Partition rest(TableName table) {
        return new Partition(table, Kind.REST, null, 0);
    }

    public static Partition value(TableName table, String column, long hash) {
        return new Partition(table, Kind.VALUE, column, hash);
    }

    /** The name under which a store keeps the log; unique among partitions. */
    public String name() {
        return switch (kind) {
            case TABLE -> table.toString();
            case REST -> table + ":*";
            case VALUE -> table + ":" + column + "=" + Long.toHexString(hash);
        };
    }

    @Override
    public String toString() {
        return name();
    }
}
