package dev.staleless.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A Sentinel that knows one primary, and says where it is now. */
final class FakeSentinel implements AutoCloseable {

    private final ServerSocket listener;
    private volatile int primary;

    FakeSentinel(int primary) {
        this.primary = primary;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    String uri() {
        return "redis-sentinel://127.0.0.1:" + listener.getLocalPort() + "#main";
    }

    void failOver(int port) {
        primary = port;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                daemon(() -> serve(client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            OutputStream out = client.getOutputStream();
            for (String header = in.readLine(); header != null; header = in.readLine()) {
                out.write(answer(command(in, header)).getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException ended) {
            // The client has left.
        }
    }

    /** An array of bulk strings. */
    private static List<String> command(BufferedReader in, String header) throws IOException {
        List<String> words = new ArrayList<>();
        for (int i = Integer.parseInt(header.substring(1)); i > 0; i--) {
            in.readLine();
            words.add(in.readLine());
        }
        return words;
    }

    private String answer(List<String> command) {
        if (command.get(0).toUpperCase(Locale.ROOT).equals("SENTINEL")) {
            String port = Integer.toString(primary);
            return "*2\r\n$9\r\n127.0.0.1\r\n$" + port.length() + "\r\n" + port + "\r\n";
        }
        return command.get(0).toUpperCase(Locale.ROOT).equals("PING") ? "+PONG\r\n" : "+OK\r\n";
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "sentinel");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
