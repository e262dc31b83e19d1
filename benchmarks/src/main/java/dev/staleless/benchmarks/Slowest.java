package dev.staleless.benchmarks;

import dev.staleless.testkit.server.RedisConnection;
import java.util.List;

/**
 * The command that kept Redis busiest in a window, by its slow log, which is set to record every command of it.
 *
 * @param micros how long the server was at it
 */
record Slowest(long micros, String command) {

    static final Slowest NONE = new Slowest(0, "none");

    static void begin(RedisConnection redis) {
        redis.call("CONFIG", "SET", "slowlog-max-len", "200000");
        redis.call("CONFIG", "SET", "slowlog-log-slower-than", "0");
        redis.call("SLOWLOG", "RESET");
    }

    static Slowest end(RedisConnection redis) {
        redis.call("CONFIG", "SET", "slowlog-log-slower-than", "-1");
        Slowest slowest = NONE;
        if (redis.call("SLOWLOG", "GET", "200000") instanceof List<?> entries) {
            for (Object entry : entries) {
                slowest = later(slowest, entry);
            }
        }
        return slowest;
    }

    private static Slowest later(Slowest so, Object entry) {
        if (entry instanceof List<?> fields
                && fields.get(2) instanceof Long micros
                && fields.get(3) instanceof List<?> words
                && micros > so.micros()
                && !List.of("CONFIG", "SLOWLOG", "INFO").contains(words.get(0))) {
            return new Slowest(micros, String.valueOf(words.get(0)));
        }
        return so;
    }

    Slowest or(Slowest other) {
        return other.micros > micros ? other : this;
    }

    String text() {
        return command + ", " + micros + " us";
    }
}
