package dev.staleless.core.query;

import dev.staleless.core.value.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a cached result, in their order, as far as their values are surely known to who published them. Immutable, safe
 * for any thread. A value is made when it is asked for.
 */
public interface CachedRows {

    /** Makes the rows out of a published result. */
    @FunctionalInterface
    interface Reader {

        /** Nothing is known of any result. */
        Reader NONE = rows -> null;

        /**
         * The rows of a result.
         *
         * @param rows as published; not to be changed
         * @return null if nothing is known, not even how many there are
         */
        @Nullable
        CachedRows read(byte[] rows);
    }

    /** Number of rows. */
    int size();

    /** Number of columns. */
    int columns();

    /**
     * The value that the database gave.
     *
     * @param row zero-based, less than {@link #size}
     * @param column zero-based, less than {@link #columns}
     * @return in the canonical class of some {@link dev.staleless.core.value.ColumnType.Kind} that a column of the value's SQL
     *     type may have, or a string in the notation that {@link dev.staleless.core.value.Values#constant} understands; null
     *     for NULL, {@link Parameters#OPAQUE} if it is not surely known
     */
    @Nullable
    Object value(int row, int column);
}
