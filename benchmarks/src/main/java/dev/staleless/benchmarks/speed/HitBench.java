package dev.staleless.benchmarks.speed;

import dev.staleless.benchmarks.Bench;
import dev.staleless.benchmarks.Servers;
import dev.staleless.benchmarks.speed.Rounds.Variant;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.testkit.server.RedisConnection;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** What a hit on Redis costs, beside a bare GET of the same bytes, and beside a GET with a LINDEX for each log. */
public final class HitBench implements Bench {

    /** Stands in the name of what says who fills an entry, which is gone soon. */
    private static final String CLAIM = ":c:";

    /** Different results that are asked for, of each kind. */
    private static final int RESULTS = 100;

    @Override
    public String name() {
        return "hit";
    }

    @Override
    public String description() {
        return "a hit on Redis beside a bare GET, 1, 20 and 500 rows, 1 and 16 threads [--rounds --window]";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws Exception {
        SpeedOptions options = SpeedOptions.parse(arguments);
        try (Servers servers = new Servers()) {
            Items.create(servers.pool(1));
            StalelessDataSource node = servers.node(20);
            StringBuilder result = new StringBuilder("RESULT hit");
            try (PlainRedis plain = new PlainRedis(servers.redis().uri());
                    RedisConnection redis = servers.redisConnection()) {
                for (Items.Kind kind : List.of(Items.Kind.ONE, Items.Kind.TWENTY, Items.Kind.FIVE_HUNDRED)) {
                    Filled filled = fill(node, redis, kind);
                    for (int threads : new int[] {1, 16}) {
                        List<Figures> figures = options.rounds(threads, 1).measure(variants(node, plain, kind, filled));
                        String what = kind.rows() + " rows, " + threads + " threads, " + filled.logsPerHit() + " logs";
                        Figures.print(out, what, figures);
                        append(result, kind.rows(), threads, figures);
                    }
                }
            }
            out.println();
            out.println(result);
            return 0;
        }
    }

    private static void append(StringBuilder result, int rows, int threads, List<Figures> figures) {
        Figures get = figures.get(0);
        Figures pair = figures.get(1);
        Figures hit = figures.get(2);
        String of = "_" + rows + "x" + threads;
        result.append(String.format(
                Locale.ROOT,
                " of_get%s=%.3f of_pair%s=%.3f p50_more_us%s=%.1f cpu_us%s=%.1f bytes%s=%.0f",
                of,
                hit.ratio(),
                of,
                hit.ratio() / pair.ratio(),
                of,
                (hit.p50() - get.p50()) / 1e3,
                of,
                hit.cpu() / 1e3,
                of,
                hit.bytes()));
    }

    /** The keys of the results of one kind, and of some of their logs. */
    private record Filled(List<byte[]> entries, List<byte[]> logs, int logsPerHit) {}

    private static Filled fill(StalelessDataSource node, RedisConnection redis, Items.Kind kind) throws Exception {
        List<byte[]> before = keys(redis, "string");
        Items.awaitHit(node, () -> node.statistics().hits(), kind);
        for (int i = 0; i < RESULTS; i++) {
            Items.ask(node, kind.sql(), i);
        }
        while (keys(redis, "string").size() < before.size() + RESULTS) {
            Thread.onSpinWait();
        }
        redis.call("CONFIG", "RESETSTAT");
        Items.ask(node, kind.sql(), 1);
        int logs = calls(redis, "lindex");
        List<byte[]> entries = keys(redis, "string");
        entries.removeIf(key -> before.stream().anyMatch(old -> java.util.Arrays.equals(old, key)));
        return new Filled(entries, keys(redis, "list"), logs);
    }

    private static List<Variant> variants(StalelessDataSource node, PlainRedis plain, Items.Kind kind, Filled filled) {
        return List.of(
                new Variant("GET of the same bytes", thread -> () -> plain.get(any(filled.entries()))),
                new Variant(
                        "GET and " + filled.logsPerHit() + " LINDEX, pipelined",
                        thread -> () -> plain.getAndHeads(any(filled.entries()), logs(filled))),
                new Variant(
                        "hit",
                        thread -> () -> Items.ask(
                                node, kind.sql(), ThreadLocalRandom.current().nextInt(RESULTS))));
    }

    private static List<byte[]> logs(Filled filled) {
        List<byte[]> some = new ArrayList<>(filled.logsPerHit());
        for (int i = 0; i < filled.logsPerHit(); i++) {
            some.add(any(filled.logs()));
        }
        return some;
    }

    private static byte[] any(List<byte[]> keys) {
        return keys.get(ThreadLocalRandom.current().nextInt(keys.size()));
    }

    private static int calls(RedisConnection redis, String command) {
        String stats = redis.info("commandstats").getOrDefault("cmdstat_" + command, "calls=0,");
        return Integer.parseInt(stats.replaceAll("calls=(\\d+),.*", "$1"));
    }

    private static List<byte[]> keys(RedisConnection redis, String type) {
        List<byte[]> found = new ArrayList<>();
        Object reply = redis.call("SCAN", "0", "COUNT", "1000000", "TYPE", type);
        if (reply instanceof List<?> parts && parts.get(1) instanceof List<?> keys) {
            keys.stream()
                    .map(String::valueOf)
                    .filter(key -> !key.contains(CLAIM))
                    .forEach(key -> found.add(key.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
        return found;
    }
}
