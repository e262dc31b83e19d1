package dev.staleless.integration.facade;

import static dev.staleless.integration.facade.TwoNodes.awaitHit;
import static dev.staleless.integration.facade.TwoNodes.query;
import static dev.staleless.integration.facade.TwoNodes.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.store.memory.MemoryStore;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.redis.RedisStore;
import dev.staleless.testkit.server.RedisServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The schema is changed through one node while others run. */
class SchemaChangeTest {

    private TwoNodes nodes;

    @BeforeEach
    void start() throws SQLException {
        nodes = TwoNodes.over("""
        CREATE TABLE customer (id int PRIMARY KEY, name text NOT NULL);
        CREATE TABLE purchase (id int PRIMARY KEY, customer_id int);
        INSERT INTO customer VALUES (1, 'Ann'), (2, 'Ben');
        INSERT INTO purchase VALUES (10, 1), (20, 2)""");
    }

    @AfterEach
    void stop() throws Exception {
        nodes.close();
    }

    private StalelessDataSource node() {
        return nodes.start(nodes.wrap(RedisStore.connect(RedisServer.shared().uri())));
    }

    @Test
    void anotherNodeReturnsTheColumnsThatThereAreNow() throws SQLException {
        StalelessDataSource migrating = node();
        StalelessDataSource other = node();
        assertThat(awaitHit(other, "SELECT * FROM customer WHERE id = 1")).isEqualTo("1,Ann");
        write(migrating, "ALTER TABLE customer ADD COLUMN city text NOT NULL DEFAULT 'Ulm'");
        assertThat(query(other, "SELECT * FROM customer WHERE id = 1")).isEqualTo("1,Ann,Ulm");
        assertThat(awaitHit(other, "SELECT * FROM customer WHERE id = 1")).isEqualTo("1,Ann,Ulm");
        write(other, "UPDATE customer SET city = 'Bonn' WHERE id = 1");
        assertThat(query(migrating, "SELECT * FROM customer WHERE id = 1")).isEqualTo("1,Ann,Bonn");
    }

    @Test
    void whatAnotherNodesWritesDoSinceIsReported() throws SQLException {
        StalelessDataSource migrating = node();
        StalelessDataSource other = node();
        String purchases = "SELECT id FROM purchase WHERE customer_id = 1";
        assertThat(awaitHit(other, purchases)).isEqualTo("10");
        write(
                migrating,
                "ALTER TABLE purchase ADD FOREIGN KEY (customer_id) REFERENCES customer ON DELETE CASCADE",
                "CREATE INDEX ON purchase (customer_id)",
                "COMMENT ON TABLE purchase IS 'what was bought'");
        assertThat(awaitHit(migrating, purchases)).isEqualTo("10");
        write(other, "DELETE FROM customer WHERE id = 1");
        assertThat(query(migrating, purchases)).isEmpty();
        assertThat(query(other, purchases)).isEmpty();
    }

    @Test
    void aTransactionBegunBeforeReportsEverything() throws SQLException {
        StalelessDataSource migrating = node();
        StalelessDataSource other = node();
        String purchases = "SELECT id FROM purchase WHERE customer_id = 2";
        try (Connection connection = other.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("UPDATE customer SET name = 'Benno' WHERE id = 2");
            // a table that the transaction has not locked
            write(migrating, "ALTER TABLE purchase ADD COLUMN n int DEFAULT 7");
            assertThat(awaitHit(migrating, purchases)).isEqualTo("20");
            connection.commit();
        }
        long hits = migrating.statistics().hits();
        assertThat(query(migrating, purchases)).isEqualTo("20");
        assertThat(migrating.statistics().hits()).isEqualTo(hits);
    }

    @Test
    void aMigrationInATransactionThatIsRolledBackChangesNothing() throws SQLException {
        StalelessDataSource migrating = node();
        StalelessDataSource other = node();
        awaitHit(other, "SELECT * FROM customer WHERE id = 1");
        try (Connection connection = migrating.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("CREATE INDEX ON purchase (customer_id)");
            statement.execute("ALTER TABLE customer ADD COLUMN city text");
            statement.execute("UPDATE customer SET city = 'Ulm', name = 'Anna'");
            assertThat(query(other, "SELECT count(*) FROM purchase")).isEqualTo("2");
            connection.rollback();
        }
        assertThat(awaitHit(other, "SELECT * FROM customer WHERE id = 1")).isEqualTo("1,Ann");
    }

    @Test
    void aMigrationOfManyStatementsStopsTheOthersOnce() throws SQLException {
        StalelessDataSource migrating = node();
        StalelessDataSource other = node();
        awaitHit(other, "SELECT * FROM customer WHERE id = 1");
        migrating.migrate(() -> {
            for (int i = 0; i < 10; i++) {
                write(migrating, "ALTER TABLE customer ADD COLUMN c" + i + " int DEFAULT " + i);
            }
            long hits = other.statistics().hits();
            assertThat(query(other, "SELECT c9 FROM customer WHERE id = 1")).isEqualTo("9");
            assertThat(other.statistics().hits()).isEqualTo(hits);
        });
        assertThat(awaitHit(other, "SELECT c9 FROM customer WHERE id = 1")).isEqualTo("9");
    }

    @Test
    void tablesThatAreNewAreCachedByTheirProfile() throws SQLException {
        StalelessDataSource migrating = node();
        StalelessDataSource other = node();
        write(migrating, "CREATE TABLE city (id int PRIMARY KEY, name text)", "INSERT INTO city VALUES (1, 'Ulm')");
        assertThat(awaitHit(other, "SELECT name FROM city WHERE id = 1")).isEqualTo("Ulm");
        write(migrating, "UPDATE city SET name = 'Bonn'");
        assertThat(query(other, "SELECT name FROM city WHERE id = 1")).isEqualTo("Bonn");
    }

    @Test
    void theSchemaIsChangedUnderAStoreInTheProcessToo() throws SQLException {
        StalelessDataSource node = nodes.start(nodes.wrap(MemoryStore.create()));
        assertThat(awaitHit(node, "SELECT * FROM customer WHERE id = 1")).isEqualTo("1,Ann");
        write(node, "ALTER TABLE customer RENAME COLUMN name TO first_name");
        assertThat(awaitHit(node, "SELECT first_name FROM customer WHERE id = 1"))
                .isEqualTo("Ann");
    }
}
