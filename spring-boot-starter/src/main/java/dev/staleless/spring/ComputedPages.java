package dev.staleless.spring;

import dev.staleless.jdbc.computed.Computation;
import dev.staleless.jdbc.computed.ComputedKey;
import dev.staleless.jdbc.computed.ComputedSettings;
import dev.staleless.jdbc.computed.ComputedValues;
import dev.staleless.jdbc.computed.ValueLookup;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.WebRequest;

/**
 * Answers requests by computed pages, with an ETag for each computation: who has the page already is answered 304, and nothing is
 * computed, nor asked of the database, until something that the page was computed from can have changed. Safe for any thread.
 */
public final class ComputedPages {

    private final Supplier<ComputedValues> values;

    ComputedPages(Supplier<ComputedValues> values) {
        this.values = values;
    }

    /**
     * The answer to a request.
     *
     * @param key holds everything of the request that the page depends on, such as the user or the language
     * @param work computes the page
     */
    public <E extends Exception> ResponseEntity<byte[]> page(
            WebRequest request, ComputedKey key, ComputedSettings settings, MediaType type, Computation<String, E> work)
            throws E {
        ValueLookup lookup = values.get().lookup(key, settings, true);
        if (lookup instanceof ValueLookup.Hit hit) {
            byte[] body = hit.bytes();
            return answer(request, hit.tag(), type, body == null ? new byte[0] : body);
        }
        try (ValueLookup.Filling filling = (ValueLookup.Filling) lookup) {
            byte[] body = work.compute().getBytes(StandardCharsets.UTF_8);
            String refusal = filling.keep(body);
            return answer(request, refusal == null ? filling.tag() : null, type, body);
        }
    }

    private static ResponseEntity<byte[]> answer(
            WebRequest request, @Nullable String tag, MediaType type, byte[] body) {
        if (tag == null) {
            return ResponseEntity.ok().contentType(type).body(body);
        }
        String quoted = '"' + tag + '"';
        return request.checkNotModified(quoted)
                ? ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(quoted).build()
                : ResponseEntity.ok().eTag(quoted).contentType(type).body(body);
    }
}
