package dev.staleless.integration.facade;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.core.store.memory.MemoryStore;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Relations that show rows of others: views, partitions, tables that inherit. Each is cached, and each change seen through it. */
class RelationsTest {

    private static final String SCHEMA = """
        CREATE TABLE product (id int PRIMARY KEY, name text NOT NULL, price int NOT NULL, note text);
        INSERT INTO product SELECT i, 'Product ' || i, i FROM generate_series(1, 9) i;
        CREATE TABLE sale (product_id int, pieces int);
        INSERT INTO sale VALUES (1, 5), (2, 7);
        CREATE VIEW cheap AS SELECT id, name FROM product WHERE price < 5;
        CREATE VIEW sold (id, label, pieces) AS
          SELECT c.id, c.name, sum(s.pieces) FROM cheap c JOIN sale s ON s.product_id = c.id GROUP BY c.id, c.name;
        CREATE SCHEMA other;
        CREATE VIEW other.product AS SELECT * FROM public.product WHERE id = 1;
        CREATE MATERIALIZED VIEW summary AS SELECT count(*) AS n FROM product;
        CREATE TABLE event (id int, day date, what text, PRIMARY KEY (id, day, what)) PARTITION BY RANGE (day);
        CREATE TABLE event_may PARTITION OF event FOR VALUES FROM ('2024-05-01') TO ('2024-06-01');
        CREATE TABLE event_rest PARTITION OF event DEFAULT PARTITION BY LIST (what);
        CREATE TABLE event_x PARTITION OF event_rest FOR VALUES IN ('x');
        CREATE TABLE event_y PARTITION OF event_rest DEFAULT;
        INSERT INTO event VALUES (1, '2024-05-05', 'x'), (2, '2024-07-07', 'x'), (3, '2024-08-08', 'y');
        CREATE TABLE place (name text, people int);
        CREATE TABLE capital (country text) INHERITS (place);
        INSERT INTO place VALUES ('Mainz', 220000); INSERT INTO capital VALUES ('Paris', 2100000, 'fr')""";

    private final String database = "relations" + UUID.randomUUID().toString().replace("-", "");
    private final List<AutoCloseable> opened = new ArrayList<>();
    private DataSource plain;
    private StalelessDataSource cached;

    @BeforeEach
    void createDatabase() throws SQLException {
        execute(PostgresServer.shared().jdbcUrl(), "CREATE DATABASE " + database);
        execute(PostgresServer.shared().jdbcUrl(database), SCHEMA);
        HikariDataSource pool = new HikariDataSource();
        opened.add(pool);
        pool.setJdbcUrl(PostgresServer.shared().jdbcUrl(database));
        pool.setMaximumPoolSize(2);
        plain = pool;
        cached = Staleless.wrap(pool)
                .store(MemoryStore.create())
                .cacheEverything(Duration.ofMinutes(1))
                .build();
        opened.add(cached);
    }

    @AfterEach
    void dropDatabase() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        execute(PostgresServer.shared().jdbcUrl(), "DROP DATABASE " + database + " WITH (FORCE)");
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void write(String sql) throws SQLException {
        try (Connection connection = cached.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> rows(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(row.getString(1));
            }
            return rows;
        }
    }

    private boolean isServed(String sql) throws SQLException {
        long before = cached.statistics().hits();
        assertThat(rows(cached, sql)).as(sql).isEqualTo(rows(plain, sql));
        return cached.statistics().hits() > before;
    }

    private void drops(String query, String write) throws SQLException {
        rows(cached, query);
        assertThat(isServed(query)).as("served: %s", query).isTrue();
        write(write);
        assertThat(isServed(query)).as("%s, after %s", query, write).isFalse();
    }

    private void keeps(String query, String write) throws SQLException {
        rows(cached, query);
        write(write);
        assertThat(isServed(query)).as("%s, after %s", query, write).isTrue();
    }

    @Test
    void aViewShowsTheChangesOfItsTables() throws SQLException {
        String query = "SELECT name FROM cheap ORDER BY id";
        drops(query, "UPDATE product SET name = 'New' WHERE id = 2");
        drops(query, "UPDATE product SET price = 1 WHERE id = 8");
        drops(query, "DELETE FROM product WHERE id = 1");
        keeps(query, "UPDATE product SET note = 'x' WHERE id = 2");
        keeps(query, "INSERT INTO product VALUES (10, 'Dear', 99)");
        keeps(query, "UPDATE sale SET pieces = 1");
    }

    @Test
    void aViewOnAViewShowsThemToo() throws SQLException {
        String query = "SELECT label || ' ' || pieces FROM sold ORDER BY id";
        drops(query, "UPDATE sale SET pieces = 1 WHERE product_id = 1");
        drops(query, "UPDATE product SET name = 'New' WHERE id = 2");
        keeps(query, "UPDATE product SET note = 'x' WHERE id = 2");
        drops("SELECT name FROM other.product", "UPDATE product SET name = 'Again' WHERE id = 1");
    }

    @Test
    void aViewThatIsReplacedIsReadAnew() throws SQLException {
        String query = "SELECT name FROM cheap ORDER BY id";
        drops(query, "CREATE OR REPLACE VIEW cheap AS SELECT id, name FROM product WHERE price > 5");
        TwoNodes.awaitHit(cached, query);
        drops(query, "UPDATE product SET name = 'Seen' WHERE id = 9");
    }

    @Test
    void aChangeThroughAViewIsSeen() throws SQLException {
        drops("SELECT name FROM product WHERE id = 2", "UPDATE cheap SET name = 'Through' WHERE id = 2");
    }

    @Test
    void aMaterializedViewChangesWhenItIsRefreshed() throws SQLException {
        String query = "SELECT n FROM summary";
        keeps(query, "INSERT INTO product VALUES (20, 'More', 1)");
        drops(query, "REFRESH MATERIALIZED VIEW summary");
        keeps("SELECT name FROM product WHERE id = 2", "REFRESH MATERIALIZED VIEW summary");
    }

    @Test
    void aTableAndItsPartitionsAreOne() throws SQLException {
        drops("SELECT what FROM event WHERE id = 1", "UPDATE event_may SET what = 'z' WHERE id = 1");
        drops("SELECT what FROM event_may WHERE id = 1", "UPDATE event SET what = 'w' WHERE id = 1");
        drops("SELECT id FROM event_rest ORDER BY id", "INSERT INTO event VALUES (4, '2024-12-12', 'x')");
        drops("SELECT id FROM event_x ORDER BY id", "DELETE FROM event_rest WHERE id = 2");
        drops("SELECT id FROM event_x ORDER BY id", "UPDATE event SET what = 'x' WHERE id = 3");
        keeps("SELECT what FROM event WHERE id = 1", "UPDATE event_x SET what = 'x' WHERE id = 4");
    }

    @Test
    void relativesByInheritanceSeeEachOthersChanges() throws SQLException {
        drops("SELECT people FROM place WHERE name = 'Paris'", "UPDATE capital SET people = 1");
        drops("SELECT country FROM capital WHERE people = 1", "UPDATE place SET people = 2 WHERE name = 'Paris'");
        drops("SELECT count(*) FROM place", "INSERT INTO capital VALUES ('Rome', 3, 'it')");
        drops("SELECT count(*) FROM capital", "DELETE FROM place WHERE name = 'Rome'");
    }
}
