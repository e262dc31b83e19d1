package dev.staleless.core.decision;

import dev.staleless.core.query.CachedRows;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Parameters;
import dev.staleless.core.value.Relation;
import dev.staleless.core.value.Values;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a cached result by the canonical value of one column: two values that the database may call equal have one
 * canonical value, so a row is surely of another value unless it is in the bucket of that value or in that of the rows whose
 * value is not known. Immutable.
 */
final class ColumnIndex {

    private static final int END = -1;

    /** Rows of one value: the first of them, and how many there are. */
    private static final class Bucket {
        private int first = END;
        private int size;
    }

    private final ColumnType type;
    private final @Nullable Object[] keys;

    /** The row after each in its bucket. */
    private final int[] next;

    private final Map<Object, Bucket> buckets = new HashMap<>();
    private final Bucket nulls = new Bucket();
    private final Bucket unknown = new Bucket();

    /** The values in their order; empty if the type has none that every database agrees on. */
    private final Object[] sorted;

    private final @Nullable AbstractValue least;
    private final @Nullable AbstractValue greatest;

    ColumnIndex(CachedRows rows, int column, ColumnType type) {
        this.type = type;
        keys = new Object[rows.size()];
        next = new int[rows.size()];
        for (int row = keys.length - 1; row >= 0; row--) {
            keys[row] = key(rows.value(row, column));
            Bucket bucket = bucket(keys[row]);
            next[row] = bucket.first;
            bucket.first = row;
            bucket.size++;
        }
        sorted = isOrdered(type) ? buckets.keySet().toArray() : new Object[0];
        Arrays.sort(sorted);
        boolean known = sorted.length > 0 && nulls.size == 0 && unknown.size == 0;
        least = known ? new AbstractValue.Exact(sorted[0]) : null;
        greatest = known ? new AbstractValue.Exact(sorted[sorted.length - 1]) : null;
    }

    private Bucket bucket(@Nullable Object key) {
        if (key == null) {
            return nulls;
        }
        return key == Parameters.OPAQUE ? unknown : buckets.computeIfAbsent(key, k -> new Bucket());
    }

    private @Nullable Object key(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        Object canonical = value == Parameters.OPAQUE ? null : Values.canonical(type, value);
        return canonical == null ? Parameters.OPAQUE : canonical;
    }

    /** Kinds whose canonical values Java compares as every database does. */
    private static boolean isOrdered(ColumnType type) {
        return switch (type.kind()) {
            case INTEGER, DECIMAL, DATE, TIME, TIMESTAMP, TIMESTAMP_TZ -> true;
            default -> false;
        };
    }

    /** The least value; null if there is none, or not every row surely has one, or if it is not known how they are ordered. */
    @Nullable
    AbstractValue least() {
        return least;
    }

    /** The greatest value; null as for {@link #least}. */
    @Nullable
    AbstractValue greatest() {
        return greatest;
    }

    /** Whether there may be a row whose value is one of those. */
    boolean mayHold(AbstractValue value) {
        if (unknown.size > 0 || value instanceof AbstractValue.Unknown) {
            return true;
        }
        if (value instanceof AbstractValue.Exact exact) {
            return mayHold(exact.value());
        }
        if (value instanceof AbstractValue.OneOf oneOf) {
            for (Object one : oneOf.values()) {
                if (mayHold(one)) {
                    return true;
                }
            }
            return false;
        }
        return value instanceof AbstractValue.Range range && isOrdered(type) ? mayHold(range) : !buckets.isEmpty();
    }

    private boolean mayHold(@Nullable Object value) {
        if (value == null) {
            return nulls.size > 0;
        }
        Object canonical = Values.canonical(type, value);
        return canonical == null || buckets.containsKey(canonical);
    }

    /** Looks at the least value that is not below the range. */
    private boolean mayHold(AbstractValue.Range range) {
        int at = 0;
        if (range.low() != null) {
            Object low = Values.canonical(type, range.low());
            if (low == null) {
                return !buckets.isEmpty();
            }
            at = Arrays.binarySearch(sorted, low);
            at = at < 0 ? -at - 1 : range.lowInclusive() ? at : at + 1;
        }
        if (at >= sorted.length) {
            return false;
        }
        int outcomes = Relation.between(type, new AbstractValue.Exact(sorted[at]), range);
        return (outcomes & Relation.EQUAL) != 0;
    }

    /** How many rows may have this value, which is not NULL. */
    int count(Object canonical) {
        Bucket bucket = buckets.get(canonical);
        return unknown.size + (bucket == null ? 0 : bucket.size);
    }

    /** The first row that surely has this value, or -1; {@link #next} gives the others. */
    int first(Object canonical) {
        Bucket bucket = buckets.get(canonical);
        return bucket == null ? END : bucket.first;
    }

    /** The first row whose value is not known, or -1; {@link #next} gives the others. */
    int firstUnknown() {
        return unknown.first;
    }

    int next(int row) {
        return next[row];
    }

    /** Whether a row surely has NULL there. */
    boolean isNull(int row) {
        return keys[row] == null;
    }

    /** Whether a row surely has this value. */
    boolean has(int row, Object canonical) {
        return canonical.equals(keys[row]);
    }

    /** Whether a row may have this value, which is not NULL. */
    boolean mayHave(int row, Object canonical) {
        Object key = keys[row];
        return key == Parameters.OPAQUE || canonical.equals(key);
    }
}
