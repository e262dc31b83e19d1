package dev.staleless.integration.computed;

import static dev.staleless.integration.computed.Shop.query;
import static dev.staleless.integration.computed.Shop.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.jdbc.computed.ComputedKey;
import dev.staleless.jdbc.computed.ValueFormat;
import dev.staleless.redis.RedisStore;
import dev.staleless.testkit.server.RedisServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Random computed values, of which one uses another, and random writes, on two nodes over one Redis: each value is what the same
 * computation makes of the database.
 */
abstract class ComputedContract {

    private static final long SEED = Long.getLong("tests.seed", 20_261_125L);
    private static final int STEPS = Integer.getInteger("tests.steps", 160);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Random random = new Random(SEED);
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final List<StalelessDataSource> nodes = new ArrayList<>();
    private DataSource direct;
    private int computed;

    /** Makes a database. */
    abstract void open() throws SQLException;

    /** Removes it. */
    abstract void drop() throws SQLException;

    /** How to connect to it, at READ COMMITTED. */
    abstract HikariConfig config();

    @BeforeEach
    void begin() throws SQLException {
        open();
        direct = pool();
        for (String sql : List.of(
                "CREATE TABLE customer (id int PRIMARY KEY, name varchar(40) NOT NULL)",
                "CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL, total int NOT NULL)",
                "CREATE INDEX orders_customer ON orders (customer_id)")) {
            write(direct, sql);
        }
        for (int i = 1; i <= 5; i++) {
            write(direct, "INSERT INTO customer VALUES (?, ?)", i, "customer " + i);
            write(direct, "INSERT INTO orders VALUES (?, ?, ?)", i, i, i * 10);
        }
        for (int i = 0; i < 2; i++) {
            StalelessDataSource node = Staleless.wrap(pool())
                    .store(RedisStore.connect(RedisServer.shared().uri()))
                    .namespace("computed")
                    .cacheEverything(Duration.ofMinutes(10))
                    .build();
            opened.push(node);
            nodes.add(node);
            node.computed();
        }
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        drop();
    }

    private DataSource pool() {
        HikariConfig config = config();
        config.setMaximumPoolSize(6);
        config.setMinimumIdle(0);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        HikariDataSource pool = new HikariDataSource(config);
        opened.push(pool);
        return pool;
    }

    private static String orders(DataSource dataSource, int customer) throws SQLException {
        return query(dataSource, "SELECT id, total FROM orders WHERE customer_id = ? ORDER BY id", customer);
    }

    private static String page(DataSource dataSource, int customer, String orders) throws SQLException {
        return query(dataSource, "SELECT name FROM customer WHERE id = ?", customer) + ": " + orders + " of "
                + query(dataSource, "SELECT count(*) FROM orders WHERE total > 50");
    }

    private String page(StalelessDataSource node, int customer) throws SQLException {
        return node.computed().computed(ComputedKey.of("page", customer), HOUR, ValueFormat.text(), () -> {
            computed++;
            return page(node, customer, inner(node, customer));
        });
    }

    private static String inner(StalelessDataSource node, int customer) throws SQLException {
        return node.computed()
                .computed(ComputedKey.of("orders", customer), HOUR, ValueFormat.text(), () -> orders(node, customer));
    }

    @Test
    void everyValueIsWhatTheDatabaseSays() throws SQLException {
        int asked = 0;
        for (int step = 0; step < STEPS; step++) {
            StalelessDataSource node = nodes.get(random.nextInt(2));
            if (random.nextInt(4) == 0) {
                change(node);
            }
            for (int look = 0; look < 3; look++) {
                asked++;
                int customer = 1 + random.nextInt(5);
                assertThat(page(nodes.get(random.nextInt(2)), customer))
                        .as("seed %d, step %d", SEED, step)
                        .isEqualTo(page(direct, customer, orders(direct, customer)));
            }
        }
        assertThat(computed)
                .as("of %d, %s", asked, nodes.get(0).computed().statistics())
                .isLessThan(asked * 7 / 10);
    }

    @Test
    void whatATransactionHasChangedItSeesAndNobodyElse() throws SQLException {
        StalelessDataSource node = nodes.get(0);
        String before = page(node, 1);
        try (Connection connection = node.getConnection()) {
            connection.setAutoCommit(false);
            write(connection, "UPDATE customer SET name = 'mine' WHERE id = 1");
            String mine = node.computed()
                    .computed(
                            ComputedKey.of("name", 1),
                            HOUR,
                            ValueFormat.text(),
                            () -> query(connection, "SELECT name FROM customer WHERE id = 1"));
            assertThat(mine).isEqualTo("mine");
            connection.rollback();
        }
        assertThat(page(node, 1)).isEqualTo(before);
        String others = nodes.get(1)
                .computed()
                .computed(
                        ComputedKey.of("name", 1),
                        HOUR,
                        ValueFormat.text(),
                        () -> query(nodes.get(1), "SELECT name FROM customer WHERE id = 1"));
        assertThat(others).isEqualTo("customer 1");
    }

    private void change(StalelessDataSource node) throws SQLException {
        int id = 1 + random.nextInt(12);
        int customer = 1 + random.nextInt(5);
        switch (random.nextInt(6)) {
            case 0 -> write(node, "UPDATE orders SET total = ? WHERE id = ?", random.nextInt(100), id);
            case 1 -> write(node, "UPDATE orders SET customer_id = ? WHERE id = ?", customer, id);
            case 2 -> write(node, "DELETE FROM orders WHERE id = ?", id);
            case 3 -> write(node, "UPDATE customer SET name = ? WHERE id = ?", "name " + random.nextInt(9), customer);
            case 4 -> {
                write(node, "DELETE FROM orders WHERE id = ?", id);
                write(node, "INSERT INTO orders VALUES (?, ?, ?)", id, customer, random.nextInt(100));
            }
            default -> {
                try (Connection connection = node.getConnection()) {
                    connection.setAutoCommit(false);
                    write(connection, "UPDATE orders SET total = total + 1 WHERE customer_id = ?", customer);
                    write(connection, "UPDATE customer SET name = 'twice' WHERE id = ?", customer);
                    if (random.nextBoolean()) {
                        connection.commit();
                    } else {
                        connection.rollback();
                    }
                }
            }
        }
    }
}
