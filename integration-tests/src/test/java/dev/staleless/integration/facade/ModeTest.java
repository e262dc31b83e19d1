package dev.staleless.integration.facade;

import static dev.staleless.integration.facade.TwoNodes.awaitHit;
import static dev.staleless.integration.facade.TwoNodes.query;
import static dev.staleless.integration.facade.TwoNodes.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.jdbc.Mode;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.redis.RedisStore;
import dev.staleless.testkit.server.RedisServer;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node whose mode is changed while it runs, beside another one that serves. */
class ModeTest {

    private static final String ONE = "SELECT name FROM product WHERE id = 1";

    private TwoNodes nodes;
    private RedisServer redis;

    @BeforeEach
    void start() throws SQLException {
        redis = RedisServer.start();
        nodes = TwoNodes.over("""
        CREATE TABLE product (id int PRIMARY KEY, name text NOT NULL);
        INSERT INTO product VALUES (1, 'old'), (2, 'old')""");
    }

    @AfterEach
    void stop() throws Exception {
        nodes.close();
        redis.close();
    }

    private StalelessDataSource node(Mode mode) {
        return nodes.start(nodes.wrap(RedisStore.connect(redis.uri())).mode(mode));
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"REPORT", "OFF"})
    void aNodeThatDoesNotServeAnyMoreStillTellsTheOthersWhatItWrites(Mode mode) throws SQLException {
        StalelessDataSource changing = node(Mode.SERVE);
        StalelessDataSource serving = node(Mode.SERVE);
        awaitHit(changing, ONE);
        awaitHit(serving, ONE);
        changing.mode(mode);
        assertThat(changing.mode()).isEqualTo(mode);
        long hits = changing.statistics().hits();
        assertThat(query(changing, ONE)).isEqualTo("old");
        assertThat(changing.statistics().hits()).isEqualTo(hits);
        write(changing, "UPDATE product SET name = 'new' WHERE id = 1");
        assertThat(query(serving, ONE)).isEqualTo("new");
        assertThat(awaitHit(serving, ONE)).isEqualTo("new");
        changing.mode(Mode.SERVE);
        assertThat(awaitHit(changing, ONE)).isEqualTo("new");
    }

    @Test
    void aNodeThatBeganWithoutServingServesWhenItIsTold() throws SQLException {
        StalelessDataSource node = node(Mode.REPORT);
        assertThat(query(node, ONE)).isEqualTo("old");
        write(node, "UPDATE product SET name = 'new' WHERE id = 1");
        node.mode(Mode.SERVE);
        assertThat(awaitHit(node, ONE)).isEqualTo("new");
        write(node, "UPDATE product SET name = 'newer' WHERE id = 1");
        assertThat(query(node, ONE)).isEqualTo("newer");
    }
}
