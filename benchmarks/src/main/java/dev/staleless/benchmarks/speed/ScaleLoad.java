package dev.staleless.benchmarks.speed;

import dev.staleless.benchmarks.Servers;
import dev.staleless.benchmarks.speed.Rounds.Variant;
import dev.staleless.benchmarks.speed.ScaleAxis.Step;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.redis.RedisStore;
import dev.staleless.testkit.server.RedisConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** The axes, over one PostgreSQL and one Redis. Writes go to rows that the results measured do not show. */
final class ScaleLoad {

    private static final String ONE = Items.Kind.ONE.sql();
    private static final String UPDATE = "UPDATE item SET price = price + 1 WHERE id = ?";
    private static final byte[] PLAIN = {'o', 'n', 'e'};

    /** Rows that are asked for; others are written. */
    private static final int ASKED = 100;

    private static final int LARGEST = 100_000;

    /** As many as Redis makes at once without being away for long. */
    private static final int PORTION = 1_000;

    private final SpeedOptions options;
    private final StalelessDataSource node;
    private final DataSource plain;
    private final PlainRedis get;
    private final RedisConnection redis;

    ScaleLoad(Servers servers, SpeedOptions options) throws Exception {
        this.options = options;
        plain = servers.pool(2);
        Items.create(plain);
        Servers.execute(
                plain,
                "CREATE TABLE long_list (id int PRIMARY KEY, name text NOT NULL)",
                "INSERT INTO long_list SELECT i, 'item number ' || i FROM generate_series(0, " + (LARGEST - 1) + ") i",
                "VACUUM ANALYZE long_list");
        node = servers.node(8, RedisStore.connect(servers.redis().uri()), builder -> builder.limits(LARGEST, 64 << 20));
        Items.awaitHit(node, () -> node.statistics().hits(), Items.Kind.ONE);
        get = new PlainRedis(servers.redis().uri());
        redis = servers.redisConnection();
        redis.call("SET", "one", "x".repeat(300));
        compile();
    }

    /** The first sizes would be measured with code that is not compiled yet. */
    private void compile() throws Exception {
        for (int i = 0; i < 30_000; i++) {
            int unused = Items.ask(node, ONE, i % ASKED);
            get.get(PLAIN);
            if (i % 10 == 0) {
                update(node, ASKED + i % 1_000);
                update(plain, ASKED + i % 1_000);
            }
        }
    }

    void close() {
        get.close();
    }

    List<ScaleAxis> axes() {
        return List.of(
                new ScaleAxis("entries", "Entries in Redis", "entries", true, false, this::entries),
                new ScaleAxis("rows", "Rows of the result", "rows", true, true, this::rows),
                new ScaleAxis("shapes", "Different query texts", "query texts", true, false, this::shapes),
                new ScaleAxis(
                        "writes",
                        "Writes to other rows of the table meanwhile",
                        "writes per second, as reached",
                        false,
                        false,
                        this::writes),
                new ScaleAxis("predicates", "Predicates of the query", "predicates", true, true, this::predicates));
    }

    private Step step(double size, List<Variant> variants) throws Exception {
        return new Step(size, options.rounds(1, 1).measure(variants));
    }

    private Variant bareGet() {
        return new Variant("a bare GET", thread -> () -> get.get(PLAIN));
    }

    private Variant hit() {
        return new Variant("a hit", thread -> () -> Items.ask(node, ONE, any(ASKED)));
    }

    private Variant write() {
        return new Variant("a write", thread -> () -> update(node, ASKED + any(Items.ROWS - ASKED)));
    }

    /** Strings as long as an entry, under names of their own: Redis knows nothing more of an entry. */
    private List<Step> entries() throws Exception {
        List<Step> steps = new ArrayList<>();
        warm(ASKED, i -> Items.ask(node, ONE, i));
        int there = 0;
        for (int entries : new int[] {1_000, 10_000, 100_000, 1_000_000}) {
            for (; there < entries; there += PORTION) {
                redis.call("DEBUG", "POPULATE", String.valueOf(PORTION), "other:r" + there, "300");
            }
            steps.add(step(entries, List.of(bareGet(), hit(), write())));
        }
        redis.call("FLUSHALL", "ASYNC");
        redis.call("SET", "one", "x".repeat(300));
        Items.awaitHit(node, () -> node.statistics().hits(), Items.Kind.ONE);
        return steps;
    }

    private List<Step> rows() throws Exception {
        List<Step> steps = new ArrayList<>();
        String sql = "SELECT id, name FROM long_list WHERE id < ?";
        Items.awaitHit(node, this::hits, Items.Kind.ONE);
        for (int rows = 1; rows <= LARGEST; rows *= 10) {
            int limit = rows;
            awaitHit(() -> ask(node, sql, limit));
            steps.add(step(
                    rows,
                    List.of(
                            new Variant("the plain driver", thread -> () -> ask(plain, sql, limit)),
                            new Variant("a hit", thread -> () -> ask(node, sql, limit)))));
        }
        return steps;
    }

    private List<Step> shapes() throws Exception {
        List<Step> steps = new ArrayList<>();
        int asked = 0;
        for (int shapes : new int[] {1, 10, 100, 1_000, 10_000}) {
            for (; asked < shapes; asked++) {
                ask(node, shape(asked), 1);
            }
            List<String> texts =
                    IntStream.range(0, shapes).mapToObj(ScaleLoad::shape).toList();
            steps.add(step(
                    shapes,
                    List.of(
                            bareGet(),
                            new Variant("a hit", thread -> () -> ask(node, texts.get(any(shapes)), 1)),
                            write())));
        }
        return steps;
    }

    private static String shape(int number) {
        return "SELECT id AS c" + number + ", name FROM item WHERE id = ?";
    }

    private List<Step> writes() throws Exception {
        List<Step> steps = new ArrayList<>();
        warm(ASKED, i -> Items.ask(node, ONE, i));
        for (int rate : new int[] {0, 100, 500, 1_000, 2_000, 5_000}) {
            try (SteadyWrites writes = new SteadyWrites(4, rate, () -> update(node, ASKED + any(Items.ROWS - ASKED)))) {
                List<Figures> figures = options.rounds(1, 1).measure(List.of(bareGet(), hit(), write()));
                steps.add(new Step(writes.reached(), figures));
            }
        }
        return steps;
    }

    private List<Step> predicates() throws Exception {
        List<Step> steps = new ArrayList<>();
        for (int count : new int[] {1, 10, 100, 1_000}) {
            String sql = "SELECT id, name FROM item WHERE id = ?"
                    + IntStream.range(1, count)
                            .mapToObj(i -> " AND category <> " + -i)
                            .collect(Collectors.joining());
            awaitHit(() -> ask(node, sql, 1));
            AtomicInteger next = new AtomicInteger(ASKED);
            steps.add(step(
                    count,
                    List.of(
                            new Variant("the plain driver", thread -> () -> ask(plain, sql, 1)),
                            new Variant("a hit", thread -> () -> ask(node, sql, 1)),
                            new Variant("a write, then a hit", thread -> () -> {
                                update(node, ASKED + next.getAndIncrement() % (Items.ROWS - ASKED));
                                ask(node, sql, 1);
                            }))));
        }
        return steps;
    }

    /** A query, or several. */
    private interface Asking {
        void ask() throws Exception;
    }

    private interface Numbered {
        int ask(int number) throws Exception;
    }

    private static void warm(int count, Numbered asking) throws Exception {
        for (int i = 0; i < count; i++) {
            int unused = asking.ask(i);
        }
    }

    private void awaitHit(Asking asking) throws Exception {
        long deadline = System.nanoTime() + 60_000_000_000L;
        for (long before = hits(); hits() == before; ) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("the query is not cached");
            }
            asking.ask();
        }
    }

    private long hits() {
        return node.statistics().hits();
    }

    private static int any(int bound) {
        return ThreadLocalRandom.current().nextInt(bound);
    }

    private static void update(DataSource source, int id) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement update = connection.prepareStatement(UPDATE)) {
            update.setInt(1, id);
            update.executeUpdate();
        }
    }

    private static void ask(DataSource source, String sql, int number) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, number);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (rows.getInt(1) < 0 || rows.getString(2).isEmpty()) {
                        throw new IllegalStateException("there is no such row");
                    }
                }
            }
        }
    }
}
