package dev.staleless.core.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bound array of one dimension. Immutable.
 *
 * @param elements in canonical form, null for NULL, {@link Parameters#OPAQUE} for what is not known
 */
public record ArrayValue(List<@Nullable Object> elements) {

    public ArrayValue {
        elements = Collections.unmodifiableList(new ArrayList<>(elements));
    }

    public static ArrayValue of(@Nullable Object... elements) {
        return new ArrayValue(Arrays.asList(elements));
    }
}
