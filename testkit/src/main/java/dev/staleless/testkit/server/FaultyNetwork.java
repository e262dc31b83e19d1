package dev.staleless.testkit.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The way from a client to a server of the loopback interface, on a port of its own: connections through it can be cut, refused,
 * silenced, delayed and throttled. Safe for any thread.
 */
public final class FaultyNetwork implements AutoCloseable {

    private final ServerSocket listener;
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean refusing;
    private volatile boolean silent;
    private volatile long delayMillis;
    private volatile long bytesPerSecond = Long.MAX_VALUE;

    /** A faultless way to the server on this port. */
    public FaultyNetwork(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** The port to connect to instead of the server's. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Ends all connections; new ones are possible. */
    public void cut() {
        sockets.forEach(FaultyNetwork::close);
        sockets.clear();
    }

    /** Ends all connections, and each new one at once. */
    public void refuse() {
        refusing = true;
        cut();
    }

    /** Passes nothing on any more, in either direction; connections stay. */
    public void silence() {
        silent = true;
    }

    /** Passes each piece of data on that much later. */
    public void delay(Duration duration) {
        delayMillis = duration.toMillis();
    }

    /** Passes no more on than this. */
    public void throttle(long maxBytesPerSecond) {
        bytesPerSecond = maxBytesPerSecond;
    }

    /** Ends every fault. */
    public void heal() {
        refusing = false;
        silent = false;
        delayMillis = 0;
        bytesPerSecond = Long.MAX_VALUE;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException unreachable) {
                // the server is away, or this is closed: whoever has connected is told by the end of the connection
                continue;
            }
        }
    }

    private void connect(Socket client) throws IOException {
        sockets.add(client);
        try {
            if (refusing) {
                throw new IOException("refused");
            }
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            daemon(() -> pump(client, server));
            daemon(() -> pump(server, client));
        } catch (IOException e) {
            close(client);
            throw e;
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[16_384];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                hinder(count);
                out.write(buffer, 0, count);
            }
        } catch (IOException broken) {
            // one side has ended: so does the other
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close(from);
        close(to);
        sockets.remove(from);
        sockets.remove(to);
    }

    private void hinder(int bytes) throws InterruptedException {
        while (silent && !refusing) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        TimeUnit.MILLISECONDS.sleep(delayMillis + bytes * 1000L / bytesPerSecond);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "faulty network");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends all connections, and listens no more. */
    @Override
    public void close() {
        refusing = true;
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
