package dev.staleless.jdbc.result.pgjdbc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A socket to nowhere. It is greeted like a client of a server ({@link Greeting}); what is sent before {@link #detach} is
 * dropped, and whoever sends something after it gets an exception. No file descriptor is opened.
 */
final class DetachedSocket extends Socket {
    private final InputStream input;
    private final Sent output = new Sent();
    private volatile boolean closed;

    DetachedSocket(byte[] greeting) {
        this.input = new ByteArrayInputStream(greeting);
    }

    /** From now on nothing may be sent. */
    void detach() {
        output.detached.set(true);
    }

    /** Whether somebody tried to send something after {@link #detach}. */
    boolean wasWrittenTo() {
        return output.written.get();
    }

    /** Refuses what is sent once it is detached, but for the good-bye of a driver that closes. */
    private static final class Sent extends OutputStream {
        private final AtomicBoolean detached = new AtomicBoolean();
        private final AtomicBoolean written = new AtomicBoolean();

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            boolean goodBye = length == 5 && bytes[offset] == 'X';
            if (detached.get() && !goodBye) {
                written.set(true);
                throw new IOException("A replayed result has no database behind it");
            }
        }
    }

    @Override
    public InputStream getInputStream() {
        return input;
    }

    @Override
    public OutputStream getOutputStream() {
        return output;
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) {}

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    @Override
    public synchronized void setTcpNoDelay(boolean on) {}

    @Override
    public synchronized boolean getTcpNoDelay() {
        return true;
    }

    @Override
    public synchronized void setKeepAlive(boolean on) {}

    @Override
    public synchronized boolean getKeepAlive() {
        return false;
    }

    @Override
    public synchronized void setSoTimeout(int timeout) {}

    @Override
    public synchronized int getSoTimeout() {
        return 0;
    }

    @Override
    public synchronized void setReceiveBufferSize(int size) {}

    @Override
    public synchronized int getReceiveBufferSize() {
        return 8192;
    }

    @Override
    public synchronized void setSendBufferSize(int size) {}

    @Override
    public synchronized int getSendBufferSize() {
        return 8192;
    }
}
