package dev.staleless.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A TCP proxy before a server that breaks connections at a chosen byte, and counts what passes. */
final class TcpProxy implements AutoCloseable {

    private static final long NEVER = Long.MAX_VALUE / 2;

    private final ServerSocket listener;
    private final int target;
    private final List<Pair> pairs = new CopyOnWriteArrayList<>();
    private final AtomicLong requestsLeft = new AtomicLong(NEVER);
    private final AtomicLong repliesLeft = new AtomicLong(NEVER);
    private final AtomicInteger roundTrips = new AtomicInteger();
    private final AtomicLong requestBytes = new AtomicLong();
    private volatile boolean lastWasReply = true;
    private volatile boolean keepServerSide;

    /** The two sides of one connection. */
    private record Pair(Socket client, Socket server) {}

    TcpProxy(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    String uri() {
        return "redis://127.0.0.1:" + listener.getLocalPort();
    }

    /** Breaks the connection that sends one more byte than these, after they were passed on. */
    void cutRequestsAfter(long bytes) {
        requestsLeft.set(bytes);
    }

    /** Breaks the connection that is sent one more byte than these, after they were passed on. */
    void cutRepliesAfter(long bytes) {
        repliesLeft.set(bytes);
    }

    /** Whether something was broken since {@link #heal}. */
    boolean hasCut() {
        return requestsLeft.get() < 0 || repliesLeft.get() < 0;
    }

    /** Breaks nothing any more. */
    void heal() {
        requestsLeft.set(NEVER);
        repliesLeft.set(NEVER);
    }

    /** From now on a break is one towards the client only: the server keeps waiting for the rest. */
    void keepServerSide() {
        keepServerSide = true;
    }

    /** Breaks all connections now. */
    void cutAll() {
        pairs.forEach(pair -> {
            close(pair.client());
            close(pair.server());
        });
        pairs.clear();
    }

    /** Whether the server has ended all but this number of connections. */
    boolean serverKeeps(int number) {
        return pairs.stream().filter(pair -> !pair.server().isClosed()).count() == number;
    }

    /** Times that something was sent after the last answer had come. */
    int roundTrips() {
        return roundTrips.get();
    }

    long requestBytes() {
        return requestBytes.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                Pair pair = new Pair(client, server);
                pairs.add(pair);
                daemon(() -> pump(client, server, requestsLeft, false, pair));
                daemon(() -> pump(server, client, repliesLeft, true, pair));
            }
        } catch (IOException closed) {
            cutAll();
        }
    }

    private void pump(Socket from, Socket to, AtomicLong left, boolean replies, Pair pair) {
        byte[] buffer = new byte[65_536];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                long allowed = left.getAndAdd(-count);
                count(replies, count);
                out.write(buffer, 0, (int) Math.max(0, Math.min(count, allowed)));
                if (allowed < count) {
                    break;
                }
            }
        } catch (IOException broken) {
            // One side has ended: so does the other, below.
        }
        close(pair.client());
        if (replies || !keepServerSide) {
            close(pair.server());
        }
    }

    private synchronized void count(boolean reply, int bytes) {
        if (!reply) {
            requestBytes.addAndGet(bytes);
            if (lastWasReply) {
                roundTrips.incrementAndGet();
            }
        }
        lastWasReply = reply;
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "proxy");
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

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cutAll();
    }
}
