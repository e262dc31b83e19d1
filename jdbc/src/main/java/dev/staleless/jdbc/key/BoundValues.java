package dev.staleless.jdbc.key;

import dev.staleless.core.value.Parameters;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values bound to a statement, by position. Not safe for several threads. */
public final class BoundValues {
    /** Stands for a value that is bound but not known. */
    private static final Object UNKNOWN = new Object();

    private static final int FIRST_SIZE = 4;
    private static final @Nullable Object[] EMPTY = {};

    /** Null for one that is not bound. */
    private @Nullable Object[] values = EMPTY;

    private int size;

    /**
     * Binds a value.
     *
     * @param index from 1
     * @param value null if it is not known
     */
    public void bind(int index, @Nullable BoundValue value) {
        if (index > values.length) {
            values = Arrays.copyOf(values, Math.max(index, Math.max(FIRST_SIZE, 2 * values.length)));
        }
        size = Math.max(size, index);
        values[index - 1] = value == null ? UNKNOWN : value;
    }

    public void clear() {
        Arrays.fill(values, 0, size, null);
        size = 0;
    }

    /** Their canonical forms; what is not known or not bound is opaque. */
    public Parameters canonical() {
        @Nullable Object[] canonical = new @Nullable Object[size];
        for (int i = 0; i < canonical.length; i++) {
            canonical[i] = values[i] instanceof BoundValue value ? value.canonical() : Parameters.OPAQUE;
        }
        return Parameters.of(canonical);
    }

    /**
     * Why a query with these values cannot be cached, or null if it can.
     *
     * @param count number of parameters of the query
     * @param temporal zero-based indexes of those that may meet a date or time
     */
    @Nullable
    String uncacheable(int count, Set<Integer> temporal) {
        if (size != count) {
            return "not all parameters are bound";
        }
        for (int i = 0; i < count; i++) {
            if (!(values[i] instanceof BoundValue value)) {
                return "the value of parameter " + (i + 1) + " is not known";
            }
            if (temporal.contains(i) && value.mayBeClock()) {
                return "parameter " + (i + 1) + " may be a clock: what it means depends on the time";
            }
        }
        return null;
    }

    /**
     * Values of which each is told from every other by {@code equals}. A snapshot, immutable.
     */
    public static final class Known {
        private final BoundValue[] values;
        private final int hash;

        private Known(BoundValue[] values) {
            this.values = values;
            this.hash = Arrays.hashCode(values);
        }

        /** Characters of the texts among them. */
        public int characters() {
            int characters = 0;
            for (BoundValue value : values) {
                characters += value.value() instanceof String text ? text.length() : 0;
            }
            return characters;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Known known && hash == known.hash && Arrays.equals(values, known.values);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /** These values, or null if one of them is not known, or is of a class whose {@code equals} does not tell them all apart. */
    public @Nullable Known known() {
        BoundValue[] known = new BoundValue[size];
        for (int i = 0; i < known.length; i++) {
            if (!(values[i] instanceof BoundValue value) || !value.isToldByEquals()) {
                return null;
            }
            known[i] = value;
        }
        return new Known(known);
    }

    /**
     * Binds a value to another statement as it was bound to this one; false if that cannot be done.
     *
     * @param index from 1, of the other statement
     * @param of from 1
     */
    public boolean bindTo(PreparedStatement statement, int index, int of) throws SQLException {
        return of <= size && values[of - 1] instanceof BoundValue value && value.bindTo(statement, index);
    }

    void writeTo(KeyDigest digest) {
        digest.number(size);
        for (int i = 0; i < size; i++) {
            if (values[i] instanceof BoundValue bound) {
                bound.writeTo(digest);
            } else {
                throw new IllegalStateException("A value that is not known has no key");
            }
        }
    }
}
