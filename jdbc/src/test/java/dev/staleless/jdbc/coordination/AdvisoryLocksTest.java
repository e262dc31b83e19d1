package dev.staleless.jdbc.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.staleless.core.coordination.CoordinationException;
import dev.staleless.core.coordination.CoordinationTables.BarrierKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The same contract where transactions lock barriers by advisory locks, and what only these allow. */
class AdvisoryLocksTest extends JdbcCoordinationTablesTest {

    @Override
    CoordinationSettings settings() {
        return super.settings().withAdvisoryLocks(true);
    }

    private static UUID opened(JdbcCoordinationTables tables) {
        UUID barrier = UUID.randomUUID();
        tables.openBarrier(
                barrier, UUID.randomUUID(), BarrierKind.CUT_OFF, tables.read().liveIncarnation(), null, null);
        return barrier;
    }

    private static boolean close(JdbcCoordinationTables tables, UUID barrier) {
        return tables.closeBarrier(barrier, BarrierKind.CUT_OFF, tables.read().liveIncarnation(), UUID.randomUUID());
    }

    @Test
    void aTransactionWhoseSnapshotIsOlderThanTheBarrierLocksIt() throws SQLException {
        JdbcCoordinationTables tables = open();
        try (Connection writer = connect();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            writer.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            statement.execute("SELECT 1 FROM pg_class");
            UUID barrier = opened(tables);
            assertThat(tables.lockBarrier(writer, barrier)).isTrue();
            assertThatThrownBy(() -> close(tables, barrier)).isInstanceOf(CoordinationException.class);
            writer.commit();
            assertThat(close(tables, barrier)).isTrue();
        }
    }

    @Test
    void aRoleWithoutRightsAndAReadOnlyTransactionLockIt() throws SQLException {
        JdbcCoordinationTables tables = open();
        UUID barrier = opened(tables);
        try (Connection writer = connect();
                Statement statement = writer.createStatement()) {
            String role = "nobody" + UUID.randomUUID().toString().replace("-", "");
            statement.execute("CREATE ROLE " + role);
            statement.execute("SET ROLE " + role);
            writer.setAutoCommit(false);
            writer.setReadOnly(true);
            assertThat(tables.lockBarrier(writer, barrier)).isTrue();
            assertThatThrownBy(() -> close(tables, barrier)).isInstanceOf(CoordinationException.class);
            writer.rollback();
            writer.setReadOnly(false);
            statement.execute("RESET ROLE");
            statement.execute("DROP ROLE " + role);
            writer.commit();
            assertThat(close(tables, barrier)).isTrue();
        }
    }

    @Test
    void whoeverClosesOneWaitsForBothFormsOfLocks() throws SQLException {
        JdbcCoordinationTables tables = open();
        JdbcCoordinationTables others = open(super.settings());
        UUID barrier = opened(tables);
        for (JdbcCoordinationTables locking : new JdbcCoordinationTables[] {tables, others}) {
            try (Connection writer = connect()) {
                writer.setAutoCommit(false);
                assertThat(locking.lockBarrier(writer, barrier)).isTrue();
                assertThatThrownBy(() -> close(tables, barrier)).isInstanceOf(CoordinationException.class);
                assertThatThrownBy(() -> close(others, barrier)).isInstanceOf(CoordinationException.class);
                writer.rollback();
            }
        }
        assertThat(close(others, barrier)).isTrue();
        try (Connection writer = connect()) {
            writer.setAutoCommit(false);
            assertThat(tables.lockBarrier(writer, barrier)).isFalse();
            writer.rollback();
        }
    }

    @Test
    void otherDatabasesHaveNone() {
        CoordinationSettings settings = new CoordinationSettings(
                        "staleless", "test", true, false, Duration.ofSeconds(5))
                .withAdvisoryLocks(true);
        assertThatThrownBy(() -> settings.in(CoordinationDialect.H2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("advisoryLocks = true");
    }
}
