package dev.staleless.benchmarks;

import dev.staleless.testkit.server.RedisConnection;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;

/**
 * A client that pings Redis every millisecond on its own schedule: a ping that could not be sent in time, because the answer to the
 * one before was late, counts from when it was due. So a stall is not hidden (Tene, "How NOT to measure latency").
 */
final class PingClient {

    /** What one window showed, in nanoseconds. */
    record Window(long longest, long p999, long median) {

        /** The least of each figure over some windows: what is in each of them is in it, what else the machine does is not. */
        static Window least(List<Window> windows) {
            return new Window(
                    least(windows, Window::longest), least(windows, Window::p999), least(windows, Window::median));
        }

        private static long least(List<Window> windows, ToLongFunction<Window> figure) {
            return windows.stream().mapToLong(figure).min().orElseThrow();
        }
    }

    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(1);

    private final int port;

    PingClient(int port) {
        this.port = port;
    }

    /** Something to be done while Redis is pinged. */
    interface Action {
        void run() throws Exception;
    }

    /** Pings for a while; a quarter of it in, begins the action. Ends when both have. */
    Window during(long millis, Action action) throws Exception {
        long[] latencies = new long[(int) millis];
        Thread thread = new Thread(() -> ping(latencies), "ping");
        thread.setPriority(Thread.MAX_PRIORITY);
        thread.start();
        TimeUnit.MILLISECONDS.sleep(millis / 4);
        action.run();
        thread.join();
        Arrays.sort(latencies);
        return new Window(
                latencies[latencies.length - 1],
                latencies[(int) (latencies.length * 0.999)],
                latencies[latencies.length / 2]);
    }

    private void ping(long[] latencies) {
        try (RedisConnection connection = new RedisConnection(port)) {
            connection.call("PING");
            long start = System.nanoTime();
            for (int i = 0; i < latencies.length; i++) {
                long due = start + i * INTERVAL;
                long wait = due - System.nanoTime();
                while (wait > 0) {
                    LockSupport.parkNanos(wait);
                    wait = due - System.nanoTime();
                }
                connection.call("PING");
                latencies[i] = System.nanoTime() - due;
            }
        }
    }
}
