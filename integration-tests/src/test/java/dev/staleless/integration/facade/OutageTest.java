package dev.staleless.integration.facade;

import static dev.staleless.integration.facade.TwoNodes.awaitHit;
import static dev.staleless.integration.facade.TwoNodes.query;
import static dev.staleless.integration.facade.TwoNodes.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.staleless.core.protocol.OutageSettings.WhenUnreachable;
import dev.staleless.core.statistics.StoreState;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.redis.RedisStore;
import dev.staleless.testkit.server.RedisServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What applications see while the store is away, and when it is back. */
class OutageTest {

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

    private StalelessDataSource node() {
        return nodes.start(nodes.wrap(RedisStore.connect(redis.uri())));
    }

    @Test
    void writesGoOnWithoutTheStoreAndNothingIsStaleWhenItIsBack() throws SQLException {
        StalelessDataSource writer = node();
        StalelessDataSource reader = node();
        assertThat(awaitHit(reader, ONE)).isEqualTo("old");
        redis.kill();
        assertThat(query(reader, ONE)).isEqualTo("old");
        write(writer, "UPDATE product SET name = 'new' WHERE id = 1");
        assertThat(writer.statistics().store()).isEqualTo(StoreState.CUT_OFF);
        assertThat(query(reader, ONE)).isEqualTo("new");
        assertThat(query(writer, ONE)).isEqualTo("new");
        try (Connection connection = writer.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("UPDATE product SET name = 'newer' WHERE id = 1");
            connection.commit();
        }
        redis.relaunch();
        assertThat(awaitHit(reader, ONE)).isEqualTo("newer");
        assertThat(awaitHit(writer, ONE)).isEqualTo("newer");
        assertThat(writer.statistics().store()).isEqualTo(StoreState.AVAILABLE);
    }

    @Test
    void aWriteIsRefusedWithoutTheStoreIfTheSettingSaysSo() throws SQLException {
        StalelessDataSource node =
                nodes.start(nodes.wrap(RedisStore.connect(redis.uri())).whenUnreachable(WhenUnreachable.REFUSE));
        redis.kill();
        assertThatThrownBy(() -> write(node, "UPDATE product SET name = 'new' WHERE id = 1"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("whenUnreachable = refuse");
        assertThat(query(node, ONE)).isEqualTo("old");
    }

    @Test
    void aTransactionWhoseSnapshotIsOlderThanTheBarrierMayBeTriedAgain() throws SQLException {
        StalelessDataSource node = node();
        try (Connection connection = node.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("UPDATE product SET name = 'new' WHERE id = 1");
            redis.kill();
            assertThatThrownBy(connection::commit)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"));
            statement.execute("UPDATE product SET name = 'newer' WHERE id = 1");
            connection.commit();
        }
        assertThat(query(node, ONE)).isEqualTo("newer");
    }
}
