package dev.staleless.testkit.server;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What embedded servers have in common: a process on a port, in a folder that goes when the process does.
 *
 * <p>A subclass starts its process by {@link #launchOn(int)} once its folder is prepared.
 */
abstract sealed class EmbeddedServer implements AutoCloseable permits MariaDbServer, PostgresServer, RedisServer {
    private static final int ATTEMPTS = 5;

    private final String name;
    private final GuardedFolder folder;
    private volatile int port;
    private volatile @Nullable ServerProcess process;

    EmbeddedServer(String name, String folderPrefix) {
        this.name = name;
        this.folder = GuardedFolder.create(folderPrefix, this::stop);
    }

    /** Starts the process; returns without waiting until it is ready. */
    abstract ServerProcess launch(int onPort);

    /** Whether the process accepts connections. */
    abstract boolean isReady(ServerProcess launched, int onPort);

    /** Whether a log that ends like this says that the port was taken. */
    abstract boolean saysPortTaken(String log);

    /** The signal by which the process ends fastest without leaving anything behind. */
    abstract Signal endAtOnce();

    /** The port it listens on; it stays the same over a restart. */
    public int port() {
        return port;
    }

    /** The id of the server's (main) process. */
    public long pid() {
        return process().pid();
    }

    /** Whether the process is there, be it suspended. */
    public boolean isRunning() {
        ServerProcess current = process;
        return current != null && current.isAlive();
    }

    /** Stops the server, whatever it is doing, and removes its folder. A second call does nothing. */
    public void stop() {
        ServerProcess current = process;
        if (current != null) {
            current.end(endAtOnce());
        }
        folder.close();
    }

    /**
     * Leaves it to the caller to stop the server when the JVM ends in order, after what uses the server was closed. A JVM that ends
     * without calling {@link #stop} leaves nothing behind even so.
     */
    public void stopOnlyByOwner() {
        folder.forgetExit();
    }

    /** The same as {@link #stop()}. */
    @Override
    public void close() {
        stop();
    }

    GuardedFolder guardedFolder() {
        return folder;
    }

    /** The folder it works in. */
    Path folder() {
        return folder.path();
    }

    ServerProcess process() {
        ServerProcess current = process;
        if (current == null) {
            throw new IllegalStateException(name + " has not been started");
        }
        return current;
    }

    /** Launches the process on this port, or on a free one if it is 0, and waits until it is ready. */
    void launchOn(int wantedPort) {
        for (int attempt = 1; ; attempt++) {
            int candidate = wantedPort == 0 ? ServerProcess.freePort() : wantedPort;
            ServerProcess launched = launch(candidate);
            process = launched;
            port = candidate;
            if (launched.awaitReady(() -> isReady(launched, candidate))) {
                return;
            }
            String log = launched.logTail();
            if (wantedPort != 0 || attempt == ATTEMPTS || !saysPortTaken(log)) {
                throw new ServerException(name + " did not start on port " + candidate + ":\n" + log);
            }
        }
    }
}
