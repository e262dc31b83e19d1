package dev.staleless.jdbc.jackson;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.staleless.jdbc.computed.ValueFormat;
import java.io.IOException;
import java.util.Arrays;

/**
 * Values as JSON. What is read is written again and compared: a value that would come back as another one is not kept, and one that
 * another release of the application has kept in another form is computed again. A field that the mapper does not write is lost.
 */
public final class JacksonFormat<T> implements ValueFormat<T> {

    private final ObjectMapper mapper;
    private final JavaType type;

    private JacksonFormat(ObjectMapper mapper, JavaType type) {
        this.mapper = mapper.copy()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
        this.type = type;
    }

    /** @param mapper knows the modules that the class needs; it is copied */
    public static <T> ValueFormat<T> of(ObjectMapper mapper, Class<T> type) {
        return new JacksonFormat<>(mapper, mapper.constructType(type));
    }

    /** As {@link #of(ObjectMapper, Class)}, for a type with arguments. */
    public static <T> ValueFormat<T> of(ObjectMapper mapper, TypeReference<T> type) {
        return new JacksonFormat<>(mapper, mapper.constructType(type));
    }

    @Override
    public byte[] write(T value) throws IOException {
        byte[] json = mapper.writeValueAsBytes(value);
        var unused = read(json);
        return json;
    }

    @Override
    public T read(byte[] bytes) throws IOException {
        T value = mapper.readValue(bytes, type);
        if (!Arrays.equals(mapper.writeValueAsBytes(value), bytes)) {
            throw new IOException("a value comes back from JSON as another one: " + type);
        }
        return value;
    }
}
