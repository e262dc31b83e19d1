package dev.staleless.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The connections of one store: some for reading, one for all that concerns transactions in flight, so that it is executed in
 * the order in which it was sent, and one for entries, which may be large and must not hold up a commit.
 */
final class Connections implements AutoCloseable {

    private final Connector connector;
    private final Duration timeout;
    private final Duration connectTimeout;
    private final Duration checkInterval;
    private final List<Line> reads = new ArrayList<>();
    private final Line reports;
    private final Line entries;
    private final List<Line> all = new ArrayList<>();
    private final ScheduledExecutorService checks =
            Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "staleless-redis-check"));
    private final ExecutorService callbacks =
            Executors.newSingleThreadExecutor(work -> daemon(work, "staleless-redis-callback"));

    Connections(Options options) {
        this.connector = new Connector(options.uri(), options.connectTimeout());
        this.timeout = options.timeout();
        this.connectTimeout = options.connectTimeout();
        this.checkInterval = options.checkInterval();
        for (int i = 0; i < options.readConnections(); i++) {
            reads.add(new Line(connector));
        }
        this.reports = new Line(connector);
        this.entries = new Line(connector);
        all.addAll(reads);
        all.add(reports);
        all.add(entries);
    }

    /** Connects, and begins to watch over the connections. */
    void connect() {
        for (Line line : all) {
            line.link(connectTimeout.multipliedBy(2));
        }
        long nanos = checkInterval.toNanos();
        checks.scheduleWithFixedDelay(() -> all.forEach(Line::check), nanos, nanos, TimeUnit.NANOSECONDS);
    }

    Link read() {
        Line line =
                reads.get(reads.size() == 1 ? 0 : ThreadLocalRandom.current().nextInt(reads.size()));
        return line.link(timeout);
    }

    Link report() {
        return reports.link(timeout);
    }

    Link entries() {
        return entries.link(timeout);
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
        all.forEach(Line::close);
        connector.close();
        callbacks.shutdown();
    }
}
