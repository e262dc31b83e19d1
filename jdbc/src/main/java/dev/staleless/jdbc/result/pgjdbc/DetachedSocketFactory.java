package dev.staleless.jdbc.result.pgjdbc;

import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;

/**
 * Gives the driver the {@link DetachedSocket} that was prepared under a name. Public because the driver makes it by its class
 * name; not for applications.
 */
public final class DetachedSocketFactory extends SocketFactory {
    private static final Map<String, DetachedSocket> PREPARED = new ConcurrentHashMap<>();

    private final String name;

    /** A factory of the socket prepared under this name. */
    public DetachedSocketFactory(String name) {
        this.name = name;
    }

    static void prepare(String name, DetachedSocket socket) {
        PREPARED.put(name, socket);
    }

    static void forget(String name) {
        PREPARED.remove(name);
    }

    @Override
    public Socket createSocket() throws SocketException {
        DetachedSocket socket = PREPARED.get(name);
        if (socket == null) {
            throw new SocketException("No detached socket was prepared as " + name);
        }
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws SocketException {
        return createSocket();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws SocketException {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws SocketException {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
            throws SocketException {
        return createSocket();
    }
}
