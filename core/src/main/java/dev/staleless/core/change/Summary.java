package dev.staleless.core.change;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.value.AbstractValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One change event whose images cover those of many events of one table: every row that one of them describes is described
 * by it too. Not safe for several threads.
 */
public final class Summary {

    /** More different values of a column than this become a range, or "not null". */
    static final int MAX_VALUES = 128;

    private final TableName table;
    private ChangeEvent.@Nullable Kind kind;
    private final Side before = new Side();
    private final Side after = new Side();
    private final Set<String> changed = new HashSet<>();
    private boolean changedAll;
    private boolean oneWay = true;
    private @Nullable Referred orphanOf;

    public Summary(TableName table) {
        this.table = table;
    }

    /** Covers one more event, which is of the table. */
    public void add(ChangeEvent event) {
        boolean same = kind == null || Objects.equals(orphanOf, event.orphanOf());
        orphanOf = same ? event.orphanOf() : null;
        kind = kind == null || kind == event.kind() ? event.kind() : ChangeEvent.Kind.ANY;
        oneWay &= event.oneWay();
        before.add(event.before());
        after.add(event.after());
        Set<String> names = event.changed().names();
        if (names == null) {
            changedAll = true;
        } else {
            changed.addAll(names);
        }
    }

    /** The event that covers all that were added, of which there is at least one. */
    public ChangeEvent event() {
        if (kind == null) {
            throw new IllegalStateException("nothing was added");
        }
        ColumnSet columns = kind == ChangeEvent.Kind.UPDATE && !changedAll ? ColumnSet.of(changed) : ColumnSet.ALL;
        boolean known = kind != ChangeEvent.Kind.ANY;
        return new ChangeEvent(
                table, kind, before.image(), after.image(), columns, oneWay && known, known ? orphanOf : null);
    }

    /** The before images, or the after images. */
    private static final class Side {
        /** Null until the first image. A column that is missing is unknown. */
        private @Nullable Map<String, Values> columns;

        void add(@Nullable Image image) {
            if (image == null) {
                return;
            }
            if (columns == null) {
                columns = new HashMap<>();
                for (Map.Entry<String, AbstractValue> column : image.values().entrySet()) {
                    columns.put(column.getKey(), new Values(column.getValue()));
                }
                return;
            }
            columns.keySet().retainAll(image.values().keySet());
            columns.forEach((name, values) -> values.add(image.get(name)));
        }

        @Nullable
        Image image() {
            if (columns == null) {
                return null;
            }
            Map<String, AbstractValue> values = new HashMap<>();
            columns.forEach((name, column) -> values.put(name, column.value()));
            return new Image(values);
        }
    }

    /** The union of a column's values: {@code some}, if not null, are all there are; else {@code cover} holds them. */
    private static final class Values {
        private @Nullable Set<Object> some = new HashSet<>();
        private boolean allNull = true;
        private AbstractValue cover = AbstractValue.UNKNOWN;

        Values(AbstractValue first) {
            addFirst(first);
        }

        private void addFirst(AbstractValue first) {
            if (first instanceof AbstractValue.Exact exact && exact.value() == null) {
                return;
            }
            allNull = false;
            if (first instanceof AbstractValue.Exact exact && exact.value() != null) {
                some = new HashSet<>(Set.of(exact.value()));
            } else if (first instanceof AbstractValue.OneOf oneOf) {
                some = new HashSet<>(oneOf.values());
                limit();
            } else {
                some = null;
                cover = first;
            }
        }

        void add(AbstractValue value) {
            boolean nullAdded = value instanceof AbstractValue.Exact exact && exact.value() == null;
            if (allNull || nullAdded) {
                if (!(allNull && nullAdded)) {
                    allNull = false;
                    some = null;
                    cover = AbstractValue.UNKNOWN;
                }
                return;
            }
            if (some != null && value instanceof AbstractValue.Exact exact && exact.value() != null) {
                some.add(exact.value());
                limit();
            } else if (some != null && value instanceof AbstractValue.OneOf oneOf) {
                some.addAll(oneOf.values());
                limit();
            } else {
                cover = union(value(), value);
                some = null;
            }
        }

        private void limit() {
            if (some != null && some.size() > MAX_VALUES) {
                cover = rangeOf(some);
                some = null;
            }
        }

        AbstractValue value() {
            if (allNull) {
                return AbstractValue.NULL;
            }
            if (some == null) {
                return cover;
            }
            return some.size() == 1 ? new AbstractValue.Exact(some.iterator().next()) : new AbstractValue.OneOf(some);
        }
    }

    /** A value that holds both, neither of which is NULL alone. */
    private static AbstractValue union(AbstractValue one, AbstractValue other) {
        if (one.equals(other)) {
            return one;
        }
        if (one instanceof AbstractValue.Unknown || other instanceof AbstractValue.Unknown) {
            return AbstractValue.UNKNOWN;
        }
        AbstractValue.Range left = asRange(one);
        AbstractValue.Range right = asRange(other);
        if (left == null || right == null) {
            return AbstractValue.NOT_NULL;
        }
        Object low = outer(left.low(), right.low(), -1);
        Object high = outer(left.high(), right.high(), 1);
        // bounds are made inclusive: that only widens
        return low == null && high == null ? AbstractValue.NOT_NULL : new AbstractValue.Range(low, true, high, true);
    }

    private static AbstractValue.@Nullable Range asRange(AbstractValue value) {
        AbstractValue found = value;
        if (value instanceof AbstractValue.Exact exact && exact.value() != null) {
            found = rangeOf(Set.of(exact.value()));
        } else if (value instanceof AbstractValue.OneOf oneOf) {
            found = rangeOf(oneOf.values());
        }
        return found instanceof AbstractValue.Range range ? range : null;
    }

    private static AbstractValue rangeOf(Set<Object> values) {
        Object low = null;
        Object high = null;
        boolean first = true;
        for (Object value : values) {
            low = first ? value : outer(low, value, -1);
            high = first ? value : outer(high, value, 1);
            first = false;
            if (low == null || high == null || !ordered(value)) {
                return AbstractValue.NOT_NULL;
            }
        }
        return new AbstractValue.Range(low, true, high, true);
    }

    /** The lower (sign -1) or higher (sign 1) of two bounds; null, which is no bound, if one is null or they do not compare. */
    private static @Nullable Object outer(@Nullable Object one, @Nullable Object other, int sign) {
        if (one == null || other == null || one.getClass() != other.getClass() || !ordered(one)) {
            return null;
        }
        @SuppressWarnings("unchecked")
        Comparable<Object> comparable = (Comparable<Object>) one;
        return Integer.signum(comparable.compareTo(other)) * sign >= 0 ? one : other;
    }

    /** Whether Java orders the values of this class as every database does. Not strings: that depends on the collation. */
    private static boolean ordered(Object value) {
        return value instanceof Long
                || value instanceof BigDecimal
                || value instanceof LocalDate
                || value instanceof LocalTime
                || value instanceof LocalDateTime
                || value instanceof Instant;
    }
}
