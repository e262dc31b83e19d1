package dev.staleless.integration.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.core.store.StoreProvider;
import dev.staleless.core.store.memory.MemoryStore;
import dev.staleless.jdbc.Snapshot;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessBuilder;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.redis.RedisStore;
import dev.staleless.testkit.server.MariaDbServer;
import dev.staleless.testkit.server.RedisServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an application on MariaDB sees: hits where it asked for them, misses where a change says so. */
class MariaDbStalelessTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final String database = "facade" + UUID.randomUUID().toString().replace("-", "");
    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeAll
    static void binariesAreThereForThisSystem() {
        assumeTrue(MariaDbServer.isSupported(), "the binaries are for Linux on x86-64");
    }

    @BeforeEach
    void createDatabase() throws SQLException {
        String url = MariaDbServer.shared().jdbcUrl();
        execute(url, "CREATE DATABASE " + database + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
        url = MariaDbServer.shared().jdbcUrl(database);
        execute(
                url,
                "CREATE TABLE Product (id int PRIMARY KEY AUTO_INCREMENT, name varchar(50) NOT NULL, price decimal(10,2),"
                        + " active bit(1) NOT NULL DEFAULT b'1')");
        execute(url, "INSERT INTO Product (name, price) SELECT concat('Product ', seq), seq FROM seq_1_to_20");
        execute(
                url,
                "CREATE TABLE session (id int PRIMARY KEY, product_id int,"
                        + " FOREIGN KEY (product_id) REFERENCES Product (id) ON DELETE CASCADE)");
        execute(url, "INSERT INTO session VALUES (1, 1), (2, 2)");
        execute(url, "CREATE TABLE log (id int, text varchar(100)) ENGINE = MyISAM");
    }

    @AfterEach
    void dropDatabase() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        execute(MariaDbServer.shared().jdbcUrl(), "DROP DATABASE " + database);
        execute(MariaDbServer.shared().jdbcUrl(), "DROP DATABASE IF EXISTS staleless");
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            execute(connection, sql);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void write(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            execute(connection, sql);
        }
    }

    private StalelessBuilder wrap(StoreProvider store) {
        return wrap(store, "");
    }

    private StalelessBuilder wrap(StoreProvider store, String options) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(MariaDbServer.shared().jdbcUrl(database) + options);
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(0);
        HikariDataSource pool = new HikariDataSource(config);
        opened.add(pool);
        return Staleless.wrap(pool).store(store).namespace(database);
    }

    private StalelessDataSource start(StalelessBuilder builder) {
        StalelessDataSource dataSource = builder.cacheEverything(MINUTE).build();
        opened.add(dataSource);
        return dataSource;
    }

    private static String query(DataSource dataSource, String sql, Object... parameters) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return query(connection, sql, parameters);
        }
    }

    private static String query(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : "none";
            }
        }
    }

    private static boolean isCached(StalelessDataSource dataSource, String sql, Object... parameters)
            throws SQLException {
        String first = query(dataSource, sql, parameters);
        long before = dataSource.statistics().hits();
        assertThat(query(dataSource, sql, parameters)).isEqualTo(first);
        return dataSource.statistics().hits() > before;
    }

    @Test
    void aSessionWhoseTemporaryTablesAreGoneIsLikeAnyOther() throws SQLException {
        StalelessDataSource data = start(wrap(MemoryStore.create()));
        String sql = "SELECT name FROM Product WHERE id = 1";
        try (Connection connection = data.getConnection()) {
            execute(connection, "CREATE TEMPORARY TABLE IF NOT EXISTS Product (id int, name varchar(50))");
            execute(connection, "INSERT INTO Product VALUES (1, 'hidden')");
            assertThat(query(connection, sql)).isEqualTo("hidden");
            execute(connection, "DROP TEMPORARY TABLE Product");
            for (int time = 0; time < 3; time++) {
                assertThat(query(connection, sql)).isEqualTo("Product 1");
            }
        }
        assertThat(data.statistics().hits()).isGreaterThan(0);
    }

    @Test
    void whatIsWrittenToATemporaryTableChangesNothingAndWhatIsChosenByOneChangesItsTable() throws SQLException {
        StalelessDataSource data = start(wrap(MemoryStore.create()));
        String product = "SELECT name FROM Product WHERE id = 2";
        String sessions = "SELECT count(*) FROM session";
        assertThat(isCached(data, product)).isTrue();
        assertThat(isCached(data, sessions)).isTrue();
        int before = Integer.parseInt(query(data, sessions));
        try (Connection connection = data.getConnection()) {
            execute(connection, "CREATE TEMPORARY TABLE chosen (id int, product_id int, name varchar(50))");
            execute(connection, "INSERT INTO chosen (id) SELECT id FROM session");
            execute(connection, "INSERT INTO chosen VALUES (77, NULL, 'x')");
            execute(connection, "UPDATE chosen SET name = 'y'");
            execute(connection, "DELETE FROM chosen WHERE id < 77");
            assertThat(isServed(data, product)).isTrue();
            assertThat(isServed(data, sessions)).isTrue();

            execute(connection, "INSERT INTO session VALUES (77, 1)");
            assertThat(query(data, sessions)).isEqualTo(String.valueOf(before + 1));
            execute(connection, "DELETE FROM session WHERE id IN (SELECT id FROM chosen WHERE product_id IS NULL)");
            assertThat(query(data, sessions)).isEqualTo(String.valueOf(before));

            execute(connection, "CREATE TEMPORARY TABLE Product (id int, name varchar(50))");
            execute(connection, "INSERT INTO Product VALUES (2, 'hidden')");
            assertThat(query(connection, product)).isEqualTo("hidden");
            assertThat(query(connection, product)).isEqualTo("hidden");
            execute(connection, "UPDATE Product SET name = 'still hidden'");
            assertThat(query(connection, product)).isEqualTo("still hidden");
            assertThat(query(data, product)).isEqualTo("Product 2");
            execute(connection, "DROP TEMPORARY TABLE Product");
            assertThat(query(connection, product)).isEqualTo("Product 2");
            execute(connection, "UPDATE Product SET name = 'seen' WHERE id = 2");
            assertThat(query(data, product)).isEqualTo("seen");
            execute(connection, "DROP TEMPORARY TABLE chosen");
        }
    }

    /** Whether the next answer comes from the cache. */
    private static boolean isServed(StalelessDataSource data, String sql) throws SQLException {
        long before = data.statistics().hits();
        query(data, sql);
        return data.statistics().hits() > before;
    }

    @Test
    void resultsAreServedUntilAChangeOfTheirRows() throws SQLException {
        StalelessDataSource data = start(wrap(MemoryStore.create()));
        String one = "SELECT name FROM product WHERE id = ?";
        assertThat(isCached(data, "SELECT name FROM Product WHERE id = ?", 1)).isTrue();

        write(data, "UPDATE Product SET name = 'New' WHERE id = 2");
        long hits = data.statistics().hits();
        assertThat(query(data, "SELECT name FROM Product WHERE id = ?", 1)).isEqualTo("Product 1");
        assertThat(data.statistics().hits()).isEqualTo(hits + 1);

        write(data, "UPDATE `Product` p SET p.`NAME` = 'Newer' WHERE p.ID = 1");
        assertThat(query(data, "SELECT name FROM Product WHERE id = ?", 1)).isEqualTo("Newer");
        assertThatThrownBy(() -> query(data, one, 1)).isInstanceOf(SQLException.class);
    }

    @Test
    void whatASemiJoinMayHaveAnsweredIsCachedOnlyWhereItRepeatsNoRows() throws SQLException {
        String sold = "SELECT name FROM Product p WHERE EXISTS (SELECT 1 FROM session s WHERE s.product_id = p.id)";
        String unsold = "SELECT name FROM Product p WHERE p.id NOT IN (SELECT product_id FROM session)";
        StalelessDataSource data = start(wrap(MemoryStore.create()));
        assertThat(isCached(data, sold)).isFalse();
        assertThat(isCached(data, unsold)).isTrue();

        StalelessDataSource sound =
                start(wrap(MemoryStore.create(), "&sessionVariables=optimizer_switch='loosescan=off'")
                        .namespace(database + "_sound"));
        assertThat(isCached(sound, sold)).isTrue();
        write(sound, "INSERT INTO session VALUES (3, 3)");
        assertThat(isCached(sound, sold + " AND p.id = 3")).isTrue();
    }

    @Test
    void viewsStandForTheirTables() throws SQLException {
        String url = MariaDbServer.shared().jdbcUrl(database);
        execute(url, "CREATE VIEW Dear AS SELECT id, name AS title, price FROM Product WHERE price > 10");
        execute(
                url,
                "CREATE VIEW sold (what, session) AS SELECT d.title, s.id FROM session s JOIN Dear d ON s.product_id = d.id");
        execute(url, "CREATE VIEW now_and_then AS SELECT id, now() AS moment FROM Product");
        StalelessDataSource data = start(wrap(MemoryStore.create()));
        String one = "SELECT title FROM Dear WHERE id = 12";
        String all = "SELECT count(*) FROM sold";
        assertThat(isCached(data, one)).isTrue();
        assertThat(isCached(data, all)).isTrue();
        assertThat(isCached(data, "SELECT id FROM now_and_then WHERE id = 1")).isFalse();

        long hits = data.statistics().hits();
        write(data, "UPDATE Product SET name = 'x' WHERE id = 13");
        write(data, "UPDATE Product SET active = b'0'");
        assertThat(query(data, one)).isEqualTo("Product 12");
        assertThat(query(data, all)).isEqualTo("0");
        // nobody who counts names the column that has changed, although the view does
        assertThat(data.statistics().hits()).isEqualTo(hits + 2);

        write(data, "UPDATE Product SET name = 'y', price = 11 WHERE id IN (1, 12)");
        assertThat(query(data, one)).isEqualTo("y");
        assertThat(query(data, all)).isEqualTo("1");
        write(data, "UPDATE Dear SET title = 'z' WHERE id = 12");
        assertThat(query(data, one)).isEqualTo("z");
        write(data, "CREATE OR REPLACE VIEW Dear AS SELECT id, 'w' AS title, price FROM Product");
        assertThat(query(data, one)).isEqualTo("w");
    }

    @Test
    void cascadesAndTruncationAreFollowed() throws SQLException {
        StalelessDataSource data = start(wrap(MemoryStore.create()));
        String sessions = "SELECT count(*) FROM session WHERE product_id = 1";
        assertThat(isCached(data, sessions)).isTrue();

        write(data, "DELETE FROM Product WHERE id = 1");
        assertThat(query(data, sessions)).isEqualTo("0");
        assertThat(isCached(data, "SELECT count(*) FROM session")).isTrue();

        write(data, "TRUNCATE TABLE session");
        assertThat(query(data, "SELECT count(*) FROM session")).isEqualTo("0");
    }

    @Test
    void aDefinitionInATransactionCommitsItAndIsReported() throws SQLException {
        StalelessDataSource data = start(wrap(MemoryStore.create()));
        String name = "SELECT name FROM Product WHERE id = 3";
        assertThat(isCached(data, name)).isTrue();
        try (Connection connection = data.getConnection()) {
            connection.setAutoCommit(false);
            execute(connection, "UPDATE Product SET name = 'x' WHERE id = 3");
            execute(connection, "CREATE TABLE other (a int)");
            assertThat(query(data, name)).isEqualTo("x");
            connection.rollback();
        }
        assertThat(query(data, name)).isEqualTo("x");
        assertThat(query(data, "SELECT count(*) FROM other")).isEqualTo("0");
    }

    @Test
    void aTransactionBegunInAnotherCommitsIt() throws SQLException {
        StalelessDataSource data = start(wrap(MemoryStore.create()));
        String name = "SELECT name FROM Product WHERE id = 4";
        assertThat(isCached(data, name)).isTrue();
        try (Connection connection = data.getConnection()) {
            connection.setAutoCommit(false);
            execute(connection, "UPDATE Product SET name = 'y' WHERE id = 4");
            execute(connection, "START TRANSACTION");
            assertThat(query(data, name)).isEqualTo("y");
            connection.rollback();
        }
        assertThat(query(data, name)).isEqualTo("y");
    }

    @Test
    void nothingIsServedInsideARepeatableRead() throws SQLException {
        StalelessDataSource data = start(wrap(MemoryStore.create()));
        String name = "SELECT name FROM Product WHERE id = 5";
        assertThat(isCached(data, name)).isTrue();
        try (Connection connection = data.getConnection()) {
            connection.setAutoCommit(false);
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
            long hits = data.statistics().hits();
            query(connection, name);
            assertThat(data.statistics().hits()).isEqualTo(hits);
            connection.rollback();
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            query(connection, name);
            assertThat(data.statistics().hits()).isEqualTo(hits + 1);
            connection.rollback();
        }
    }

    @Test
    void aRelaxedTransactionIsServedUntilItsFirstReadOfTheDatabase() throws SQLException {
        StalelessDataSource data = start(wrap(MemoryStore.create()).snapshot(Snapshot.RELAXED));
        String name = "SELECT name FROM Product WHERE id = ?";
        assertThat(isCached(data, name, 8)).isTrue();
        assertThat(isCached(data, name, 9)).isTrue();
        try (Connection connection = data.getConnection()) {
            connection.setAutoCommit(false);
            long hits = data.statistics().hits();
            assertThat(query(connection, name, 8)).isEqualTo("Product 8");
            assertThat(data.statistics().hits()).isEqualTo(hits + 1);
            assertThat(query(connection, name, 10)).isEqualTo("Product 10");
            write(data, "UPDATE Product SET name = 'nine' WHERE id IN (9, 10)");
            assertThat(query(connection, name, 9)).isEqualTo("Product 9");
            assertThat(query(connection, name, 10)).isEqualTo("Product 10");
            assertThat(data.statistics().hits()).isEqualTo(hits + 1);
            connection.rollback();
        }
        // Neither was published by the transaction: its snapshot was older than the change.
        assertThat(query(data, name, 9)).isEqualTo("nine");
        assertThat(query(data, name, 10)).isEqualTo("nine");
    }

    @Test
    void aLevelThatIsSetByTextForOneTransactionIsNotTakenForTheSessions() throws SQLException {
        StalelessDataSource data = start(wrap(MemoryStore.create()));
        String name = "SELECT name FROM Product WHERE id = 11";
        assertThat(isCached(data, name)).isTrue();
        try (Connection connection = data.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(false);
            execute(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            long hits = data.statistics().hits();
            query(connection, name);
            assertThat(data.statistics().hits()).isEqualTo(hits);
            connection.rollback();
            query(connection, name);
            assertThat(data.statistics().hits()).isEqualTo(hits + 1);
            connection.rollback();
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
            query(connection, name);
            connection.setAutoCommit(true);
            query(connection, name);
            assertThat(data.statistics().hits()).isEqualTo(hits + 1);
        }
    }

    @Test
    void tablesOutsideTransactionsAndClocksArePassedThrough() throws SQLException {
        StalelessDataSource data = start(wrap(MemoryStore.create()));
        assertThat(isCached(data, "SELECT count(*) FROM log")).isFalse();
        assertThat(isCached(data, "SELECT count(*), min(now()) > '2000-01-01' FROM Product"))
                .isFalse();
        assertThat(isCached(data, "SELECT count(*) FROM Product FOR UPDATE")).isFalse();
    }

    @Test
    void aSessionWithOtherRulesIsNotServed() throws SQLException {
        StalelessDataSource data = start(wrap(MemoryStore.create()));
        String name = "SELECT name FROM Product WHERE id = 6";
        assertThat(isCached(data, name)).isTrue();
        try (Connection connection = data.getConnection()) {
            execute(connection, "SET SESSION sql_mode = 'ANSI_QUOTES'");
            long hits = data.statistics().hits();
            query(connection, name);
            assertThat(data.statistics().hits()).isEqualTo(hits);
            execute(connection, "SET SESSION sql_mode = DEFAULT");
            execute(connection, "CREATE TEMPORARY TABLE Product (id int, name varchar(10))");
            assertThat(query(connection, name)).isEqualTo("none");
        }
    }

    @Test
    void aTableChangedElsewhereIsNamedInAnyLetterCase() throws SQLException {
        StalelessDataSource data = start(wrap(MemoryStore.create()));
        String url = MariaDbServer.shared().jdbcUrl(database);
        String name = "SELECT name FROM Product WHERE id = 12";
        assertThat(isCached(data, name)).isTrue();
        execute(url, "UPDATE Product SET name = 'twelve' WHERE id = 12");
        data.invalidate(database, "Product");
        assertThat(query(data, name)).isEqualTo("twelve");

        assertThat(isCached(data, name)).isTrue();
        execute(url, "UPDATE Product SET name = 'dozen' WHERE id = 12");
        data.invalidate(database.toUpperCase(Locale.ROOT), "PRODUCT", "id = 12");
        assertThat(query(data, name)).isEqualTo("dozen");

        execute(url, "CREATE TABLE later (id int PRIMARY KEY)");
        data.invalidate(database, "later");
        assertThatThrownBy(() -> data.invalidate(database, "Products"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(database + ".Products");
    }

    @Test
    void twoNodesShareARedis() throws SQLException {
        String uri = RedisServer.shared().uri();
        StalelessDataSource one = start(wrap(RedisStore.connect(uri)));
        StalelessDataSource other = start(wrap(RedisStore.connect(uri)));
        String name = "SELECT name FROM Product WHERE id = 7";
        query(one, name);
        query(one, name);
        long hits = other.statistics().hits();
        assertThat(query(other, name)).isEqualTo("Product 7");
        assertThat(other.statistics().hits()).isEqualTo(hits + 1);

        write(one, "UPDATE Product SET name = 'seven' WHERE id = 7");
        assertThat(query(other, name)).isEqualTo("seven");
        write(other, "INSERT INTO Product (id, name) VALUES (7, 'z') ON DUPLICATE KEY UPDATE name = VALUES(name)");
        assertThat(query(one, name)).isEqualTo("z");
    }
}
