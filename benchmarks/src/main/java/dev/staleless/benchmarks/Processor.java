package dev.staleless.benchmarks;

import dev.staleless.testkit.server.RedisConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How long a Redis has computed, and how long it could have but was not let, as the kernel counts for its main thread. What a slow log
 * calls a command's time goes on while the server waits for a processor, and so tells of that as well.
 *
 * @param busyNanos on a processor
 * @param waitedNanos ready to run, and not run
 * @param known false where the kernel does not tell
 */
record Processor(long busyNanos, long waitedNanos, boolean known) {

    static Processor of(RedisConnection redis) {
        String pid = redis.info("server").getOrDefault("process_id", "");
        try {
            String[] fields =
                    Files.readString(Path.of("/proc", pid, "schedstat")).strip().split(" ");
            return new Processor(Long.parseLong(fields[0]), Long.parseLong(fields[1]), true);
        } catch (IOException | RuntimeException notLinux) {
            return new Processor(0, 0, false);
        }
    }

    /** Since an earlier moment. */
    Processor since(Processor earlier) {
        return new Processor(busyNanos - earlier.busyNanos, waitedNanos - earlier.waitedNanos, known && earlier.known);
    }

    String text() {
        return known
                ? String.format(
                        "%.0f ms computing, %.0f ms waiting for a processor", busyNanos / 1e6, waitedNanos / 1e6)
                : "how long it waited for a processor is not known";
    }
}
