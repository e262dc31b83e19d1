package dev.staleless.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells when connections of the client library take commands. After a login the library hands a connection out from another thread
 * than the one that activates it, and maybe before: the first command would be rejected. Safe for any thread.
 */
final class Activations implements RedisConnectionStateListener {

    private final Map<Object, CompletableFuture<Void>> activations = new ConcurrentHashMap<>();

    @Override
    public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
        of(connection).complete(null);
    }

    /** Completes when the connection takes commands, if it was made while this was listening. */
    CompletableFuture<Void> of(Object connection) {
        return activations.computeIfAbsent(connection, any -> new CompletableFuture<>());
    }
}
