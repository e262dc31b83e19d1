package dev.staleless.benchmarks;

import dev.staleless.core.coordination.CoordinationTables;
import dev.staleless.core.coordination.Coordinator;
import dev.staleless.core.coordination.Environment;
import dev.staleless.core.store.memory.MemoryStore;
import dev.staleless.jdbc.coordination.CoordinationSettings;
import dev.staleless.jdbc.coordination.JdbcCoordinationTables;
import dev.staleless.jdbc.coordination.ServiceConnections;
import dev.staleless.testkit.server.PostgresServer;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Option;

/**
 * What the coordination tables cost the database, by the number of nodes, and how long it takes until a change is in force. The
 * nodes' watches run in this process, each with two connections of its own, on PostgreSQL.
 */
public final class CoordinationBench implements Bench {

    /** What can be set on the command line. */
    private static final class Options {
        @Option(names = "--nodes", split = ",", defaultValue = "1,10,100", description = "numbers of nodes")
        List<Integer> nodes = List.of();

        @Option(names = "--seconds", defaultValue = "20", description = "how long the load is counted")
        int seconds;

        @Option(names = "--changes", defaultValue = "10", description = "how many changes are waited for")
        int changes;

        @Option(names = "--beats", defaultValue = "800", description = "of each node; 800 are an hour's worth")
        int beats;

        @Option(names = "--old-snapshot", description = "an old snapshot keeps dead rows from being removed meanwhile")
        boolean oldSnapshot;
    }

    private static final Duration IN_FORCE = Duration.ofSeconds(60);

    /** Few connections are left to the measurement itself. */
    private static final int CONNECTIONS = 1_000;

    private static final int MOST_NODES = (CONNECTIONS - 20) / 2;

    @Override
    public String name() {
        return "coordination";
    }

    @Override
    public String description() {
        return "load and growth of the coordination tables, and when a change is in force [--nodes=1,10,100 --seconds --beats"
                + " --old-snapshot]";
    }

    /** Of one number of nodes. */
    private record Row(
            int nodes,
            double statements,
            double writes,
            double epochMillis,
            double tableMillis,
            double slowestMillis,
            long kilobytes,
            long dead,
            double beatMillis) {}

    @Override
    public int run(List<String> arguments, PrintStream out) throws Exception {
        Options options = BenchOptions.parse(new Options(), arguments);
        for (int nodes : options.nodes) {
            BenchOptions.between("--nodes", nodes, 1, MOST_NODES);
        }
        BenchOptions.between("--seconds", options.seconds, 1, 3_600);
        BenchOptions.between("--changes", options.changes, 1, 1_000);
        BenchOptions.between("--beats", options.beats, 0, 1_000_000);
        Quiet.log();
        PostgresServer postgres = PostgresServer.builder()
                .set("max_connections", String.valueOf(CONNECTIONS))
                .start();
        try {
            return measure(options, postgres, out);
        } finally {
            postgres.stop();
        }
    }

    private static int measure(Options options, PostgresServer postgres, PrintStream out) throws Exception {
        out.printf(
                "%6s %14s %10s %12s %12s %12s %10s %10s %10s%n",
                "nodes",
                "statements/s",
                "writes/s",
                "epoch ms",
                "table ms",
                "slowest ms",
                "node KiB",
                "dead rows",
                "beat ms");
        List<Row> rows = new ArrayList<>();
        for (int nodes : options.nodes) {
            Row row = new Measurement(options, postgres, nodes).run();
            rows.add(row);
            out.printf(
                    "%6d %14.1f %10.1f %12.0f %12.0f %12.0f %10d %10d %10.2f%n",
                    row.nodes,
                    row.statements,
                    row.writes,
                    row.epochMillis,
                    row.tableMillis,
                    row.slowestMillis,
                    row.kilobytes,
                    row.dead,
                    row.beatMillis);
        }
        out.printf(
                "RESULT coordination nodes=%s statements_per_s=%s writes_per_s=%s in_force_ms=%s slowest_in_force_ms=%s"
                        + " node_kib=%s dead_rows=%s%n",
                each(rows, row -> String.valueOf(row.nodes)),
                each(rows, row -> String.format("%.1f", row.statements)),
                each(rows, row -> String.format("%.1f", row.writes)),
                each(rows, row -> String.format("%.0f", row.tableMillis)),
                each(rows, row -> String.format("%.0f", row.slowestMillis)),
                each(rows, row -> String.valueOf(row.kilobytes)),
                each(rows, row -> String.valueOf(row.dead)));
        return 0;
    }

    private static String each(List<Row> rows, java.util.function.Function<Row, String> text) {
        return rows.stream().map(text).collect(Collectors.joining(","));
    }

    /** The tables of a namespace of its own, and nodes that watch them. */
    private static final class Measurement {
        private final Options options;
        private final PostgresServer postgres;
        private final int nodes;
        private final CoordinationSettings settings;
        private final LongAdder statements = new LongAdder();
        private final LongAdder writes = new LongAdder();
        private final List<JdbcCoordinationTables> tables = new ArrayList<>();
        private final List<Coordinator> coordinators = new ArrayList<>();

        Measurement(Options options, PostgresServer postgres, int nodes) {
            this.options = options;
            this.postgres = postgres;
            this.nodes = nodes;
            this.settings = CoordinationSettings.of("nodes" + nodes);
        }

        Row run() throws Exception {
            try {
                for (int i = 0; i < nodes; i++) {
                    start();
                }
                coordinators.get(0).renewEpoch(IN_FORCE);
                double[] load = load();
                double[] epochs = inForce(i -> coordinators.get(i % nodes).renewEpoch(IN_FORCE));
                double[] directories = inForce(i -> coordinators.get(i % nodes).enlist(TableFixture.of(i), IN_FORCE));
                coordinators.forEach(Coordinator::close);
                coordinators.clear();
                return grown(load, epochs, directories);
            } finally {
                coordinators.forEach(Coordinator::close);
                tables.forEach(JdbcCoordinationTables::close);
            }
        }

        private void start() {
            JdbcCoordinationTables opened = open();
            coordinators.add(Coordinator.start(
                    counted(opened), MemoryStore.create().open(opened.database(), "bench"), Environment.system()));
        }

        private JdbcCoordinationTables open() {
            PGSimpleDataSource dataSource = new PGSimpleDataSource();
            dataSource.setUrl(postgres.jdbcUrl());
            JdbcCoordinationTables opened = JdbcCoordinationTables.open(ServiceConnections.of(dataSource), settings);
            tables.add(opened);
            return opened;
        }

        /** Each call is one statement, but for the rare ones that are a short transaction. */
        private CoordinationTables counted(CoordinationTables counting) {
            return (CoordinationTables) Proxy.newProxyInstance(
                    CoordinationTables.class.getClassLoader(),
                    new Class<?>[] {CoordinationTables.class},
                    (proxy, method, arguments) -> {
                        statements.increment();
                        if (List.of("beat", "acknowledge", "raise").contains(method.getName())) {
                            writes.increment();
                        }
                        try {
                            return method.invoke(counting, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        private double[] load() throws InterruptedException {
            long all = statements.sum();
            long written = writes.sum();
            long start = System.nanoTime();
            TimeUnit.SECONDS.sleep(options.seconds);
            double seconds = (System.nanoTime() - start) / 1e9;
            return new double[] {(statements.sum() - all) / seconds, (writes.sum() - written) / seconds};
        }

        private interface Change {
            boolean make(int index);
        }

        /** Milliseconds, sorted. */
        private double[] inForce(Change change) {
            double[] millis = new double[options.changes];
            for (int i = 0; i < millis.length; i++) {
                long start = System.nanoTime();
                if (!change.make(i)) {
                    throw new IllegalStateException("A change was not in force within " + IN_FORCE);
                }
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
            Arrays.sort(millis);
            return millis;
        }

        /** Beats as many as in an hour, as fast as the database takes them, then looks at the table. */
        private Row grown(double[] load, double[] epochs, double[] directories) throws SQLException {
            JdbcCoordinationTables beating = open();
            List<UUID> ids = new ArrayList<>();
            for (int i = 0; i < nodes; i++) {
                UUID id = UUID.randomUUID();
                beating.register(id);
                ids.add(id);
            }
            try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl());
                    Statement statement = connection.createStatement()) {
                statement.execute("VACUUM FULL staleless.staleless_node");
                try (Connection old = DriverManager.getConnection(postgres.jdbcUrl())) {
                    if (options.oldSnapshot) {
                        hold(old);
                    }
                    double beat = beat(beating, ids);
                    long[] size = size(statement);
                    ids.forEach(beating::unregister);
                    return new Row(
                            nodes,
                            load[0],
                            load[1],
                            epochs[epochs.length / 2],
                            directories[directories.length / 2],
                            Math.max(epochs[epochs.length - 1], directories[directories.length - 1]),
                            size[0],
                            size[1],
                            beat);
                }
            }
        }

        private static void hold(Connection old) throws SQLException {
            old.setAutoCommit(false);
            old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (Statement statement = old.createStatement()) {
                statement.execute("SELECT count(*) FROM staleless.staleless_node");
            }
        }

        /** The mean, in milliseconds, of the last tenth. */
        private double beat(JdbcCoordinationTables beating, List<UUID> ids) {
            int last = options.beats - options.beats / 10;
            long start = System.nanoTime();
            for (int i = 0; i < options.beats; i++) {
                if (i == last) {
                    start = System.nanoTime();
                }
                ids.forEach(beating::beat);
            }
            long counted = (long) (options.beats - last) * nodes;
            return counted == 0 ? 0 : (System.nanoTime() - start) / 1e6 / counted;
        }

        /** Kibibytes, and rows that are not removed yet. */
        private static long[] size(Statement statement) throws SQLException {
            statement.execute("ANALYZE staleless.staleless_node");
            try (ResultSet row = statement.executeQuery("""
                    SELECT pg_total_relation_size('staleless.staleless_node') / 1024, pg_stat_get_dead_tuples(
                      'staleless.staleless_node'::regclass)""")) {
                row.next();
                return new long[] {row.getLong(1), row.getLong(2)};
            }
        }
    }
}
