package dev.staleless.testkit.server;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a Redis server on the loopback interface for administration and measurement, with nothing between the caller
 * and the socket. Replies are a {@code String}, a {@code Long}, a list of replies, or null; text is taken as Latin-1, so that bytes
 * survive. Not thread-safe.
 */
public final class RedisConnection implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 60_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    /** Connects. */
    public RedisConnection(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends a command and waits for the reply.
     *
     * @throws ServerException if it is an error
     */
    public @Nullable Object call(String... command) {
        send(command);
        return receive();
    }

    /** Sends a command whose reply is a number. */
    public long number(String... command) {
        return call(command) instanceof Long number ? number : -1;
    }

    /** Sends a command whose reply is text; "" for nil. */
    public String text(String... command) {
        return call(command) instanceof String text ? text : "";
    }

    /** The fields of a section of INFO, or of CLUSTER INFO if the section is {@code cluster-info}. */
    public Map<String, String> info(String section) {
        String text = section.equals("cluster-info") ? text("CLUSTER", "INFO") : text("INFO", section);
        Map<String, String> fields = new HashMap<>();
        text.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        return fields;
    }

    /** Puts a command into the buffer, to be followed by {@link #receive} once for each. */
    public void send(String... command) {
        try {
            write("*" + command.length);
            for (String part : command) {
                byte[] bytes = part.getBytes(StandardCharsets.ISO_8859_1);
                write("$" + bytes.length);
                out.write(bytes);
                out.write('\r');
                out.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends what is in the buffer, and waits for the next reply. */
    public @Nullable Object receive() {
        try {
            out.flush();
            return reply();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String line) throws IOException {
        out.write(line.getBytes(StandardCharsets.ISO_8859_1));
        out.write('\r');
        out.write('\n');
    }

    private @Nullable Object reply() throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+' -> rest;
            case '-' -> throw new ServerException("Redis answered: " + rest);
            case ':' -> Long.parseLong(rest);
            case '$' -> bulk(Integer.parseInt(rest));
            case '*' -> list(Integer.parseInt(rest));
            default -> throw new ServerException("Not a reply of Redis: " + line);
        };
    }

    private @Nullable String bulk(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        byte[] bytes = in.readNBytes(length);
        line();
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private @Nullable List<@Nullable Object> list(int count) throws IOException {
        if (count < 0) {
            return null;
        }
        List<@Nullable Object> replies = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            replies.add(reply());
        }
        return replies;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\r'; next = in.read()) {
            if (next < 0) {
                throw new IOException("Redis ended the connection");
            }
            line.append((char) next);
        }
        if (in.read() != '\n') {
            throw new IOException("Redis ended a line without line feed");
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
