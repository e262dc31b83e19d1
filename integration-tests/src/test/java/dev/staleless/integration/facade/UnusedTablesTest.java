package dev.staleless.integration.facade;

import static dev.staleless.integration.facade.TwoNodes.awaitHit;
import static dev.staleless.integration.facade.TwoNodes.query;
import static dev.staleless.integration.facade.TwoNodes.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.catalog.TableName;
import dev.staleless.jdbc.Mode;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.redis.RedisStore;
import dev.staleless.testkit.server.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tables that no node caches any more go out of the directory; what another one caches stays right, and comes back. */
class UnusedTablesTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final TableName UNUSED = new TableName("public", "unused");
    private static final String PRODUCT = "SELECT name FROM product WHERE id = 1";
    private static final String OTHER = "SELECT name FROM unused WHERE id = 1";

    @Test
    void onlyWhatNobodyCachesIsTakenOutAndItMayComeBack() throws Exception {
        RedisServer redis = RedisServer.start();
        try (TwoNodes nodes = TwoNodes.over("""
                CREATE TABLE product (id int PRIMARY KEY, name text NOT NULL);
                CREATE TABLE unused (id int PRIMARY KEY, name text NOT NULL);
                INSERT INTO product VALUES (1, 'old');
                INSERT INTO unused VALUES (1, 'old')""")) {
            StalelessDataSource before = nodes.start(nodes.wrap(RedisStore.connect(redis.uri())));
            assertThat(awaitHit(before, OTHER)).isEqualTo("old");
            before.close();
            StalelessDataSource node = nodes.start(nodes.wrap(RedisStore.connect(redis.uri()))
                    .profile("public.unused", dev.staleless.jdbc.Ops.none(), Duration.ofMinutes(1)));
            assertThat(awaitHit(node, PRODUCT)).isEqualTo("old");
            StalelessDataSource operator =
                    nodes.start(nodes.wrap(RedisStore.connect(redis.uri())).mode(Mode.REPORT));
            assertThat(operator.takeOutUnused(LONG)).containsExactly(UNUSED);
            assertThat(operator.takeOutUnused(LONG)).isEmpty();
            // not reported any more, and cached by nobody
            write(
                    operator,
                    "UPDATE unused SET name = 'new' WHERE id = 1",
                    "UPDATE product SET name = 'new' WHERE id = 1");
            assertThat(query(node, PRODUCT)).isEqualTo("new");
            assertThat(awaitHit(node, PRODUCT)).isEqualTo("new");
            operator.mode(Mode.SERVE);
            assertThat(awaitHit(operator, OTHER)).isEqualTo("new");
            write(node, "UPDATE unused SET name = 'newer' WHERE id = 1");
            assertThat(query(operator, OTHER)).isEqualTo("newer");
        } finally {
            redis.close();
        }
    }
}
