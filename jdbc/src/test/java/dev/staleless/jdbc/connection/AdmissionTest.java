package dev.staleless.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.coordination.Clock;
import dev.staleless.core.protocol.Admission;
import dev.staleless.jdbc.admission.AdmissionSettings;
import dev.staleless.jdbc.admission.ShapeReport;
import dev.staleless.jdbc.admission.Shapes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Queries that are not worth caching are left to the database. */
class AdmissionTest {
    private static final String QUERY = "SELECT n FROM counter WHERE id = ?";

    /** The fourth execution decides, and nothing but hits is worth it. */
    private static final AdmissionSettings QUICK =
            new AdmissionSettings(4, 1_000, Duration.ofNanos(1), -1e9, Duration.ofDays(1), Duration.ofDays(1), 0, 1);

    private final Shapes shapes = Shapes.create(Admission.ADAPTIVE, QUICK, Clock.system());
    private CachedDatabase database;
    private DataSource cached;

    @BeforeEach
    void open() throws SQLException {
        database = CachedDatabase.of("CREATE TABLE counter (id int PRIMARY KEY, n int);"
                + " INSERT INTO counter SELECT i, 0 FROM generate_series(1, 10) i");
        cached = database.caching(database.pool, shapes);
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private int read(int id) throws SQLException {
        try (Connection connection = cached.getConnection();
                PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setInt(1, id);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    private void increment(int id) throws SQLException {
        try (Connection connection = cached.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE counter SET n = n + 1 WHERE id = " + id);
        }
    }

    private ShapeReport report() {
        return Objects.requireNonNull(shapes.report(QUERY));
    }

    @Test
    void whatIsAlwaysChangedIsLeftToTheDatabase() throws SQLException {
        for (int i = 0; i < 10; i++) {
            assertThat(read(1)).isEqualTo(i);
            increment(1);
        }

        assertThat(report().admitted()).isFalse();
        assertThat(report().changed()).isEqualTo(3);
        assertThat(report().uncached()).isEqualTo(6);
        assertThat(report().toText()).startsWith("not worth caching: 0 hits, 4 misses");
        assertThat(database.passedThrough)
                .hasSize(6)
                .containsOnly("it costs more to cache it than it saves, as measured");
        assertThat(database.statistics.snapshot().published()).isEqualTo(4);
    }

    @Test
    void whatIsLeftToTheDatabaseIsStillReported() throws SQLException {
        DataSource another = database.cached;
        for (int i = 0; i < 5; i++) {
            read(1);
            increment(1);
        }
        assertThat(report().admitted()).isFalse();

        cached = another;
        assertThat(read(1)).isEqualTo(5);
        cached = database.caching(database.pool, shapes);
        increment(1);
        cached = another;
        assertThat(read(1)).isEqualTo(6);
    }

    @Test
    void whatIsServedStays() throws SQLException {
        for (int i = 0; i < 10; i++) {
            assertThat(read(1)).isZero();
        }

        assertThat(report().admitted()).isTrue();
        assertThat(report().hits()).isEqualTo(9);
        assertThat(report().absent()).isEqualTo(1);
        assertThat(report().toText()).startsWith("worth caching: 9 hits, 1 misses");
    }
}
