package dev.staleless.redis;

import dev.staleless.core.store.StoreException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections and learns which server they lead to. The client's own reconnecting is off, and with it its replaying of
 * commands (Lettuce, "Command execution reliability": at most once), as is moving a connection to another server at the
 * server's wish. Time-outs of commands are the {@link Pipeline}'s.
 */
final class Connector {

    private final RedisClient client;
    private final RedisURI uri;
    private final boolean cluster;
    private final String where;
    private final Duration timeout;

    /**
     * @param client made by {@link #client}
     * @param cluster whether the server is to be one of a Cluster, or on no account
     */
    Connector(RedisClient client, RedisURI uri, boolean cluster, Duration timeout) {
        this.client = client;
        this.uri = uri;
        this.cluster = cluster;
        this.where = "Redis at " + address(uri);
        this.timeout = timeout;
    }

    /** The client library with the options that connections need; to be shut down in the end. */
    static RedisClient client(Duration timeout, @Nullable Path trusted) {
        return client(timeout, trusted, ProtocolVersion.RESP2);
    }

    /** As {@link #client(Duration, Path)}, by one version of the protocol. */
    static RedisClient client(Duration timeout, @Nullable Path trusted, ProtocolVersion version) {
        RedisClient client = RedisClient.create();
        ClientOptions.Builder options = ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .protocolVersion(version)
                .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(timeout)
                        .keepAlive(true)
                        .tcpNoDelay(true)
                        .build());
        if (trusted != null) {
            options.sslOptions(SslOptions.builder()
                    .jdkSslProvider()
                    .trustManager(trusted.toFile())
                    .build());
        }
        client.setOptions(options.build());
        return client;
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
        Activations activations = new Activations();
        client.addListener(activations);
        return client.connectAsync(ByteArrayCodec.INSTANCE, uri)
                .toCompletableFuture()
                .thenCompose(connection -> activations
                        .of(connection)
                        .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
                        .thenApply(active -> new Wire(connection, where, host()))
                        .whenComplete((wire, failure) -> {
                            if (failure != null) {
                                connection.closeAsync();
                            }
                        }))
                .whenComplete((wire, failure) -> client.removeListener(activations))
                .exceptionally(failure -> {
                    throw unreachable(failure);
                })
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
        Reply<String> state = cluster ? pipeline.clusterInfo() : null;
        Reply<Long> clientId = pipeline.clientId();
        return pipeline.start(timeout).thenApply(done -> {
            ServerIds ids = cluster
                    ? ServerIds.parseCluster(where, text(server), text(replication), text(state))
                    : ServerIds.parse(where, text(server), text(replication));
            return new Link(wire, ids, ids.digest(), clientId.value());
        });
    }

    private CompletableFuture<Link> endReplaced(Link link, @Nullable Link replaced) {
        Long clientId = replaced == null || !replaced.ids().sameLife(link.ids()) ? null : replaced.clientId();
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

    /** What a stage failed with, as a {@link StoreException}. */
    StoreException failure(Throwable failure) {
        Throwable cause = failure instanceof CompletionException
                ? Objects.requireNonNullElse(failure.getCause(), failure)
                : failure;
        return cause instanceof StoreException known ? known : unreachable(cause);
    }

    /**
     * Which server of the Cluster holds which slots, as any of them tells, a replica too.
     *
     * @param open a connection there; null for one that is ended afterwards
     */
    CompletableFuture<List<SlotRange>> slots(Address asked, @Nullable Link open) {
        if (open != null) {
            return slots(asked, open.wire());
        }
        return client.connectAsync(ByteArrayCodec.INSTANCE, uri)
                .toCompletableFuture()
                .exceptionally(failure -> {
                    throw unreachable(failure);
                })
                .thenCompose(connection -> {
                    Wire wire = new Wire(connection, where, host());
                    return slots(asked, wire).whenComplete((ranges, failure) -> wire.close());
                });
    }

    private CompletableFuture<List<SlotRange>> slots(Address asked, Wire wire) {
        Pipeline pipeline = new Pipeline(wire);
        Reply<List<Object>> reply = pipeline.clusterSlots();
        return pipeline.start(timeout)
                .thenApply(done -> SlotRange.parse(Objects.requireNonNullElse(reply.value(), List.of()), asked));
    }

    private String host() {
        return String.valueOf(uri.getHost());
    }

    private static String text(@Nullable Reply<String> reply) {
        return reply == null ? "" : Objects.requireNonNullElse(reply.value(), "");
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
