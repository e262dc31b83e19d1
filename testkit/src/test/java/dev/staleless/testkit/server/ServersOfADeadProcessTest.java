package dev.staleless.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that has started servers is ended from outside: nothing of them may remain. */
class ServersOfADeadProcessTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path temporary;

    @Test
    void serversOfAKilledProcessGoWithTheirFolders() throws Exception {
        List<Long> servers = startServersInAProcessAndEndItBy(Process::destroyForcibly);

        awaitThat(() -> servers.stream().noneMatch(pid -> ProcessHandle.of(pid).isPresent()));
        awaitThat(() -> listed(temporary).isEmpty());
    }

    @Test
    void serversOfATerminatedProcessAreGoneWhenItHasEnded() throws Exception {
        List<Long> servers = startServersInAProcessAndEndItBy(Process::destroy);

        assertThat(servers).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
        assertThat(listed(temporary)).isEmpty();
    }

    private List<Long> startServersInAProcessAndEndItBy(Consumer<Process> end) throws Exception {
        // PostgreSQL, which does not run as root, must be able to enter it.
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Servers.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Long> servers = new ArrayList<>();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            servers.add(Long.valueOf(output.readLine()));
            servers.add(Long.valueOf(output.readLine()));
            assertThat(servers).allMatch(pid -> ProcessHandle.of(pid).isPresent());
            assertThat(listed(temporary)).hasSize(3);
            end.accept(process);
            process.waitFor();
        } finally {
            process.destroyForcibly();
        }
        return servers;
    }

    private static void awaitThat(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() - deadline < 0) {
            Thread.sleep(20);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static List<Path> listed(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Starts both servers, prints their process ids and waits for its end. */
    static final class Servers {
        private Servers() {}

        public static void main(String[] arguments) throws InterruptedException {
            System.out.println(PostgresServer.start().pid());
            System.out.println(RedisServer.start().pid());
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
