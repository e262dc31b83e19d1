package dev.staleless.examples.demo;

import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.core.store.StoreProvider;
import dev.staleless.core.store.memory.MemoryStore;
import dev.staleless.examples.gazetteer.ActivityFeed;
import dev.staleless.examples.gazetteer.GazetteerApplication;
import dev.staleless.examples.gazetteer.GazetteerData;
import dev.staleless.jdbc.Ops;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.redis.RedisStore;
import dev.staleless.testkit.server.PostgresServer;
import dev.staleless.testkit.server.RedisServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.sql.DataSource;

/**
 * The demo, running: a PostgreSQL with the data set, a Redis unless the store is in the process, and one or two instances of
 * the example application. Closing it stops everything, in the reverse order, and leaves nothing behind. Closing is safe from
 * any thread.
 */
public final class Demo implements AutoCloseable {

    /** Where results are kept. */
    public enum StoreKind {
        /** One Redis, two instances of the application that share it. */
        REDIS,
        /** The process itself; one instance. */
        MEMORY
    }

    private static final Duration TTL = Duration.ofMinutes(30);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final List<String> addresses = new ArrayList<>();
    private boolean closed;

    private Demo() {}

    /**
     * Starts everything.
     *
     * @param port of the first instance's page; the second has the next one. 0 for any free ones
     * @param progress told what is being done
     * @throws DemoException if something could not be started, such as a port that is in use; nothing is left running
     */
    public static Demo start(StoreKind store, int port, PrintStream progress) {
        var demo = new Demo();
        try {
            demo.startAll(store, ports(port, store == StoreKind.REDIS ? 2 : 1), progress);
            return demo;
        } catch (SQLException | RuntimeException e) {
            demo.close();
            throw e instanceof DemoException known
                    ? known
                    : new DemoException("The demo could not be started: " + e, e);
        }
    }

    /** Addresses of the instances' pages. */
    public List<String> addresses() {
        return List.copyOf(addresses);
    }

    private void startAll(StoreKind kind, List<Integer> ports, PrintStream progress) throws SQLException {
        progress.println("Starting PostgreSQL ...");
        var postgres = opened(PostgresServer.start());
        postgres.stopOnlyByOwner(); // after the instances, which have something to tell it when they end
        progress.println("Loading the data set ...");
        try (var pool = pool(postgres)) {
            var rows = GazetteerData.load(pool);
            progress.printf(
                    "%,d rows in %d tables.%n",
                    rows.values().stream().mapToLong(Long::longValue).sum(), rows.size());
        }
        StoreProvider store = store(kind, progress);
        for (int i = 0; i < ports.size(); i++) {
            progress.println("Starting the application on port " + ports.get(i) + " ...");
            instance(i, ports, pool(postgres), store, kind);
        }
    }

    private StoreProvider store(StoreKind kind, PrintStream progress) {
        if (kind == StoreKind.MEMORY) {
            return MemoryStore.create();
        }
        progress.println("Starting Redis ...");
        var redis = opened(RedisServer.start());
        redis.stopOnlyByOwner();
        return RedisStore.connect(redis.uri());
    }

    private void instance(int index, List<Integer> ports, HikariDataSource pool, StoreProvider store, StoreKind kind) {
        opened(pool);
        var recorder = new ActivityRecorder(node(index, ports, kind));
        StalelessDataSource cached = opened(Staleless.wrap(pool)
                .store(store)
                .profile("public.*", Ops.all(), TTL)
                .listener((dev.staleless.core.statistics.CacheListener) recorder)
                .listener((dev.staleless.jdbc.policy.FrontListener) recorder)
                .build());
        DataSource observed = ObservedDataSource.of(cached, recorder);
        var application = opened(GazetteerApplication.start(observed, ports.get(index), recorder));
        addresses.add("http://localhost:" + application.port());
    }

    private static ActivityFeed.Node node(int index, List<Integer> ports, StoreKind kind) {
        List<ActivityFeed.Peer> others = new ArrayList<>();
        for (int i = 0; i < ports.size(); i++) {
            if (i != index) {
                others.add(new ActivityFeed.Peer(name(i), "http://localhost:" + ports.get(i)));
            }
        }
        String store = kind == StoreKind.REDIS ? "one Redis for all instances" : "this process";
        return new ActivityFeed.Node(name(index), store, others);
    }

    private static String name(int index) {
        return "node " + (char) ('A' + index);
    }

    private static HikariDataSource pool(PostgresServer postgres) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(postgres.jdbcUrl());
        pool.setMaximumPoolSize(8);
        return pool;
    }

    /** Found out before anything is started. */
    private static List<Integer> ports(int first, int count) {
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ports.add(free(first == 0 ? 0 : first + i));
        }
        return ports;
    }

    private static int free(int port) {
        try (var socket = new ServerSocket(port, 1)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new DemoException(
                    "Port " + port + " of " + InetAddress.getLoopbackAddress().getHostName()
                            + " is in use: stop what listens there, or choose another with --port=NUMBER (two ports"
                            + " are needed, that one and the next).",
                    e);
        }
    }

    private synchronized <T extends AutoCloseable> T opened(T part) {
        if (closed) {
            closeQuietly(part);
            throw new DemoException("The demo was stopped while it was starting.", null);
        }
        parts.push(part);
        return part;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!parts.isEmpty()) {
            closeQuietly(parts.pop());
        }
    }

    /** One part that fails to stop keeps no other from it. */
    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            System.getLogger(Demo.class.getName()).log(System.Logger.Level.WARNING, "could not stop " + part, e);
        }
    }
}
