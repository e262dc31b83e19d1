package dev.staleless.benchmarks;

import dev.staleless.testkit.server.RedisConnection;

/**
 * The baseline: the key of each result is filed in a set per condition that the result depends on; a write runs one script that lists
 * the keys filed under the conditions that the row meets, and deletes them.
 */
final class BaselineStorm {

    private static final String CONDITION = "conj:item:category=5";
    private static final int BATCH = 500;
    private static final String SCRIPT = """
            local keys = redis.call('SMEMBERS', KEYS[1])
            for i = 1, #keys, 1000 do
              redis.call('UNLINK', unpack(keys, i, math.min(i + 999, #keys)))
            end
            redis.call('UNLINK', KEYS[1])
            return #keys
            """;

    private final int port;
    private final int results;

    BaselineStorm(int port, int results) {
        this.port = port;
        this.results = results;
    }

    /** Empties the server and files the results. */
    void fill(int bytes) {
        String rows = "r".repeat(bytes);
        try (RedisConnection redis = new RedisConnection(port)) {
            redis.call("FLUSHALL");
            for (int first = 0; first < results; first += BATCH) {
                int end = Math.min(results, first + BATCH);
                for (int i = first; i < end; i++) {
                    String key = "q:" + Integer.toHexString(i) + "0123456789abcdef0123456789abcdef".substring(8);
                    redis.send("SET", key, rows, "EX", "3600");
                    redis.send("SADD", CONDITION, key);
                }
                for (int i = first; i < end; i++) {
                    redis.receive();
                    redis.receive();
                }
            }
        }
    }

    /** What a write does. */
    void invalidate() {
        try (RedisConnection redis = new RedisConnection(port)) {
            long dropped = redis.number("EVAL", SCRIPT, "1", CONDITION);
            if (dropped != results) {
                throw new IllegalStateException("the baseline dropped " + dropped + " of " + results);
            }
        }
    }
}
