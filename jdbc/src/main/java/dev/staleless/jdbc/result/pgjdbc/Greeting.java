package dev.staleless.jdbc.result.pgjdbc;

import dev.staleless.jdbc.result.bytes.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a server sends to a client that connects without password: authentication is not needed, its parameters, a key to cancel
 * by, ready (PostgreSQL documentation, "Message Formats").
 */
final class Greeting {
    private final ByteSink sink = new ByteSink(Integer.MAX_VALUE - 8);

    private Greeting() {}

    static byte[] of(Map<String, String> parameters) {
        Greeting greeting = new Greeting();
        greeting.header('R', 4);
        greeting.sink.writeInt(0);
        parameters.forEach(greeting::parameter);
        greeting.header('K', 8);
        greeting.sink.writeInt(0);
        greeting.sink.writeInt(0);
        greeting.header('Z', 1);
        greeting.sink.writeByte('I');
        byte[] bytes = greeting.sink.toBytes();
        return bytes == null ? new byte[0] : bytes;
    }

    private void parameter(String name, String value) {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        byte[] valueBytes = value.getBytes(StandardCharsets.UTF_8);
        header('S', nameBytes.length + valueBytes.length + 2);
        string(nameBytes);
        string(valueBytes);
    }

    private void header(char type, int length) {
        sink.writeByte(type);
        sink.writeInt(length + 4);
    }

    private void string(byte[] bytes) {
        for (byte b : bytes) {
            sink.writeByte(b);
        }
        sink.writeByte(0);
    }
}
