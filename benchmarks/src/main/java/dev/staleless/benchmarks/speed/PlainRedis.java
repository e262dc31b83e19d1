package dev.staleless.benchmarks.speed;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.protocol.RedisCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A connection of the client library as one would use it by oneself, with the settings of the store's connections. */
final class PlainRedis implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final RedisClient client;
    private final StatefulRedisConnection<byte[], byte[]> connection;

    PlainRedis(String uri) {
        client = RedisClient.create(uri);
        client.setOptions(ClientOptions.builder()
                .autoReconnect(false)
                .protocolVersion(ProtocolVersion.RESP2)
                .build());
        connection = client.connect(ByteArrayCodec.INSTANCE);
    }

    int get(byte[] key) {
        byte[] value = connection.sync().get(key);
        if (value == null) {
            throw new IllegalStateException("an entry is gone");
        }
        return value.length;
    }

    /** All in one flush. */
    void getAndHeads(byte[] key, List<byte[]> logs) {
        List<RedisCommand<byte[], byte[], ?>> commands = new ArrayList<>(logs.size() + 1);
        List<RedisFuture<?>> answers = new ArrayList<>(logs.size() + 1);
        add(CommandType.GET, args(key), commands, answers);
        for (byte[] log : logs) {
            add(CommandType.LINDEX, args(log).add(0), commands, answers);
        }
        connection.dispatch(commands);
        if (!LettuceFutures.awaitAll(TIMEOUT, answers.toArray(RedisFuture<?>[]::new))) {
            throw new IllegalStateException("Redis did not answer within " + TIMEOUT);
        }
    }

    private static CommandArgs<byte[], byte[]> args(byte[] key) {
        return new CommandArgs<>(ByteArrayCodec.INSTANCE).addKey(key);
    }

    private static void add(
            CommandType type,
            CommandArgs<byte[], byte[]> args,
            List<RedisCommand<byte[], byte[], ?>> commands,
            List<RedisFuture<?>> answers) {
        var command = new AsyncCommand<>(new Command<>(type, new ValueOutput<>(ByteArrayCodec.INSTANCE), args));
        commands.add(command);
        answers.add(command);
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
}
