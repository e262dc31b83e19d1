package dev.staleless.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.staleless.core.coordination.Environment;
import dev.staleless.core.store.StoreException;
import dev.staleless.core.store.StoreProvider;
import dev.staleless.core.store.memory.MemoryStore;
import dev.staleless.jdbc.coordination.CoordinationSettings;
import dev.staleless.jdbc.policy.Limits;
import dev.staleless.jdbc.policy.Revalidate;
import dev.staleless.jdbc.statistics.FrontStatistics;
import dev.staleless.testkit.server.PostgresServer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Starting and closing a node. */
class NodeTest {

    private final String database = "node" + UUID.randomUUID().toString().replace("-", "");

    @BeforeEach
    void createDatabase() throws SQLException {
        execute(PostgresServer.shared().jdbcUrl(), "CREATE DATABASE " + database);
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        execute(PostgresServer.shared().jdbcUrl(), "DROP DATABASE " + database + " WITH (FORCE)");
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private DataSource dataSource() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(PostgresServer.shared().jdbcUrl(database));
        return dataSource;
    }

    private static Settings settings(DataSource dataSource, DataSource service, StoreProvider store) {
        return new Settings(
                dataSource,
                service,
                store,
                new Profiles(List.of()),
                Mode.SERVE,
                Snapshot.STRICT,
                0,
                Duration.ofMinutes(1),
                Duration.ofSeconds(2),
                null,
                Limits.DEFAULT,
                dev.staleless.core.protocol.Admission.ADAPTIVE,
                Revalidate.AUTO,
                dev.staleless.core.protocol.OutageSettings.DEFAULTS,
                WriteSettings.DEFAULT,
                new CoordinationSettings("staleless", "test", true, !store.shared(), Duration.ofSeconds(5)),
                new FrontStatistics(),
                List.of(),
                List.of(),
                Environment.system());
    }

    private Node start(StoreProvider store) {
        return Node.start(settings(dataSource(), dataSource(), store));
    }

    private int sessions() throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(PostgresServer.shared().jdbcUrl());
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = '" + database + "'")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** A backend ends a moment after its client has. */
    private void assertNoSessionIsLeft() throws SQLException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (sessions() > 0) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
        }
    }

    @Test
    void aStoreInTheProcessNeedsNoTablesAndLeavesNothing() throws SQLException {
        try (Node node = start(MemoryStore.create())) {
            assertThat(node.statistics().hits()).isZero();
            try (Connection connection = dataSource().getConnection();
                    Statement statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT count(*) FROM pg_namespace WHERE nspname = 'staleless'")) {
                row.next();
                assertThat(row.getInt(1)).isZero();
            }
        }
        assertNoSessionIsLeft();
    }

    @Test
    void twoStoresOfTheirOwnInOneProcessAreRefusedUntilTheFirstIsClosed() {
        try (Node first = start(MemoryStore.create())) {
            assertThat(first.database()).isNotNull();
            assertThatThrownBy(() -> start(MemoryStore.create()))
                    .isInstanceOf(StalelessStartException.class)
                    .hasMessageContaining("already");
        }
        start(MemoryStore.create()).close();
    }

    @Test
    void whereTheTablesAreAStoreInTheProcessIsRefusedBesideARunningNode() throws SQLException {
        try (Node sharing = start(new SharedMemory())) {
            assertThat(sharing.database()).isNotNull();
            assertThatThrownBy(() -> start(MemoryStore.create()))
                    .isInstanceOf(StalelessStartException.class)
                    .hasMessageContaining("is running in this namespace");
        }
        try (Node alone = start(MemoryStore.create())) {
            assertThat(alone.database()).isNotNull();
            assertThatThrownBy(() -> start(new SharedMemory()))
                    .isInstanceOf(StalelessStartException.class)
                    .hasMessageContaining("is running in this namespace");
        }
        assertNoSessionIsLeft();
    }

    @Test
    void nodesOfOneDatabaseOpenTheStoreByOneName() {
        try (Node one = start(new SharedMemory());
                Node other = start(new SharedMemory())) {
            assertThat(one.database()).isEqualTo(other.database());
        }
    }

    @Test
    void aStoreThatCannotBeReachedIsToldAtTheStart() throws SQLException {
        StoreProvider unreachable = new StoreProvider() {
            @Override
            public boolean shared() {
                return true;
            }

            @Override
            public dev.staleless.core.store.Store open(UUID id, String namespace) {
                throw new StoreException("nobody answers at redis://nowhere");
            }
        };
        assertThatThrownBy(() -> start(unreachable))
                .isInstanceOf(StalelessStartException.class)
                .hasMessageContaining("redis://nowhere");
        assertNoSessionIsLeft();
    }

    @Test
    void otherDatabasesAreRefused() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:" + database);
        DataSource other = answering(
                DataSource.class,
                h2,
                "getConnection",
                connection -> answering(
                        Connection.class,
                        connection,
                        "getMetaData",
                        metaData -> answering(
                                DatabaseMetaData.class, metaData, "getDatabaseProductName", name -> "Other")));
        assertThatThrownBy(() -> Node.start(settings(other, other, MemoryStore.create())))
                .isInstanceOf(StalelessStartException.class)
                .hasMessageContaining("Other")
                .hasMessageContaining("PostgreSQL")
                .hasMessageContaining("H2");
    }

    /** The same but for what one method answers. */
    private static <T> T answering(Class<T> type, Object real, String method, UnaryOperator<Object> answer) {
        InvocationHandler handler = (proxy, called, arguments) -> {
            Object result = called.invoke(real, arguments);
            return called.getName().equals(method) ? answer.apply(result) : result;
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Test
    void serviceConnectionsToAnotherDatabaseAreRefused() {
        PGSimpleDataSource other = new PGSimpleDataSource();
        other.setUrl(PostgresServer.shared().jdbcUrl());
        assertThatThrownBy(() -> Node.start(settings(dataSource(), other, MemoryStore.create())))
                .isInstanceOf(StalelessStartException.class)
                .hasMessageContaining("must lead to the same");
    }

    /** A store that says it is shared, to have the coordination tables used. */
    private static final class SharedMemory implements StoreProvider {
        private final MemoryStore store = MemoryStore.create();

        @Override
        public boolean shared() {
            return true;
        }

        @Override
        public dev.staleless.core.store.Store open(UUID id, String namespace) {
            return store.open(id, namespace);
        }
    }
}
