package dev.staleless.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.staleless.core.change.ChangeEvent;
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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mariadb.jdbc.MariaDbDataSource;

/** Rows locked on MariaDB, at REPEATABLE READ. */
class LockedRowsOnMariaDbTest extends LockedRowsContract {
    private static final String NAME = "locked" + UUID.randomUUID().toString().replace("-", "");

    @BeforeAll
    static void create() throws SQLException {
        assumeTrue(MariaDbServer.isSupported(), "the binaries are for Linux on x86-64");
        onServer(
                "CREATE DATABASE " + NAME,
                TABLE.replace(" item ", " " + NAME + ".item ")
                        .replace("VARCHAR(20)", "VARCHAR(20) COLLATE utf8mb4_nopad_bin"),
                "CREATE TABLE " + NAME + ".folded (id INT PRIMARY KEY, name VARCHAR(20) COLLATE utf8mb4_general_ci)",
                "INSERT INTO " + NAME + ".folded VALUES (1, 'one')");
    }

    @AfterAll
    static void drop() throws SQLException {
        if (MariaDbServer.isSupported()) {
            onServer("DROP DATABASE IF EXISTS " + NAME);
        }
    }

    private static void onServer(String... statements) throws SQLException {
        try (Connection admin =
                        DriverManager.getConnection(MariaDbServer.shared().jdbcUrl());
                Statement statement = admin.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private final EventRecorder recorder = new EventRecorder();

    /** Its collation takes both for the same, who reads the column does not. */
    @Test
    void aTextThatIsWrittenInLettersOfTheOtherCaseHasChanged() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT id, name FROM folded WHERE id = 1 FOR UPDATE")) {
                assertThat(rows.next()).isTrue();
            }
            recorder.take();
            statement.addBatch("UPDATE folded SET name = 'ONE' WHERE id = 1");
            statement.executeBatch();
        }
        List<ChangeEvent> events = recorder.take();
        assertThat(events).hasSize(1);
        assertThat(events.get(0).changed().names()).contains("name");
    }

    @Override
    EventRecorder recorder() {
        return recorder;
    }

    @Override
    Connection watched() throws SQLException {
        MariaDbDataSource source = new MariaDbDataSource(MariaDbServer.shared().jdbcUrl(NAME));
        try {
            return CachingDataSource.create(
                            source,
                            new Wiring(
                                    recorder,
                                    SqlAnalyser.create(SqlDialect.MARIADB),
                                    CatalogSource.mariadb(source::getConnection, "staleless"),
                                    "mariadb",
                                    (template, hint) -> Duration.ofMinutes(5),
                                    Limits.DEFAULT,
                                    MariaDbProfile.create(),
                                    FrontListener.NONE,
                                    BarrierLocks.NONE,
                                    Images.ALWAYS))
                    .getConnection();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    Connection direct() throws SQLException {
        return DriverManager.getConnection(MariaDbServer.shared().jdbcUrl(NAME));
    }
}
