package dev.staleless.benchmarks.speed;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.staleless.benchmarks.Bench;
import dev.staleless.benchmarks.Servers;
import dev.staleless.benchmarks.speed.Rounds.Variant;
import dev.staleless.core.store.memory.MemoryStore;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.redis.RedisStore;
import java.io.PrintStream;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** What a hit in the process costs, beside a map that holds the values themselves. */
public final class NearBench implements Bench {

    private static final int RESULTS = 100;

    private static final int BATCH = 50;

    /** The values of a result as an application would keep them. */
    private record Row(long id, int category, int scale, String name, int nanos) {
        int sum() {
            return (int) id + category + scale + name.length() + nanos;
        }
    }

    @Override
    public String name() {
        return "near";
    }

    @Override
    public String description() {
        return "a hit in the process, and before Redis, beside Caffeine alone; how late it is [--rounds --window]";
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws Exception {
        SpeedOptions options = SpeedOptions.parse(arguments);
        try (Servers servers = new Servers()) {
            Items.create(servers.pool(1));
            StalelessDataSource inProcess =
                    servers.node(4, MemoryStore.create(), builder -> builder.namespace("process"));
            StringBuilder result = new StringBuilder("RESULT near");
            measure(options, inProcess, "in process", "", result, out);
            inProcess.close();
            RedisStore store =
                    RedisStore.builder(servers.redis().uri()).near(true).build();
            StalelessDataSource near = servers.node(4, store, builder -> builder);
            measure(options, near, "before Redis", "before_redis_", result, out);
            StalelessDataSource other = servers.node(4);
            result.append(new NearLag(other, near).measure(options.rounds * 100, out));
            out.println();
            out.println(result);
            return 0;
        }
    }

    private static void measure(
            SpeedOptions options,
            StalelessDataSource node,
            String where,
            String prefix,
            StringBuilder result,
            PrintStream out)
            throws Exception {
        for (Items.Kind kind : List.of(Items.Kind.ONE, Items.Kind.TWENTY)) {
            Items.awaitHit(node, () -> node.statistics().hits(), kind);
            for (int i = 0; i < RESULTS; i++) {
                Items.ask(node, kind.sql(), i);
            }
            List<Figures> figures = options.rounds(1, BATCH).measure(variants(node, kind));
            Figures.print(out, kind.rows() + " rows, " + where, figures);
            Figures hit = figures.get(2);
            result.append(String.format(
                    Locale.ROOT,
                    " %scpu_us_%d=%.3f %sper_second_%d=%.0f %sbytes_%d=%.0f",
                    prefix,
                    kind.rows(),
                    hit.cpu() / 1e3,
                    prefix,
                    kind.rows(),
                    1e9 / hit.cpu(),
                    prefix,
                    kind.rows(),
                    hit.bytes()));
        }
    }

    private static List<Variant> variants(StalelessDataSource node, Items.Kind kind) {
        Cache<Integer, List<Row>> map =
                Caffeine.newBuilder().maximumSize(10_000).build();
        for (int i = 0; i < RESULTS; i++) {
            List<Row> rows = new ArrayList<>();
            for (int row = 0; row < kind.rows(); row++) {
                rows.add(new Row(i, row, 2, "item number " + row, 0));
            }
            map.put(i, rows);
        }
        return List.of(
                new Variant("Caffeine and the values", thread -> () -> {
                    List<Row> rows = map.getIfPresent(any());
                    if (rows == null || rows.stream().mapToInt(Row::sum).sum() == 0) {
                        throw new IllegalStateException("a value is gone");
                    }
                }),
                new Variant("hit, a connection for each", thread -> () -> Items.ask(node, kind.sql(), any())),
                new Variant("hit, one connection", thread -> {
                    Connection connection = node.getConnection();
                    return () -> Items.ask(connection, kind.sql(), any());
                }));
    }

    private static int any() {
        return ThreadLocalRandom.current().nextInt(RESULTS);
    }
}
