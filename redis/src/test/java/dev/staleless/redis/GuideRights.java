package dev.staleless.redis;

import dev.staleless.testkit.server.RedisConnection;
import dev.staleless.testkit.server.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The rights that docs/guide/redis.md says suffice, as it lists them. */
final class GuideRights {

    static final int NODE = 0;
    static final int NODE_OF_A_CLUSTER = 1;
    static final int RECLAIM = 2;

    private static final List<String> LINES = lines();

    private GuideRights() {}

    private static List<String> lines() {
        try {
            return Files.readAllLines(Path.of("..", "docs", "guide", "redis.md")).stream()
                    .filter(line -> line.startsWith("ACL SETUSER staleless "))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives a user these rights, and no other that it may have had. */
    static void grant(List<RedisServer> servers, String user, String namespace, int... lines) {
        for (RedisServer server : servers) {
            try (RedisConnection admin = new RedisConnection(server.port())) {
                admin.call("ACL", "SETUSER", user, "reset");
                for (int line : lines) {
                    admin.call(LINES.get(line)
                            .replace(" staleless ", " " + user + " ")
                            .replace(":contract:", ":" + namespace + ":")
                            .split(" "));
                }
            }
        }
    }

    static String as(String user, String uri) {
        return uri.replace("://", "://" + user + ":secret@");
    }
}
