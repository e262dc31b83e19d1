package dev.staleless.core.change;

import dev.staleless.core.value.AbstractValue;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * What is known of the changed row, or of all the changed rows, on one side of the change: column name to abstract value.
 * A column that is not named is unknown. A row image read from the database is the special case where all are exact.
 */
public record Image(Map<String, AbstractValue> values) {

    /** An image of which nothing is known. */
    public static final Image UNKNOWN = new Image(Map.of());

    public Image {
        // looked up for every condition of every query decided on: faster than an immutable map's own lookup
        values = Collections.unmodifiableMap(new HashMap<>(Map.copyOf(values)));
    }

    public AbstractValue get(String column) {
        AbstractValue value = values.get(column);
        return value == null ? AbstractValue.UNKNOWN : value;
    }
}
