package dev.staleless.testkit.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An embedded Redis server on a free port of the loopback interface, empty and without persistence unless its
 * arguments say otherwise. Where the system property {@code tests.redis} names another executable, a newer Redis or Valkey, it is that.
 *
 * <p>Once {@link #stop()} has returned, neither the process nor its folder is there; the same holds soon after the JVM
 * has ended in any way. Not thread-safe, except for the accessors.
 */
public final class RedisServer extends EmbeddedServer {
    /** An executable in place of the embedded one: a newer Redis, or Valkey. */
    private static final @Nullable String OTHER = System.getProperty("tests.redis");

    private static final int ANSWER_TIMEOUT_MILLIS = 1_000;
    private static final Map<String, String> BINARIES = Map.of(
            "linux-amd64", "redis-server-6.2.6-v5-linux-amd64",
            "linux-arm64", "redis-server-6.2.7-linux-arm64",
            "darwin-amd64", "redis-server-6.2.6-v5-darwin-amd64",
            "darwin-arm64", "redis-server-6.2.6-v5-darwin-arm64");

    private final List<String> arguments;
    private final @Nullable String sentinelConfiguration;

    private RedisServer(List<String> arguments, @Nullable String sentinelConfiguration) {
        super("Redis", "staleless-redis-");
        this.arguments = arguments;
        this.sentinelConfiguration = sentinelConfiguration;
    }

    /** Starts a server with the default arguments. */
    public static RedisServer start() {
        return builder().start();
    }

    /**
     * A server of this JVM that all its tests share, started at the first call and stopped when the JVM ends. Tests
     * that use it keep to a namespace of their own, and do not stop it.
     */
    public static RedisServer shared() {
        return Shared.SERVER;
    }

    /** Returns a builder with the default arguments: loopback only, no snapshots, no append-only file. */
    public static Builder builder() {
        return new Builder();
    }

    /** The server's URI, {@code redis://127.0.0.1:PORT}. */
    public String uri() {
        return "redis://127.0.0.1:" + port();
    }

    /** Kills the process at once (SIGKILL); {@link #relaunch()} starts it again. */
    public void kill() {
        process().end(Signal.KILL);
    }

    /** Suspends the process (SIGSTOP): it accepts connections and data, and answers nothing. */
    public void suspend() {
        Signal.STOP.send(pid());
    }

    /** Lets a suspended process go on (SIGCONT). */
    public void resume() {
        Signal.CONT.send(pid());
    }

    /** Starts the server again, on the same port and in the same folder, after it was killed or has ended. */
    public void relaunch() {
        if (isRunning()) {
            throw new IllegalStateException("Redis on port " + port() + " is running");
        }
        launchOn(port());
    }

    @Override
    ServerProcess launch(int onPort) {
        List<String> command = new ArrayList<>(List.of(binary().toString()));
        if (sentinelConfiguration != null) {
            command.addAll(List.of(sentinelFile(sentinelConfiguration), "--sentinel"));
        }
        command.addAll(arguments);
        command.addAll(List.of("--port", Integer.toString(onPort), "--dir", folder().toString()));
        return ServerProcess.start("Redis", guardedFolder(), command);
    }

    /** Sentinel keeps what it knows in its file, which it writes over. */
    private String sentinelFile(String text) {
        try {
            return Files.writeString(folder().resolve("sentinel.conf"), text).toString();
        } catch (IOException e) {
            throw new ServerException("The configuration of Sentinel could not be written", e);
        }
    }

    /** It must be this process that answers, or one that asks for a password first. */
    @Override
    boolean isReady(ServerProcess launched, int onPort) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), onPort)) {
            socket.setSoTimeout(ANSWER_TIMEOUT_MILLIS);
            socket.getOutputStream().write("INFO server\r\n".getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            for (String line = answer.readLine(); line != null; line = answer.readLine()) {
                if (line.startsWith("-") || line.startsWith("process_id:")) {
                    return line.startsWith("-") || line.equals("process_id:" + launched.pid());
                }
            }
            return false;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    boolean saysPortTaken(String log) {
        return log.contains("Address already in use");
    }

    /** Nothing of it is kept, and a suspended process takes no other signal. */
    @Override
    Signal endAtOnce() {
        return Signal.KILL;
    }

    private Path binary() {
        return OTHER == null ? folder().resolve("redis-server") : Path.of(OTHER);
    }

    private static void unpack(Path target) {
        String system = Platform.system() + "-" + Platform.processor();
        String resource = BINARIES.get(system);
        try (InputStream binary = resource == null ? null : open(resource)) {
            if (binary == null) {
                throw new ServerException("No Redis binary for " + system + " on the class path (see the artifact"
                        + " embedded-redis of com.github.codemonstur)");
            }
            Files.copy(binary, target);
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new ServerException("The Redis binary could not be unpacked to " + target, e);
        }
    }

    private static @Nullable InputStream open(String resource) {
        return RedisServer.class.getClassLoader().getResourceAsStream(resource);
    }

    private static final class Shared {
        static final RedisServer SERVER = start();
    }

    /**
     * Starts a Sentinel that watches over a primary alone, gives it up after half a second of silence, and then makes its replica the
     * primary. Its URI is for administration; applications use {@code redis-sentinel://127.0.0.1:PORT#main}.
     */
    public static RedisServer sentinel(RedisServer primary) {
        String text = "sentinel monitor main 127.0.0.1 " + primary.port() + " 1\n"
                + "sentinel down-after-milliseconds main 500\n"
                + "sentinel failover-timeout main 3000\n";
        return builder().start(List.of("--bind", "127.0.0.1"), text);
    }

    /** Collects the arguments of a server. */
    public static final class Builder {
        private final List<String> arguments =
                new ArrayList<>(List.of("--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
        private int port;

        private Builder() {}

        /** Adds command-line arguments, such as {@code "--maxmemory", "10mb"}; they win over the defaults. */
        public Builder arguments(String... more) {
            arguments.addAll(List.of(more));
            return this;
        }

        /** Listens on this port; 0, the default, takes a free one. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /**
         * Starts the server; returns when it answers.
         *
         * @throws ServerException if there is no binary for this system, the server does not start, or the port is
         *     taken
         */
        public RedisServer start() {
            return start(List.copyOf(arguments), null);
        }

        private RedisServer start(List<String> all, @Nullable String sentinel) {
            RedisServer server = new RedisServer(all, sentinel);
            try {
                if (OTHER == null) {
                    unpack(server.binary());
                }
                server.launchOn(port);
                return server;
            } catch (RuntimeException e) {
                server.stop();
                throw e;
            }
        }
    }
}
