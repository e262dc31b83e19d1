package dev.staleless.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.value.AbstractValue;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that were read under a lock are the before images of a batch that changes them, for which no database is asked. */
abstract class LockedRowsContract {
    static final String TABLE =
            "CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(20), price INT, amount NUMERIC(8, 2))";
    private static final String ROWS =
            "INSERT INTO item VALUES (1, 'one', 10, 1.50), (2, 'two', 20, 2.50), (3, 'three', 30, NULL), (4, 'four', 40, 4)";
    private static final String LOCK = "SELECT i.id, i.name, i.price, i.amount FROM item i WHERE i.id = ? FOR UPDATE";
    private static final long SEED = Long.getLong("tests.seed", 20_261_126L);
    private static final int STEPS = Integer.getInteger("tests.steps", 400);

    private EventRecorder recorder;
    Connection connection;
    private Connection other;

    abstract EventRecorder recorder();

    /** A connection that reports to the recorder. */
    abstract Connection watched() throws SQLException;

    /** One that does not. */
    abstract Connection direct() throws SQLException;

    @BeforeEach
    final void connect() throws SQLException {
        recorder = recorder();
        other = direct();
        execute(other, "DELETE FROM item");
        execute(other, ROWS);
        connection = watched();
        connection.setAutoCommit(false);
        recorder.take();
        recorder.takeEverything();
    }

    @AfterEach
    final void close() throws SQLException {
        connection.rollback();
        connection.close();
        other.close();
    }

    private static void execute(Connection of, String sql) throws SQLException {
        try (Statement statement = of.createStatement()) {
            statement.execute(sql);
        }
    }

    private void lock(int id) throws SQLException {
        read(LOCK, id);
    }

    private Map<String, Object> read(String sql, int id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, id);
            try (ResultSet row = statement.executeQuery()) {
                Map<String, Object> values = new HashMap<>();
                if (row.next()) {
                    values.put("id", (long) row.getInt("id"));
                    values.put("name", row.getString("name"));
                    values.put("price", (long) row.getInt("price"));
                    values.put("amount", row.getBigDecimal("amount"));
                }
                return values;
            }
        }
    }

    /** In a batch, of which no images are fetched. */
    private ChangeEvent update(int id, String name, int price) throws SQLException {
        recorder.take();
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE item SET name = ?, price = ? WHERE id = ?")) {
            statement.setString(1, name);
            statement.setInt(2, price);
            statement.setInt(3, id);
            statement.addBatch();
            statement.executeBatch();
        }
        List<ChangeEvent> events = recorder.take();
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private static boolean tellsPrice(ChangeEvent event) {
        return event.before().get("price") instanceof AbstractValue.Exact;
    }

    @Test
    final void aLockedRowIsTheBeforeImageOfItsChange() throws SQLException {
        lock(1);
        ChangeEvent event = update(1, "one", 11);
        assertThat(event.before().get("name")).isEqualTo(new AbstractValue.Exact("one"));
        assertThat(event.before().get("price")).isEqualTo(new AbstractValue.Exact(10L));
        assertThat(event.after().get("amount")).isEqualTo(event.before().get("amount"));
        assertThat(event.changed().names()).isEqualTo(Set.of("price"));
    }

    @Test
    final void onceOnly() throws SQLException {
        lock(1);
        assertThat(tellsPrice(update(1, "a", 11))).isTrue();
        assertThat(tellsPrice(update(1, "b", 12))).isFalse();
    }

    @Test
    final void whatWasReadWithoutALockTellsNothing() throws SQLException {
        read(LOCK.replace(" FOR UPDATE", ""), 1);
        assertThat(tellsPrice(update(1, "a", 11))).isFalse();
    }

    @Test
    final void whatAnotherTransactionHasCommittedSinceTheFirstReadIsSeenUnderTheLock() throws SQLException {
        read(LOCK.replace(" FOR UPDATE", ""), 2);
        execute(other, "UPDATE item SET price = 99 WHERE id = 2");
        lock(2);
        assertThat(update(2, "two", 1).before().get("price")).isEqualTo(new AbstractValue.Exact(99L));
    }

    @Test
    final void anotherChangeOfTheTableForgetsItsRows() throws SQLException {
        lock(1);
        lock(2);
        execute(connection, "UPDATE item SET price = price + 1 WHERE name = 'one'");
        assertThat(tellsPrice(update(1, "a", 5))).isFalse();
        assertThat(tellsPrice(update(2, "a", 5))).isFalse();
    }

    @Test
    final void theEndOfTheTransactionForgets() throws SQLException {
        lock(1);
        connection.commit();
        assertThat(tellsPrice(update(1, "a", 11))).isFalse();
        lock(2);
        connection.rollback();
        assertThat(tellsPrice(update(2, "a", 11))).isFalse();
    }

    @Test
    final void aRollbackToASavepointForgets() throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        lock(1);
        connection.rollback(savepoint);
        assertThat(tellsPrice(update(1, "a", 11))).isFalse();
    }

    @Test
    final void aStatementThatFailsForgets() throws SQLException {
        lock(1);
        Savepoint savepoint = connection.setSavepoint();
        assertThatThrownBy(() -> execute(connection, "INSERT INTO item VALUES (4, 'again', 1, 1)"))
                .isInstanceOf(SQLException.class);
        connection.rollback(savepoint);
        assertThat(tellsPrice(update(1, "a", 11))).isFalse();
    }

    @Test
    final void whatIsNotTheRowAsItIsTellsNothing() throws SQLException {
        for (String sql : List.of(
                "SELECT i.id, i.price + 1 AS price FROM item i WHERE i.id = ? FOR UPDATE",
                "SELECT i.price FROM item i WHERE i.id = ? FOR UPDATE",
                "SELECT i.id, i.price FROM item i JOIN item o ON o.id = i.id WHERE i.id = ? FOR UPDATE")) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setInt(1, 1);
                statement.executeQuery().close();
            }
            assertThat(tellsPrice(update(1, "a", 11))).as(sql).isFalse();
        }
    }

    /** The rows before each change, as the transaction sees them, are compared with what is told of them. */
    @Test
    final void randomTransactionsTellNothingWrong() throws SQLException {
        Random random = new Random(SEED);
        Set<Integer> touched = new HashSet<>();
        int told = 0;
        for (int step = 0; step < STEPS; step++) {
            int id = 1 + random.nextInt(4);
            switch (random.nextInt(9)) {
                case 0, 1, 2 -> {
                    lock(id);
                    touched.add(id);
                }
                case 3, 4, 5 -> {
                    Map<String, Object> before = read(LOCK.replace("FOR UPDATE", "LIMIT 1 FOR UPDATE"), id);
                    touched.add(id);
                    ChangeEvent event = update(id, "n" + random.nextInt(3), random.nextInt(3));
                    told += check(event, before, "seed " + SEED + ", step " + step);
                }
                case 6 -> {
                    if (!touched.contains(id)) {
                        execute(other, "UPDATE item SET price = " + random.nextInt(50) + " WHERE id = " + id);
                    }
                }
                case 7 -> {
                    execute(connection, "UPDATE item SET amount = " + step + " WHERE id = " + id);
                    touched.add(id);
                }
                default -> {
                    if (random.nextBoolean()) {
                        connection.commit();
                    } else {
                        connection.rollback();
                    }
                    touched.clear();
                }
            }
        }
        assertThat(told).as("values told of rows before they were changed").isGreaterThan(STEPS / 4);
    }

    private static int check(ChangeEvent event, Map<String, Object> row, String step) {
        int told = 0;
        for (Map.Entry<String, AbstractValue> each : event.before().values().entrySet()) {
            if (each.getValue() instanceof AbstractValue.Exact exact) {
                Object stored = row.get(each.getKey());
                if (stored instanceof BigDecimal number) {
                    assertThat((BigDecimal) exact.value()).as(step).isEqualByComparingTo(number);
                } else {
                    assertThat(exact.value()).as(step).isEqualTo(stored);
                }
                told++;
            }
        }
        return told;
    }
}
