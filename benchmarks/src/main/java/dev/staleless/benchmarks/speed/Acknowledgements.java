package dev.staleless.benchmarks.speed;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.push.PushMessage;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Connections that are told by Redis when a log changes, and say at once that they know: as fast as nodes could. Each of them tells a
 * channel to which the writer listens.
 */
final class Acknowledgements implements AutoCloseable {

    private static final String LOG = "strict:log";
    private static final String UNTOLD = "strict:untold";
    private static final String CHANNEL = "strict:known";

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> writer;
    private final StatefulRedisPubSubConnection<String, String> heard;
    private final List<StatefulRedisConnection<String, String>> nodes = new ArrayList<>();
    private final Semaphore known = new Semaphore(0);
    private volatile boolean stopped;

    Acknowledgements(String uri, int count) {
        client = RedisClient.create(uri);
        client.setOptions(ClientOptions.builder()
                .protocolVersion(ProtocolVersion.RESP3)
                .autoReconnect(false)
                .build());
        writer = client.connect();
        heard = client.connectPubSub();
        heard.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String message) {
                known.release();
            }
        });
        heard.sync().subscribe(CHANNEL);
        for (int i = 0; i < count; i++) {
            nodes.add(node(i));
        }
    }

    private StatefulRedisConnection<String, String> node(int number) {
        StatefulRedisConnection<String, String> node = client.connect();
        node.addListener((PushMessage message) -> {
            if (message.getType().equals("invalidate") && !(stopped && number == 0)) {
                var read = node.async().lindex(LOG, 0);
                var told = node.async().publish(CHANNEL, "");
            }
        });
        node.sync().clientTracking(TrackingArgs.Builder.enabled());
        node.sync().lindex(LOG, 0);
        return node;
    }

    /** An append of which nobody is told. */
    void append() {
        writer.sync().lpush(UNTOLD, "x");
    }

    /** An append of which every node is told. */
    void appendObserved() {
        known.drainPermits();
        writer.sync().lpush(LOG, "x");
    }

    /** Waits until so many nodes have said that they know, or the time is over. */
    void await(int count, long millis) throws InterruptedException {
        boolean unused = known.tryAcquire(count, millis, TimeUnit.MILLISECONDS);
    }

    /** Whether the first node says nothing any more; when it goes on it catches up. */
    void stop(boolean value) {
        stopped = value;
        if (!value) {
            nodes.get(0).sync().lindex(LOG, 0);
        }
    }

    @Override
    public void close() {
        nodes.forEach(StatefulRedisConnection::close);
        heard.close();
        writer.sync().del(LOG, UNTOLD);
        writer.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
}
