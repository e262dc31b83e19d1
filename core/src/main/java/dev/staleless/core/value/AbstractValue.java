package dev.staleless.core.value;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one column of a row, or of a set of rows: a set of values that surely contains the real one. Values
 * are in the canonical Java class of the column's {@link ColumnType.Kind}; the SQL NULL is Java's null.
 */
public sealed interface AbstractValue {

    /** Any value, or NULL. */
    AbstractValue UNKNOWN = new Unknown();

    /** Any value but NULL. */
    AbstractValue NOT_NULL = new NotNull();

    /** NULL. */
    AbstractValue NULL = new Exact(null);

    /** Exactly this value; null for NULL. */
    record Exact(@Nullable Object value) implements AbstractValue {}

    /** One of these values, none of them NULL. At least two. */
    record OneOf(Set<Object> values) implements AbstractValue {
        public OneOf {
            values = Set.copyOf(values);
        }
    }

    /** Not NULL and between two bounds, null where there is none. Bounds are compared as the column's type orders. */
    record Range(
            @Nullable Object low,
            boolean lowInclusive,
            @Nullable Object high,
            boolean highInclusive) implements AbstractValue {}

    /** See {@link #NOT_NULL}. */
    record NotNull() implements AbstractValue {}

    /** See {@link #UNKNOWN}. */
    record Unknown() implements AbstractValue {}
}
