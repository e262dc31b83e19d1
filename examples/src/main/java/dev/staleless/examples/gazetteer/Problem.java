package dev.staleless.examples.gazetteer;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request that failed.
 *
 * @param field the field at fault, where it is one
 * @param allowed what the field may be
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(
        int status,
        String message,
        @Nullable String field,
        @Nullable String allowed) {

    static Problem of(int status, String message) {
        return new Problem(status, message, null, null);
    }
}
