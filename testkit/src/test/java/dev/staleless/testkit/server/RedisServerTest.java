package dev.staleless.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RedisServerTest {
    @Test
    void answersWithTheGivenArguments() throws IOException {
        try (RedisServer server =
                RedisServer.builder().arguments("--maxmemory", "7mb").start()) {
            assertThat(ask(server, "PING")).isEqualTo("+PONG");
            assertThat(ask(server, "CONFIG GET maxmemory")).isEqualTo("*2");
            assertThat(info(server, "maxmemory:")).isEqualTo("7340032");
        }
    }

    @Test
    void passwordIsNoObstacleToTheStart() throws IOException {
        try (RedisServer server =
                RedisServer.builder().arguments("--requirepass", "secret").start()) {
            assertThat(ask(server, "PING")).startsWith("-NOAUTH");
        }
    }

    @Test
    void stopLeavesNeitherProcessNorFolder() {
        RedisServer server = RedisServer.start();
        long pid = server.pid();
        Path folder = server.folder();

        server.stop();
        server.stop();

        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(folder).doesNotExist();
        assertThat(server.isRunning()).isFalse();
    }

    @Test
    void killedServerComesBackEmptyOnTheSamePort() throws IOException {
        try (RedisServer server = RedisServer.start()) {
            int port = server.port();
            String runId = info(server, "run_id:");
            assertThat(ask(server, "SET a 1")).isEqualTo("+OK");

            server.kill();
            assertThat(server.isRunning()).isFalse();
            server.relaunch();

            assertThat(server.port()).isEqualTo(port);
            assertThat(ask(server, "GET a")).isEqualTo("$-1");
            assertThat(info(server, "run_id:")).isNotEqualTo(runId);
        }
    }

    @Test
    void suspendedServerAnswersNothingUntilItIsResumed() throws IOException {
        try (RedisServer server = RedisServer.start()) {
            server.suspend();
            assertThat(server.isRunning()).isTrue();
            assertThatThrownBy(() -> ask(server, "PING", 200)).isInstanceOf(SocketTimeoutException.class);

            server.resume();
            assertThat(ask(server, "PING")).isEqualTo("+PONG");
        }
    }

    @Test
    void suspendedServerCanBeStopped() {
        RedisServer server = RedisServer.start();
        server.suspend();

        server.stop();

        assertThat(server.folder()).doesNotExist();
    }

    @Test
    void takenPortIsReportedInTheServersWords() {
        try (RedisServer server = RedisServer.start()) {
            assertThatThrownBy(() -> RedisServer.builder().port(server.port()).start())
                    .isInstanceOf(ServerException.class)
                    .hasMessageContaining("Address already in use");
        }
    }

    @Test
    void runningServerIsNotLaunchedAgain() {
        try (RedisServer server = RedisServer.start()) {
            assertThatThrownBy(server::relaunch).isInstanceOf(IllegalStateException.class);
        }
    }

    private static String ask(RedisServer server, String command) throws IOException {
        return ask(server, command, 10_000);
    }

    private static String ask(RedisServer server, String command, int timeoutMillis) throws IOException {
        try (Socket socket = connect(server, command, timeoutMillis)) {
            return reader(socket).readLine();
        }
    }

    private static String info(RedisServer server, String field) throws IOException {
        try (Socket socket = connect(server, "INFO", 10_000)) {
            BufferedReader reader = reader(socket);
            String line = reader.readLine();
            while (!line.startsWith(field)) {
                line = reader.readLine();
            }
            return line.substring(field.length());
        }
    }

    private static Socket connect(RedisServer server, String command, int timeoutMillis) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(timeoutMillis);
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }
}
