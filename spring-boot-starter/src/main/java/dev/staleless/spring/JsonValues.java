package dev.staleless.spring;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values of methods as JSON. A value is only kept if what is read from it is of the same class, and is written as the same JSON; and
 * what is read later is only served if that is written as the same JSON, so that nothing is served that another release of the
 * application has written in another form. Safe for any thread.
 */
final class JsonValues {

    private final JsonMapper mapper = JsonMapper.builder()
            .findAndAddModules()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /** @throws IOException if it does not come back as it is */
    byte[] write(Object value, Type type) throws IOException {
        try {
            byte[] json = mapper.writeValueAsBytes(value);
            Object again = read(json, type);
            boolean alike = again.getClass() == value.getClass()
                    || value instanceof Collection<?> && again instanceof Collection<?>
                    || value instanceof Map<?, ?> && again instanceof Map<?, ?>;
            if (!alike) {
                throw new IOException("as JSON, a " + value.getClass().getName() + " comes back as a "
                        + again.getClass().getName());
            }
            return json;
        } catch (JacksonException e) {
            throw new IOException(e);
        }
    }

    /** @throws IOException if it is not what was written */
    Object read(byte[] json, Type type) throws IOException {
        try {
            JavaType java = mapper.getTypeFactory().constructType(type);
            @Nullable Object value = mapper.readValue(json, java);
            if (value == null || !Arrays.equals(mapper.writeValueAsBytes(value), json)) {
                throw new IOException("a value comes back from JSON as another one: " + type);
            }
            return value;
        } catch (JacksonException e) {
            throw new IOException(e);
        }
    }
}
