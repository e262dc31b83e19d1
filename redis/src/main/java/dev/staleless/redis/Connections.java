package dev.staleless.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The connections of one store, to whatever servers keep its data, and the threads that look after them. */
final class Connections implements AutoCloseable {

    private static final Duration SHUTDOWN = Duration.ofSeconds(2);

    private final Options options;
    private final RedisClient client;
    private final Servers servers;
    private final Duration timeout;
    private final Duration checkInterval;
    private final ScheduledExecutorService checks =
            Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "staleless-redis-check"));
    private final ExecutorService background =
            Executors.newSingleThreadExecutor(work -> daemon(work, "staleless-redis-background"));
    private final ExecutorService callbacks =
            Executors.newSingleThreadExecutor(work -> daemon(work, "staleless-redis-callback"));

    Connections(Options options) {
        this.options = options;
        this.timeout = options.timeout();
        this.checkInterval = options.checkInterval();
        this.client = Connector.client(options.connectTimeout(), options.trusted());
        this.servers = options.cluster() ? cluster(options) : one(options);
    }

    private Servers one(Options options) {
        Connector connector = new Connector(client, options.uris().get(0), false, options.connectTimeout());
        return new OneServer(
                connector, options.readConnections(), options.connectTimeout().multipliedBy(2));
    }

    private Servers cluster(Options options) {
        return new ClusterServers(
                options.uris().stream()
                        .map(uri -> new Address(uri.getHost(), uri.getPort()))
                        .toList(),
                address -> new Connector(client, at(options.uris().get(0), address), true, options.connectTimeout()),
                options.readConnections(),
                options.connectTimeout().multipliedBy(2),
                background);
    }

    /** The same login at another server. */
    private static RedisURI at(RedisURI seed, Address address) {
        RedisURI uri = RedisURI.builder(seed).build();
        uri.setHost(address.host());
        uri.setPort(address.port());
        return uri;
    }

    /** Connects, and begins to watch over the connections. */
    void connect() {
        servers.connect();
        long nanos = checkInterval.toNanos();
        checks.scheduleWithFixedDelay(servers::check, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /** Commands for one purpose. */
    Batch batch(Lines.Purpose purpose) {
        return new Batch(servers, purpose, timeout);
    }

    /** A tracker with a connection of its own. */
    LogTracker tracker(Keys keys, Duration interval) {
        return new LogTracker(options, keys, interval, (key, value) -> {
            Batch batch = batch(Lines.Purpose.ENTRIES);
            batch.add(key, (pipeline, link) -> pipeline.set(key, value, options.timeout()));
            batch.run();
        });
    }

    /** All servers that are known. */
    List<Lines> servers() {
        return servers.all();
    }

    /** Whether everything is on one server, so that what is sent to it in one batch is executed in that order. */
    boolean oneServer() {
        return servers.one();
    }

    /** Runs what may wait for a server. */
    Executor background() {
        return background;
    }

    /**
     * The stage for callers: what depends on it may block, and even call the store, since it does not run on the thread that
     * reads replies.
     */
    CompletionStage<Void> forCallers(CompletableFuture<Void> stage) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        stage.whenComplete((nothing, failure) -> {
            Runnable complete = () -> {
                if (failure == null) {
                    result.complete(null);
                } else {
                    result.completeExceptionally(failure);
                }
            };
            try {
                callbacks.execute(complete);
            } catch (RejectedExecutionException closed) {
                complete.run();
            }
        });
        return result;
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        checks.shutdownNow();
        servers.close();
        background.shutdown();
        client.shutdown(Duration.ZERO, SHUTDOWN);
        callbacks.shutdown();
    }
}
