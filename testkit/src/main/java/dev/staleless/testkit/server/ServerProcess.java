package dev.staleless.testkit.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A running server process with its log file, guarded by the watchdog of its folder. */
final class ServerProcess {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration END = Duration.ofMinutes(1);
    private static final int LOG_TAIL = 4_000;

    private final String name;
    private final Process process;
    private final Path log;

    private ServerProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts a command whose working directory is the folder and whose output goes to a log file in it. */
    static ServerProcess start(String name, GuardedFolder folder, List<String> command) {
        Path log = folder.path().resolve("log");
        ProcessBuilder builder = new ProcessBuilder(GuardedFolder.inOwnSession(command))
                .directory(folder.path().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // The caller's PGPORT, PGOPTIONS, LANG and the like are not meant for this server.
        builder.environment().keySet().removeIf(variable -> variable.startsWith("PG") || variable.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            folder.guard(process);
            return new ServerProcess(name, process, log);
        } catch (IOException e) {
            throw new ServerException(name + " could not be started: " + e.getMessage(), e);
        }
    }

    /** A port that was free just now; another process may take it before the server does. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new ServerException("No free port", e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until the server is ready; false if it ended before. */
    boolean awaitReady(BooleanSupplier ready) {
        long deadline = System.nanoTime() + START.toNanos();
        while (!ready.getAsBoolean()) {
            if (!process.isAlive()) {
                return false;
            }
            if (System.nanoTime() - deadline > 0) {
                end(Signal.KILL);
                throw new ServerException(name + " was not ready after " + START + "; its log ends:\n" + logTail());
            }
            pause();
        }
        return true;
    }

    private void pause() {
        try {
            // Also returns at once when the process ends.
            process.waitFor(10, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(Signal.KILL);
            throw new ServerException("Interrupted while waiting for " + name, e);
        }
    }

    /** Waits for a command that ends by itself. */
    void awaitSuccess() {
        awaitEnd(START);
        if (process.exitValue() != 0) {
            throw new ServerException(name + " failed with exit code " + process.exitValue() + ":\n" + logTail());
        }
    }

    /** Asks the process to end by a signal, waits, and kills it when it does not. */
    void end(Signal signal) {
        if (process.isAlive()) {
            signal.send(pid());
            awaitEnd(END);
        }
    }

    private void awaitEnd(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new ServerException("Interrupted while waiting for the end of " + name, e);
        }
    }

    /** The last part of what the server has written to its log. */
    String logTail() {
        try {
            String text = Files.readString(log, StandardCharsets.ISO_8859_1);
            return text.substring(Math.max(0, text.length() - LOG_TAIL));
        } catch (IOException e) {
            return "(its log could not be read: " + e + ")";
        }
    }
}
