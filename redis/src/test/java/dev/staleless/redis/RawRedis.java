package dev.staleless.redis;

import dev.staleless.testkit.server.RedisCluster;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A plain connection of a test, to look at keys and to damage them. */
final class RawRedis implements AutoCloseable {

    private final AbstractRedisClient client;
    private final RedisClusterCommands<byte[], byte[]> commands;

    /** @param uri of one server */
    RawRedis(String uri) {
        RedisClient one = RedisClient.create(uri);
        client = one;
        commands = one.connect(ByteArrayCodec.INSTANCE).sync();
    }

    RawRedis(RedisCluster cluster) {
        RedisClusterClient all = RedisClusterClient.create(
                "redis://127.0.0.1:" + cluster.primaries().get(0).port());
        client = all;
        commands = all.connect(ByteArrayCodec.INSTANCE).sync();
    }

    RedisClusterCommands<byte[], byte[]> commands() {
        return commands;
    }

    List<byte[]> keys(String pattern) {
        return commands().keys(pattern);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** How often the server has executed a command. */
    long calls(String command) {
        return commands()
                .info("commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_" + command + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceFirst("[^:]*:calls=(\\d+),.*", "$1")))
                .sum();
    }

    /** Names and numbers of the commands executed since the statistics were reset, but for those of this connection. */
    Map<String, Long> calls() {
        Map<String, Long> calls = new TreeMap<>();
        commands()
                .info("commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_") && !line.startsWith("cmdstat_config"))
                .map(line -> line.substring("cmdstat_".length(), line.indexOf(':')))
                .forEach(command -> calls.put(command, calls(command)));
        calls.remove("info");
        return calls;
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
