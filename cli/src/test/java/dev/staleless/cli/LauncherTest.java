package dev.staleless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./staleless} says on a machine that lacks something. */
class LauncherTest {
    private static final String TOOLS = "/usr/bin:/bin";

    @TempDir
    private Path folder;

    @Test
    void tooOldJavaIsRefused() throws Exception {
        Path home = javaThatSays("openjdk version \"11.0.22\" 2024-01-16");

        Outcome outcome = launch(Map.of("JAVA_HOME", home.toString(), "PATH", TOOLS));

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.error()).contains("is Java 11, too old: Staleless needs a JDK, version 17 or newer.");
    }

    @Test
    void javaThatCountsFromOneIsTooOld() throws Exception {
        Path home = javaThatSays("java version \"1.8.0_392\"");

        Outcome outcome = launch(Map.of("JAVA_HOME", home.toString(), "PATH", TOOLS));

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.error()).contains("is Java 8, too old");
    }

    @Test
    void javaHomeWithoutJavaIsNamed() throws Exception {
        Outcome outcome = launch(Map.of("JAVA_HOME", folder.toString(), "PATH", TOOLS));

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.error()).contains("JAVA_HOME is " + folder);
    }

    @Test
    void missingJavaIsSaid() throws Exception {
        Path tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : new String[] {"bash", "dirname", "readlink"}) {
            Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
        }

        Outcome outcome = launch(Map.of("PATH", tools.toString()));

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.error()).contains("No Java found. Install a JDK, version 17 or newer");
    }

    private record Outcome(int exitCode, String error) {}

    private Path javaThatSays(String version) throws IOException {
        Path home = Files.createDirectory(folder.resolve("java"));
        Path java = Files.createDirectory(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho '" + version + "' >&2\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }

    private static Outcome launch(Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of("..", "staleless").toAbsolutePath().normalize().toString(), "version");
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), error);
    }
}
