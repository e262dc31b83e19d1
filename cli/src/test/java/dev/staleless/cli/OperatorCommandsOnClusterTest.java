package dev.staleless.cli;

import dev.staleless.testkit.server.RedisCluster;
import dev.staleless.testkit.server.RedisConnection;
import dev.staleless.testkit.server.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On a Cluster, as a user with the rights that the guide lists and no others. */
class OperatorCommandsOnClusterTest extends OperatorCommandsContract {

    private static RedisCluster cluster;

    @BeforeAll
    static void startCluster() {
        cluster = RedisCluster.start();
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @Override
    String store() {
        for (RedisServer server : cluster.servers()) {
            try (RedisConnection admin = new RedisConnection(server.port())) {
                rights().forEach(line -> admin.call(line.split(" ")));
            }
        }
        return cluster.uri().replace("://", "://staleless:secret@");
    }

    private List<String> rights() {
        try {
            return Files.readAllLines(Path.of("..", "docs", "guide", "redis.md")).stream()
                    .filter(line -> line.startsWith("ACL SETUSER staleless "))
                    .map(line -> line.replace(":contract:", ":" + namespace + ":"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
