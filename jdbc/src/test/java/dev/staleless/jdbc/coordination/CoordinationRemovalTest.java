package dev.staleless.jdbc.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.staleless.core.coordination.CoordinationException;
import dev.staleless.core.coordination.Coordinator;
import dev.staleless.core.coordination.Environment;
import dev.staleless.core.store.memory.MemoryStore;
import dev.staleless.testkit.server.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The coordination tables go when no node lives, and not before. */
class CoordinationRemovalTest {

    private static final CoordinationSettings SETTINGS = CoordinationSettings.of("test");

    private Database database;

    @BeforeEach
    void createDatabase() throws SQLException {
        database = Database.create(PostgresServer.shared());
    }

    @AfterEach
    void dropDatabase() throws Exception {
        database.close();
    }

    private ServiceConnections connections() {
        return ServiceConnections.of(database.dataSource());
    }

    private void remove(Duration patience) {
        CoordinationRemoval.run(connections(), SETTINGS, Environment.system(), patience);
    }

    @Test
    void whileANodeBeatsTheyStay() {
        JdbcCoordinationTables tables = JdbcCoordinationTables.open(connections(), SETTINGS);
        Coordinator node =
                Coordinator.start(tables, MemoryStore.create().open(tables.database(), "test"), Environment.system());
        assertThatThrownBy(() -> remove(Duration.ofMinutes(5)))
                .isInstanceOf(CoordinationException.class)
                .hasMessageContaining("lives");
        assertThat(tables.read().version()).isPositive();
        node.close();
        remove(Duration.ofMinutes(5));
        assertThat(JdbcCoordinationTables.exist(connections(), SETTINGS)).isFalse();
        tables.close();
    }

    @Test
    void whatADeadNodeLeftDoesNotKeepThemAndANewInstallationHasAnotherId() {
        JdbcCoordinationTables tables = JdbcCoordinationTables.open(connections(), SETTINGS);
        UUID before = tables.database();
        UUID dead = UUID.randomUUID();
        tables.register(dead);
        remove(Duration.ofMillis(1));
        // one that was only standing still
        assertThatThrownBy(() -> tables.beat(dead)).isInstanceOf(CoordinationException.class);
        tables.close();
        try (JdbcCoordinationTables anew = JdbcCoordinationTables.open(connections(), SETTINGS)) {
            assertThat(anew.database()).isNotEqualTo(before);
            assertThat(anew.nodes()).isEmpty();
        }
    }

    @Test
    void whereThereAreNoneItSaysSo() {
        assertThatThrownBy(() -> remove(Duration.ofMillis(1)))
                .isInstanceOf(CoordinationException.class)
                .hasMessageContaining("There are no coordination tables");
    }
}
