package dev.staleless.core.value;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values bound to the {@code ?} of a statement, in order of their appearance, in canonical form (see {@link
 * ColumnType.Kind}). Immutable. A value without canonical form (a stream, an array, a driver's own class) is {@link
 * #OPAQUE}.
 */
public final class Parameters {

    /** Stands for a bound value of which nothing is known. */
    public static final Object OPAQUE = new Object() {
        @Override
        public String toString() {
            return "(opaque)";
        }
    };

    public static final Parameters NONE = new Parameters(new Object[0]);

    private final @Nullable Object[] values;

    private Parameters(@Nullable Object[] values) {
        this.values = values;
    }

    public static Parameters of(@Nullable Object... values) {
        return new Parameters(values.clone());
    }

    public int size() {
        return values.length;
    }

    /** The value at the zero-based index: null for NULL, {@link #OPAQUE} if unknown or never bound. */
    public @Nullable Object get(int index) {
        return index < values.length ? values[index] : OPAQUE;
    }

    public List<@Nullable Object> asList() {
        return Arrays.asList(values.clone());
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
