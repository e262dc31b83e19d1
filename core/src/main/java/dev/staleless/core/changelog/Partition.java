package dev.staleless.core.changelog;

import dev.staleless.core.catalog.TableName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One log of a table's changelog. Partitions are only a filter: the decision is made on every event read, so two values
 * that hash alike are harmless.
 *
 * <p>The rest logs of a table are a fixed number, and a partition column's name says which is its own. So a writer that does not
 * know which partition columns others use can still append to every log that they may read; two columns that share a rest log
 * see each other's unknown values, which is harmless too.
 *
 * @param column for {@link Kind#VALUE} the partition column; null otherwise
 * @param hash for {@link Kind#VALUE} the hash of the column's value in canonical form; for {@link Kind#REST} the log's number;
 *     0 otherwise
 */
public record Partition(
        TableName table, Kind kind, @Nullable String column, long hash) {

    /** Number of a table's rest logs. */
    public static final int RESTS = 32;

    /** Which change events a log receives. */
    public enum Kind {
        /** Every change event of the table. */
        TABLE,
        /** Those with a before or after value of the partition column that hashes to {@link Partition#hash()}. */
        VALUE,
        /** {@code table:*n}: those in which the before or after value of a partition column of this log is not known. */
        REST
    }

    public static Partition table(TableName table) {
        return new Partition(table, Kind.TABLE, null, 0);
    }

    /** The log of the events in which this column's value is not known. */
    public static Partition rest(TableName table, String column) {
        return rest(table, number(column));
    }

    /** The rest log of a number. */
    public static Partition rest(TableName table, int number) {
        if (number < 0 || number >= RESTS) {
            throw new IllegalArgumentException(
                    "rest log number = " + number + ": 0 to " + (RESTS - 1) + " are allowed");
        }
        return new Partition(table, Kind.REST, null, number);
    }

    /** Every rest log: those of all columns, known here or not. */
    public static List<Partition> rests(TableName table) {
        List<Partition> rests = new ArrayList<>(RESTS);
        for (int number = 0; number < RESTS; number++) {
            rests.add(rest(table, number));
        }
        return rests;
    }

    /** 32 bit FNV-1a over the name, folded: the same on every node. */
    private static int number(String column) {
        int hash = 0x811c9dc5;
        for (byte octet : column.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xff)) * 0x01000193;
        }
        return (hash ^ hash >>> 16) & (RESTS - 1);
    }

    public static Partition value(TableName table, String column, long hash) {
        return new Partition(table, Kind.VALUE, column, hash);
    }

    /** The name under which a store keeps the log; unique among partitions. */
    public String name() {
        return switch (kind) {
            case TABLE -> table.toString();
            case REST -> table + ":*" + Long.toHexString(hash);
            case VALUE -> table + ":" + column + "=" + Long.toHexString(hash);
        };
    }

    @Override
    public String toString() {
        return name();
    }
}
