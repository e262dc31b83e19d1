package dev.staleless.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.jdbc.catalog.CatalogSource;
import dev.staleless.jdbc.policy.FrontListener;
import dev.staleless.jdbc.policy.Images;
import dev.staleless.jdbc.policy.Limits;
import dev.staleless.jdbc.result.mariadb.MariaDbProfile;
import dev.staleless.sql.SqlAnalyser;
import dev.staleless.sql.SqlDialect;
import dev.staleless.testkit.server.MariaDbServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mariadb.jdbc.MariaDbDataSource;

/** What MariaDB returns by itself: the number that a column counted, and rows by RETURNING. */
class OwnResultsOnMariaDbTest {
    private final String name = "own" + UUID.randomUUID().toString().replace("-", "");
    private final EventRecorder recorder = new EventRecorder();
    private Connection connection;

    @BeforeEach
    void create() throws SQLException, ReflectiveOperationException {
        assumeTrue(MariaDbServer.isSupported(), "the binaries are for Linux on x86-64");
        MariaDbServer server = MariaDbServer.shared();
        try (Connection admin = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = admin.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
            statement.execute(
                    "CREATE TABLE " + name
                            + ".item (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20) COLLATE utf8mb4_bin UNIQUE, insert_id INT)");
            statement.execute("INSERT INTO " + name + ".item (name) VALUES ('one'), ('two')");
        }
        MariaDbDataSource source = new MariaDbDataSource(server.jdbcUrl(name));
        CatalogSource catalogs = CatalogSource.mariadb(source::getConnection, "staleless");
        assertThat(catalogs.current().tables()).isNotEmpty();
        connection = CachingDataSource.create(
                        source,
                        new Wiring(
                                recorder,
                                SqlAnalyser.create(SqlDialect.MARIADB),
                                catalogs,
                                "mariadb",
                                (template, hint) -> Duration.ofMinutes(5),
                                Limits.DEFAULT,
                                MariaDbProfile.create(),
                                FrontListener.NONE,
                                BarrierLocks.NONE,
                                Images.ALWAYS))
                .getConnection();
    }

    @AfterEach
    void close() throws SQLException {
        if (connection == null) {
            return;
        }
        connection.close();
        try (Connection admin =
                        DriverManager.getConnection(MariaDbServer.shared().jdbcUrl());
                Statement statement = admin.createStatement()) {
            statement.execute("DROP DATABASE " + name);
        }
    }

    private static AbstractValue exact(Object value) {
        return new AbstractValue.Exact(value);
    }

    private List<ChangeEvent> inserted(String sql, int... keys) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
            statement.executeUpdate();
            try (ResultSet row = statement.getGeneratedKeys()) {
                for (int key : keys) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getInt(1)).isEqualTo(key);
                }
            }
        }
        return recorder.take();
    }

    @Test
    void theNumberThatAColumnCountedIsKnownWithTheValues() throws SQLException {
        assertThat(inserted("INSERT INTO item (name) VALUES ('three')", 3))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.after().get("id")).isEqualTo(exact(3L));
                    assertThat(event.after().get("name")).isEqualTo(exact("three"));
                    assertThat(event.after().get("insert_id")).isEqualTo(AbstractValue.NULL);
                });
    }

    @Test
    void aNumberThatMayBeAnotherIsNotBelieved() throws SQLException {
        for (String sql : List.of(
                "INSERT INTO item (name) VALUES ('a'), ('b')",
                "INSERT INTO item (name, insert_id) VALUES ('c', LAST_INSERT_ID(77))",
                "INSERT INTO item (id, name) VALUES (0, 'd')",
                "INSERT INTO item VALUES (NULL, 'e', 1)",
                "INSERT INTO item (name) SELECT 'f'",
                "INSERT INTO item (name) VALUES ('one') ON DUPLICATE KEY UPDATE insert_id = 5",
                "INSERT INTO item (name) VALUES ('g') ON DUPLICATE KEY UPDATE insert_id = 5",
                "REPLACE INTO item (name) VALUES ('one')")) {
            assertThat(inserted(sql))
                    .as(sql)
                    .isNotEmpty()
                    .allSatisfy(event -> assertThat(
                                    event.after() == null
                                            ? AbstractValue.UNKNOWN
                                            : event.after().get("id"))
                            .as(sql)
                            .isNotInstanceOf(AbstractValue.Exact.class));
        }
    }

    @Test
    void rowsThatAreReturnedAreKnown() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row =
                    statement.executeQuery("DELETE FROM item WHERE name <> 'x' RETURNING id AS insert_id, name")) {
                assertThat(recorder.take()).hasSize(2).allSatisfy(event -> {
                    assertThat(event.before().get("id")).isInstanceOf(AbstractValue.Exact.class);
                    assertThat(event.before().get("insert_id")).isEqualTo(AbstractValue.UNKNOWN);
                });
                assertThat(row.next()).isTrue();
                assertThat(row.getInt(1)).isEqualTo(1);
            }
            try (ResultSet row = statement.executeQuery("INSERT INTO item (name) VALUES ('a'), ('b') RETURNING *")) {
                assertThat(recorder.take())
                        .extracting(event -> event.after().get("name"))
                        .containsExactly(exact("a"), exact("b"));
                assertThat(row.next()).isTrue();
            }
        }
    }
}
