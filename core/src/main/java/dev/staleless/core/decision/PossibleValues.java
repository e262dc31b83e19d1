package dev.staleless.core.decision;

import dev.staleless.core.expression.Casts;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Parameters;
import dev.staleless.core.value.Relation;
import dev.staleless.core.value.Values;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what a value may be into one statement that contains all of it. */
final class PossibleValues {

    private static final int MAX_VALUES = 64;

    private final Set<Object> values = new LinkedHashSet<>();
    private @Nullable AbstractValue only;
    private boolean several;
    private boolean maybeNull;
    private boolean anyValue;

    /** Adds everything that a statement contains. */
    void add(AbstractValue value) {
        several |= only != null && !only.equals(value);
        only = value;
        if (value instanceof AbstractValue.Exact exact) {
            if (exact.value() == null) {
                maybeNull = true;
            } else {
                values.add(exact.value());
            }
        } else if (value instanceof AbstractValue.OneOf oneOf) {
            values.addAll(oneOf.values());
        } else {
            anyValue = true;
            maybeNull |= value instanceof AbstractValue.Unknown;
        }
    }

    /** The statement. */
    AbstractValue value() {
        if (!several) {
            return Objects.requireNonNullElse(only, AbstractValue.UNKNOWN);
        }
        boolean many = anyValue || values.size() > MAX_VALUES;
        if (maybeNull) {
            return !many && values.isEmpty() ? AbstractValue.NULL : AbstractValue.UNKNOWN;
        }
        return many || values.isEmpty()
                ? AbstractValue.NOT_NULL
                : values.size() == 1
                        ? new AbstractValue.Exact(values.iterator().next())
                        : new AbstractValue.OneOf(values);
    }

    /** The values of a statement that lists them. */
    static List<Object> each(AbstractValue value) {
        if (value instanceof AbstractValue.OneOf oneOf) {
            return List.copyOf(oneOf.values());
        }
        return value instanceof AbstractValue.Exact exact && exact.value() != null ? List.of(exact.value()) : List.of();
    }

    /** A computed value as one of a type; only that it is not NULL where the type may not hold it. */
    static AbstractValue fitting(ColumnType type, Object value) {
        Object constant = value instanceof Long number && type.kind() == ColumnType.Kind.INTEGER
                ? Casts.fits(type, number) ? number : Parameters.OPAQUE
                : Values.constant(type, value);
        return constant == null || constant == Parameters.OPAQUE
                ? AbstractValue.NOT_NULL
                : new AbstractValue.Exact(constant);
    }

    /** What a cast makes of a value. */
    static AbstractValue cast(@Nullable ColumnType from, ColumnType to, AbstractValue value) {
        if (!Relation.mayBeValue(value) || value instanceof AbstractValue.Unknown) {
            return value;
        }
        boolean listed = value instanceof AbstractValue.Exact || value instanceof AbstractValue.OneOf;
        if (!listed || (from != null && from.kind() == ColumnType.Kind.OTHER)) {
            return from != null && from.kind() == ColumnType.Kind.OTHER
                    ? AbstractValue.UNKNOWN
                    : AbstractValue.NOT_NULL;
        }
        PossibleValues results = new PossibleValues();
        for (Object one : each(value)) {
            Object result = Casts.apply(from, to, one);
            results.add(result == Parameters.OPAQUE ? AbstractValue.NOT_NULL : fitting(to, result));
        }
        return results.value();
    }
}
