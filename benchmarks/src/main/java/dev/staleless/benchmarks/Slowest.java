package dev.staleless.benchmarks;

import dev.staleless.testkit.server.RedisConnection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command that kept Redis busiest in a window, by its slow log, which is set to record every command of it.
 *
 * @param micros how long the server was at it; goes on while it waits for a processor
 * @param bytes of the command, without its name
 */
record Slowest(long micros, String command, long bytes) {

    static final Slowest NONE = new Slowest(0, "none", 0);

    private static final Pattern CUT = Pattern.compile("(?s)(.*)\\.\\.\\. \\((\\d+) more bytes\\)");

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
            return new Slowest(micros, String.valueOf(words.get(0)), bytes(words));
        }
        return so;
    }

    /** The slow log tells how much of a long word it leaves out. */
    private static long bytes(List<?> words) {
        long bytes = 0;
        for (Object word : words.subList(1, words.size())) {
            Matcher cut = CUT.matcher(String.valueOf(word));
            bytes += cut.matches()
                    ? cut.group(1).length() + Long.parseLong(cut.group(2))
                    : String.valueOf(word).length();
        }
        return bytes;
    }

    Slowest or(Slowest other) {
        return other.micros > micros ? other : this;
    }

    String text() {
        return command + ", " + micros + " us";
    }
}
