package dev.staleless.testkit.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A temporary folder that, with the process that works in it, does not outlive this JVM.
 *
 * <p>A small shell, the watchdog, reads from a pipe whose other end only this JVM holds. If the JVM ends without
 * releasing it, by SIGKILL too, the pipe ends: the watchdog then ends the process it was told of, and removes the
 * folder. It runs in a session of its own, so that Ctrl-C does not reach it.
 */
final class GuardedFolder implements AutoCloseable {
    /** Arguments: the folder. Lines read: the id of the process to end, or "released". */
    private static final String WATCHDOG = """
            trap '' HUP INT TERM
            pid=
            while read -r line; do
              if [ "$line" = released ]; then exit 0; fi
              pid=$line
            done
            if [ -n "$pid" ]; then
              kill -CONT "$pid"
              kill -QUIT "$pid"
              left=50
              while kill -0 "$pid" && [ "$left" -gt 0 ]; do sleep 0.1; left=$((left - 1)); done
              kill -KILL "$pid"
            fi
            rm -rf -- "$1"
            """;

    private final Path path;
    private final OutputStream watchdog;
    private final Thread atExit;
    private boolean closed;

    private GuardedFolder(Path path, OutputStream watchdog, Runnable atExit) {
        this.path = path;
        this.watchdog = watchdog;
        this.atExit = new Thread(atExit, "remove " + path.getFileName());
    }

    /** Creates an empty folder that other users may enter; {@code atExit} runs when the JVM ends in order. */
    static GuardedFolder create(String prefix, Runnable atExit) {
        try {
            Path path = Files.createTempDirectory(prefix).toAbsolutePath();
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            GuardedFolder folder = new GuardedFolder(path, startWatchdog(path), atExit);
            Runtime.getRuntime().addShutdownHook(folder.atExit);
            return folder;
        } catch (IOException e) {
            throw new ServerException(
                    "No temporary folder could be created in " + System.getProperty("java.io.tmpdir"), e);
        }
    }

    private static OutputStream startWatchdog(Path path) throws IOException {
        List<String> command = inOwnSession(List.of("/bin/sh", "-c", WATCHDOG, "sh", path.toString()));
        return new ProcessBuilder(command)
                .directory(path.getRoot().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .getOutputStream();
    }

    /** The command that runs the given one out of reach of the terminal's signals; it keeps its process id. */
    static List<String> inOwnSession(List<String> command) {
        if (Commands.find("setsid") == null) {
            return command;
        }
        List<String> all = new ArrayList<>(List.of("setsid"));
        all.addAll(command);
        return all;
    }

    Path path() {
        return path;
    }

    /** Names the process to end before the folder is removed; it replaces one named before. */
    void guard(Process process) {
        tell(Long.toString(process.pid()));
    }

    private void tell(String line) {
        try {
            watchdog.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            watchdog.flush();
        } catch (IOException e) {
            throw new ServerException("The watchdog of " + path + " is gone", e);
        }
    }

    /** Removes the folder; its process must have ended. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            Files.walkFileTree(path, new Remover());
            tell("released");
            watchdog.close();
        } catch (IOException e) {
            throw new ServerException("Folder " + path + " could not be removed", e);
        }
        forgetExit();
    }

    /** What was to run when the JVM ends in order will not; the watchdog stays. */
    void forgetExit() {
        if (Thread.currentThread() != atExit) {
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException exiting) {
                // The JVM is ending: the hook runs, and finds nothing to do if the folder is gone.
                return;
            }
        }
    }

    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (Files.exists(file)) {
                throw failure;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
