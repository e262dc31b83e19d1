package dev.staleless.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.staleless.core.coordination.Clock;
import dev.staleless.core.coordination.Environment;
import dev.staleless.core.coordination.Latch;
import dev.staleless.jdbc.coordination.CoordinationSettings;
import dev.staleless.jdbc.coordination.JdbcCoordinationTables;
import dev.staleless.jdbc.coordination.ServiceConnections;
import dev.staleless.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Waiting for a node in the way, in a time that passes only where somebody waits. */
class SoleNodeTest {

    private final String database = "sole" + UUID.randomUUID().toString().replace("-", "");
    private JdbcCoordinationTables sharing;
    private JdbcCoordinationTables alone;

    @BeforeEach
    void open() throws SQLException {
        execute("CREATE DATABASE " + database);
        sharing = open(false);
        alone = open(true);
    }

    @AfterEach
    void close() throws SQLException {
        sharing.close();
        alone.close();
        execute("DROP DATABASE " + database + " WITH (FORCE)");
    }

    private JdbcCoordinationTables open(boolean mustBeAlone) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(PostgresServer.shared().jdbcUrl(database));
        return JdbcCoordinationTables.open(
                ServiceConnections.of(dataSource),
                new CoordinationSettings("staleless", "test", true, mustBeAlone, Duration.ofSeconds(5)));
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(PostgresServer.shared().jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void nobodyIsWaitedForWhereNobodyIs() {
        FakeTime time = new FakeTime(() -> {});
        new SoleNode(alone, time).await();
        assertThat(time.seconds).isZero();
    }

    @Test
    void aNodeThatIsSilentForTwoLeasesAndATenthIsRemoved() {
        sharing.register(UUID.randomUUID());
        FakeTime time = new FakeTime(() -> {});
        new SoleNode(alone, time).await();
        assertThat(time.seconds).isBetween(33, 35);
        assertThat(alone.nodes()).isEmpty();
    }

    @Test
    void aNodeThatBeatsOnceMoreIsAReasonNotToStart() {
        UUID node = UUID.randomUUID();
        sharing.register(node);
        FakeTime time = new FakeTime(() -> {});
        time.everySecond = () -> {
            if (time.seconds == 32) {
                assertThat(sharing.beat(node)).isTrue();
            }
        };
        assertThatThrownBy(() -> new SoleNode(alone, time).await())
                .isInstanceOf(StalelessStartException.class)
                .hasMessageContaining(node.toString());
        assertThat(alone.nodes()).hasSize(1);
    }

    @Test
    void nodesThatShareAStoreDoNotWaitForEachOther() {
        sharing.register(UUID.randomUUID());
        FakeTime time = new FakeTime(() -> {});
        new SoleNode(sharing, time).await();
        assertThat(time.seconds).isZero();
    }

    /** Each wait takes exactly as long as it may. */
    private static final class FakeTime implements Environment {
        private Runnable everySecond;
        private int seconds;

        FakeTime(Runnable everySecond) {
            this.everySecond = everySecond;
        }

        @Override
        public Clock clock() {
            return new Clock() {
                @Override
                public long nanos() {
                    return Duration.ofSeconds(seconds).toNanos();
                }

                @Override
                public long millis() {
                    return Duration.ofSeconds(seconds).toMillis();
                }
            };
        }

        @Override
        public UUID freshId() {
            return UUID.randomUUID();
        }

        @Override
        public void start(String name, Runnable task) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        public void schedule(Runnable task, Duration delay) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Latch latch() {
            return new Latch() {
                @Override
                public void open() {}

                @Override
                public boolean await(Duration timeout) {
                    seconds += (int) timeout.toSeconds();
                    everySecond.run();
                    return false;
                }
            };
        }
    }
}
