package dev.staleless.jdbc.computed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes values and reads them back. What is read must be as good as what was written; a value that cannot be written is not kept.
 * Safe for any thread.
 */
public interface ValueFormat<T> {

    /** @throws IOException if the value cannot be written: it is not kept then */
    byte[] write(T value) throws IOException;

    /** @throws IOException if these bytes are of another format: the value is computed again then */
    T read(byte[] bytes) throws IOException;

    /** Texts. One with a part of a surrogate pair by itself is not kept. */
    static ValueFormat<String> text() {
        return new ValueFormat<>() {
            @Override
            public byte[] write(String value) throws IOException {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                if (!read(bytes).equals(value)) {
                    throw new IOException("the text has no form in UTF-8");
                }
                return bytes;
            }

            @Override
            public String read(byte[] bytes) {
                return new String(bytes, StandardCharsets.UTF_8);
            }
        };
    }

    /** Bytes as they are. The arrays are not shared. */
    static ValueFormat<byte[]> bytes() {
        return new ValueFormat<>() {
            @Override
            public byte[] write(byte[] value) {
                return value.clone();
            }

            @Override
            public byte[] read(byte[] bytes) {
                return bytes.clone();
            }
        };
    }
}
