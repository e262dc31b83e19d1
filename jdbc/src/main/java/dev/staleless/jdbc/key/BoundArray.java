package dev.staleless.jdbc.key;

import dev.staleless.core.value.ArrayValue;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An array as it is given to {@link Connection#createArrayOf}: of a type and of elements that every driver sends as what they are.
 * Immutable: the elements are copied.
 */
public final class BoundArray {
    private static final Set<Class<?>> INTEGERS = Set.of(Short.class, Integer.class, Long.class);

    /** Classes of elements by the name of their type. */
    private static final Map<String, Set<Class<?>>> ELEMENTS = Map.ofEntries(
            Map.entry("int2", INTEGERS),
            Map.entry("smallint", INTEGERS),
            Map.entry("int4", INTEGERS),
            Map.entry("int", INTEGERS),
            Map.entry("integer", INTEGERS),
            Map.entry("int8", INTEGERS),
            Map.entry("bigint", INTEGERS),
            Map.entry("numeric", Set.of(BigDecimal.class)),
            Map.entry("decimal", Set.of(BigDecimal.class)),
            Map.entry("text", Set.of(String.class)),
            Map.entry("varchar", Set.of(String.class)),
            Map.entry("uuid", Set.of(UUID.class)),
            Map.entry("bool", Set.of(Boolean.class)),
            Map.entry("boolean", Set.of(Boolean.class)));

    private final String type;
    private final Object[] elements;

    private BoundArray(String type, Object[] elements) {
        this.type = type;
        this.elements = elements;
    }

    /** The array, or null if what is sent for it is not certain. */
    public static @Nullable BoundArray of(@Nullable String type, Object @Nullable [] elements) {
        Set<Class<?>> classes = type == null ? null : ELEMENTS.get(type.toLowerCase(Locale.ROOT));
        if (type == null || classes == null || elements == null) {
            return null;
        }
        for (Object element : elements) {
            if (element != null && !classes.contains(element.getClass())) {
                return null;
            }
        }
        return new BoundArray(type, elements.clone());
    }

    /** The driver's array. */
    public Array on(Connection connection) throws SQLException {
        return connection.createArrayOf(type, elements.clone());
    }

    /** Whether one of the elements may be a text that means a time. */
    boolean mayBeClock() {
        for (Object element : elements) {
            if (element instanceof String text && !BoundValue.isDate(text)) {
                return true;
            }
        }
        return false;
    }

    ArrayValue canonical() {
        return canonical(elements);
    }

    /** Elements of the classes named here, in canonical form. */
    static ArrayValue canonical(Object[] elements) {
        @Nullable Object[] values = new @Nullable Object[elements.length];
        for (int i = 0; i < values.length; i++) {
            boolean small = elements[i] instanceof Short || elements[i] instanceof Integer;
            values[i] = small ? (Object) ((Number) elements[i]).longValue() : elements[i];
        }
        return ArrayValue.of(values);
    }

    void writeTo(KeyDigest digest) {
        digest.text(type);
        write(elements, digest);
    }

    static void write(Object[] elements, KeyDigest digest) {
        digest.number(elements.length);
        for (Object element : elements) {
            if (element == null) {
                digest.number(-1);
            } else {
                digest.text(element.getClass().getName());
                digest.text(element.toString());
            }
        }
    }
}
