package dev.staleless.core.change;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A set of columns of one table, or all of them. */
public final class ColumnSet {

    /** Every column, those that are not named anywhere included. */
    public static final ColumnSet ALL = new ColumnSet(null);

    public static final ColumnSet NONE = new ColumnSet(Set.of());

    private final @Nullable Set<String> names;

    /** The names once more, to be gone through without an iterator. */
    private final String[] list;

    private ColumnSet(@Nullable Set<String> names) {
        this.names = names;
        this.list = names == null ? new String[0] : names.toArray(new String[0]);
    }

    public static ColumnSet of(Set<String> names) {
        return new ColumnSet(Set.copyOf(names));
    }

    /** The names, or null if this is {@link #ALL}. */
    public @Nullable Set<String> names() {
        return names;
    }

    public boolean isAll() {
        return names == null;
    }

    public boolean contains(String column) {
        return names == null || names.contains(column);
    }

    /** Whether the two sets may share a column. {@link #ALL} shares one with every set but the empty one. */
    public boolean intersects(ColumnSet other) {
        if (names == null) {
            return other.names == null || !other.names.isEmpty();
        }
        for (String name : list) {
            if (other.contains(name)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ColumnSet set && java.util.Objects.equals(names, set.names);
    }

    @Override
    public int hashCode() {
        return java.util.Objects.hashCode(names);
    }

    @Override
    public String toString() {
        return names == null ? "(all)" : names.toString();
    }
}
