package dev.staleless.redis;

import dev.staleless.core.store.StoreException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections and learns which server they lead to. The client's own reconnecting is off, and with it its replaying of
 * commands (Lettuce, "Command execution reliability": at most once), as is moving a connection to another server at the
 * server's wish. Time-outs of commands are the {@link Pipeline}'s.
 */
final class Connector implements AutoCloseable {

    private static final Duration SHUTDOWN = Duration.ofSeconds(2);

    private final RedisClient client;
    private final RedisURI uri;
    private final String where;
    private final Duration timeout;

    Connector(RedisURI uri, Duration timeout) {
        this.uri = uri;
        this.where = "Redis at " + address(uri);
        this.timeout = timeout;
        this.client = RedisClient.create();
        client.setOptions(ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .protocolVersion(ProtocolVersion.RESP2)
                .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(timeout)
                        .keepAlive(true)
                        .tcpNoDelay(true)
                        .build())
                .build());
    }

    /** The server's address, for messages. */
    String where() {
        return where;
    }

    /**
     * Makes a connection, asks for the server's ids before anything else, and ends the connection that this one replaces.
     *
     * <p>The server may not have noticed the old connection's end, and have commands of it before it still. Once it has
     * ended it for us, none of them will be executed: a mark cannot appear after it was resolved.
     *
     * @return fails with a {@link StoreException} that says what to do
     */
    CompletableFuture<Link> connect(@Nullable Link replaced) {
        return client.connectAsync(ByteArrayCodec.INSTANCE, uri)
                .toCompletableFuture()
                .exceptionally(failure -> {
                    throw unreachable(failure);
                })
                .thenApply(connection -> new Wire(connection, where))
                .thenCompose(wire -> identify(wire)
                        .thenCompose(link -> endReplaced(link, replaced))
                        .whenComplete((link, failure) -> {
                            if (failure != null) {
                                wire.close();
                            }
                        }));
    }

    /** The ids of the server that a connection leads to now. */
    CompletableFuture<ServerIds> ids(Link link) {
        return identify(link.wire()).thenApply(Link::ids);
    }

    private CompletableFuture<Link> identify(Wire wire) {
        Pipeline pipeline = new Pipeline(wire);
        Reply<String> server = pipeline.info("server");
        Reply<String> replication = pipeline.info("replication");
        Reply<Long> clientId = pipeline.clientId();
        return pipeline.start(timeout).thenApply(done -> {
            ServerIds ids = ServerIds.parse(where, text(server), text(replication));
            return new Link(wire, ids, ids.digest(), clientId.value());
        });
    }

    private CompletableFuture<Link> endReplaced(Link link, @Nullable Link replaced) {
        Long clientId = replaced == null || !replaced.ids().equals(link.ids()) ? null : replaced.clientId();
        if (clientId == null) {
            return CompletableFuture.completedFuture(link);
        }
        Pipeline pipeline = link.pipeline();
        pipeline.endClient(clientId);
        return pipeline.start(timeout).thenApply(done -> link);
    }

    private StoreException unreachable(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage());
        if (message.startsWith("NOAUTH") || message.startsWith("WRONGPASS") || message.startsWith("ERR AUTH")) {
            return new StoreException(
                    where + " refuses the login: " + message
                            + " (user and password are part of the URI, redis://user:password@host:port)",
                    cause);
        }
        return new StoreException(where + " could not be reached: " + message, cause);
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, SHUTDOWN);
    }

    /** What a stage failed with, as a {@link StoreException}. */
    StoreException failure(Throwable failure) {
        Throwable cause = failure instanceof CompletionException
                ? Objects.requireNonNullElse(failure.getCause(), failure)
                : failure;
        return cause instanceof StoreException known ? known : unreachable(cause);
    }

    private static String text(Reply<String> reply) {
        return Objects.requireNonNullElse(reply.value(), "");
    }

    private static String address(RedisURI uri) {
        if (uri.getSocket() != null) {
            return uri.getSocket();
        }
        RedisURI first = uri.getSentinels().isEmpty() ? uri : uri.getSentinels().get(0);
        String master = uri.getSentinelMasterId();
        return first.getHost() + ":" + first.getPort() + (master == null ? "" : " (Sentinel, " + master + ")");
    }
}
