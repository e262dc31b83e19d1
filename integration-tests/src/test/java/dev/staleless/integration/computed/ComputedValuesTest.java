package dev.staleless.integration.computed;

import static dev.staleless.integration.computed.Shop.query;
import static dev.staleless.integration.computed.Shop.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.staleless.core.store.memory.MemoryStore;
import dev.staleless.jdbc.Ops;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.jdbc.computed.Computation;
import dev.staleless.jdbc.computed.ComputationGuard;
import dev.staleless.jdbc.computed.ComputedKey;
import dev.staleless.jdbc.computed.ComputedSettings;
import dev.staleless.jdbc.computed.ComputedSettings.Scope;
import dev.staleless.jdbc.computed.ComputedStatistics;
import dev.staleless.jdbc.computed.ComputedValues;
import dev.staleless.jdbc.computed.ValueFormat;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is served, what is kept, and what drops it. */
class ComputedValuesTest {

    private static final ComputedSettings HOUR = ComputedSettings.of(Duration.ofHours(1));
    private static final ValueFormat<String> TEXT = ValueFormat.text();
    private static final ComputedKey PAGE = ComputedKey.of("page", 3);

    private static Shop shop;
    private static StalelessDataSource node;
    private static ComputedValues values;
    private ComputedStatistics before;
    private int computed;

    @BeforeAll
    static void open() throws SQLException {
        shop = Shop.open();
        node = shop.node(
                MemoryStore.create(),
                builder -> builder.profile("public.*", Ops.all(), Duration.ofMinutes(10))
                        .profile("public.tag", Ops.ops(), Duration.ofMinutes(10)));
        values = node.computed();
    }

    @BeforeEach
    void begin() throws SQLException {
        values.removeAll("page");
        values.removeAll("outer");
        shop.fill(node);
        before = values.statistics();
    }

    @AfterAll
    static void close() throws Exception {
        shop.close();
    }

    private String page(int customer) throws SQLException {
        return values.computed(ComputedKey.of("page", customer), HOUR, TEXT, () -> {
            computed++;
            return query(node, "SELECT name FROM customer WHERE id = ?", customer) + ": "
                    + query(node, "SELECT id, total FROM orders WHERE customer_id = ? ORDER BY id", customer);
        });
    }

    private <E extends Exception> String value(ComputedSettings settings, Computation<String, E> work) throws E {
        return values.computed(PAGE, settings, TEXT, () -> {
            computed++;
            return work.compute();
        });
    }

    private void assertComputed(int times) {
        assertThat(computed).as("%s", values.statistics()).isEqualTo(times);
    }

    @Test
    void aValueIsServedUntilOneOfItsQueriesChanges() throws SQLException {
        String first = page(3);
        assertThat(page(3)).isEqualTo(first);
        assertComputed(1);

        write(node, "UPDATE orders SET total = 1 WHERE id = 2");
        assertThat(page(3)).isEqualTo("customer 3: 2,1;11,110;20,200;29,290");
        assertComputed(2);

        write(node, "UPDATE customer SET name = 'Ada' WHERE id = 3");
        assertThat(page(3)).startsWith("Ada: ");
        assertComputed(3);
    }

    @Test
    void aChangeOfOtherRowsLeavesIt() throws SQLException {
        page(3);
        write(node, "UPDATE orders SET total = 1 WHERE customer_id = 4");
        write(node, "INSERT INTO orders VALUES (100, 5, 7)");
        write(node, "DELETE FROM customer WHERE id = 9");
        page(3);
        assertComputed(1);
    }

    @Test
    void theRowsOfItsQueriesAreLookedAt() throws SQLException {
        // of the page of a list only what is on it matters
        String list = "SELECT id, total FROM orders ORDER BY id LIMIT 3";
        value(HOUR, () -> query(node, list));
        write(node, "UPDATE orders SET total = 5 WHERE id = 20");
        value(HOUR, () -> query(node, list));
        assertComputed(1);
        write(node, "UPDATE orders SET total = 5 WHERE id = 2");
        assertThat(value(HOUR, () -> query(node, list))).isEqualTo("1,10;2,5;3,30");
        assertComputed(2);
    }

    @Test
    void queriesThatAreNotCachedThemselvesCountToo() throws SQLException {
        // nobody asked for this table: it is made cacheable when a value depends on it first
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (values.get(PAGE, TEXT) == null) {
            value(HOUR, () -> query(node, "SELECT name FROM tag"));
            assertThat(System.nanoTime()).as("%s", values.statistics()).isLessThan(deadline);
        }
        write(node, "UPDATE tag SET name = 'seen'");
        assertThat(value(HOUR, () -> query(node, "SELECT name FROM tag"))).isEqualTo("seen");
    }

    @Test
    void aQueryAnsweredFromTheCacheCountsToo() throws SQLException {
        query(node, "SELECT name FROM customer WHERE id = ?", 3);
        query(node, "SELECT name FROM customer WHERE id = ?", 3);
        long hits = node.statistics().hits();
        page(3);
        assertThat(node.statistics().hits()).isEqualTo(hits + 1);
        write(node, "UPDATE customer SET name = 'Eve' WHERE id = 3");
        assertThat(page(3)).startsWith("Eve");
    }

    @Test
    void aCallWithinMakesBothDependOnTheSame() throws SQLException {
        Computation<String, SQLException> outer = () -> "[" + page(3) + "] " + query(node, "SELECT name FROM label");
        value2(outer);
        assertThat(value2(outer)).isEqualTo("[customer 3: 2,20;11,110;20,200;29,290] new");
        assertComputed(2);

        write(node, "UPDATE label SET name = 'old'");
        value2(outer); // the inner one is a hit
        assertComputed(3);

        write(node, "UPDATE orders SET total = 0 WHERE id = 2");
        assertThat(value2(outer)).isEqualTo("[customer 3: 2,0;11,110;20,200;29,290] old");
        assertComputed(5);
    }

    private String value2(Computation<String, SQLException> work) throws SQLException {
        return values.computed(ComputedKey.of("outer"), HOUR, TEXT, () -> {
            computed++;
            return work.compute();
        });
    }

    @Test
    void whatIsWrittenWhileItIsComputedIsNotMissed() throws SQLException {
        value(HOUR, () -> {
            String name = query(node, "SELECT name FROM customer WHERE id = 3");
            Thread writer = new Thread(() -> {
                try {
                    write(node, "UPDATE customer SET name = 'late' WHERE id = 3");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            writer.start();
            join(writer);
            return name;
        });
        assertThat(value(HOUR, () -> query(node, "SELECT name FROM customer WHERE id = 3")))
                .isEqualTo("late");
        assertComputed(2);
    }

    @Test
    void theFirstOfTwoQueriesOnOneTableIsNotTakenForAsNewAsTheSecond() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            value(HOUR, () -> {
                String high = query(node, "SELECT id FROM orders WHERE total > 250 ORDER BY id");
                executor.submit(() -> {
                            write(node, "UPDATE orders SET total = 260 WHERE id = 7");
                            return null;
                        })
                        .get();
                return high + query(node, "SELECT id FROM orders WHERE total < 15");
            });
        } finally {
            executor.shutdownNow();
        }
        Computation<String, SQLException> work =
                () -> query(node, "SELECT id FROM orders WHERE total > 250 ORDER BY id");
        assertThat(value(HOUR, work)).isEqualTo("7;26;27;28;29;30");
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aCallThatWritesIsNotKept() throws SQLException {
        for (int i = 1; i <= 2; i++) {
            value(HOUR, () -> {
                write(node, "INSERT INTO orders VALUES (?, 9, 9)", 200 + computed);
                return query(node, "SELECT name FROM label");
            });
            assertComputed(i);
        }
        assertThat(values.statistics().notKept().toString()).contains("it changes something");
    }

    @Test
    void inATransactionThatHasWrittenNothingIsKeptAndNothingAffectedServed() throws SQLException {
        page(3);
        page(4);
        try (Connection connection = node.getConnection()) {
            connection.setAutoCommit(false);
            write(connection, "UPDATE customer SET name = 'mine' WHERE id = 3");
            String uncommitted = values.computed(
                    ComputedKey.of("page", 3),
                    HOUR,
                    TEXT,
                    () -> query(connection, "SELECT name FROM customer WHERE id = 3"));
            assertThat(uncommitted).isEqualTo("mine");
            page(4); // not affected
            assertComputed(2);
            connection.rollback();
        }
        assertThat(page(3)).startsWith("customer 3");
        assertComputed(2);
    }

    @Test
    void inATransactionThatSeesAStateOfItsOwnNothingIsServed() throws SQLException {
        page(3);
        try (Connection connection = node.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            page(3);
            assertComputed(2);
            connection.rollback();
        }
    }

    @Test
    void whatChangesByItselfIsNotKeptUnlessAskedFor() throws SQLException {
        Computation<String, SQLException> work =
                () -> query(node, "SELECT now()") + query(node, "SELECT name FROM label");
        value(HOUR, work);
        value(HOUR, work);
        assertComputed(2);

        ComputedSettings bound = HOUR.in(Scope.QUERIES_AND_TIME);
        value(bound, work);
        value(bound, work);
        assertComputed(3);
        write(node, "UPDATE label SET name = 'seen'");
        assertThat(value(bound, work)).endsWith("seen");
    }

    @Test
    void aValueForATimeIsUnseenByWhatUsesIt() throws SQLException {
        values.timed(
                ComputedKey.of("page", "timed"),
                Duration.ofHours(1),
                TEXT,
                () -> query(node, "SELECT name FROM label"));
        write(node, "UPDATE label SET name = 'other'");
        Computation<String, SQLException> outer =
                () -> values.timed(ComputedKey.of("page", "timed"), Duration.ofHours(1), TEXT, () -> "never");
        assertThat(value(HOUR, outer)).isEqualTo("new");
        assertThat(value(HOUR, outer)).isEqualTo("new");
        assertComputed(2);
    }

    @Test
    void anotherSchemaInTheSessionIsNotTakenForTheUsualOne() throws SQLException {
        Computation<String, SQLException> theirs = () -> {
            try (Connection connection = node.getConnection()) {
                connection.setSchema("tenant");
                return query(connection, "SELECT name FROM customer");
            }
        };
        Computation<String, SQLException> ours = () -> query(node, "SELECT name FROM customer WHERE id = 3");
        value(HOUR, theirs);
        assertThat(value(HOUR, theirs)).isEqualTo("theirs");
        assertComputed(2);
        assertThat(value(HOUR, ours)).isEqualTo("customer 3");
        assertComputed(3);

        ComputedSettings tenant = HOUR.variant("tenant");
        value(tenant, theirs);
        assertThat(value(tenant, theirs)).isEqualTo("theirs");
        assertThat(value(HOUR, ours)).isEqualTo("customer 3");
        assertComputed(4);
        write(node, "UPDATE tenant.customer SET name = 'changed'");
        assertThat(value(tenant, theirs)).isEqualTo("changed");
        value(HOUR, ours);
        assertComputed(5);
    }

    @Test
    void workThatIsHandedOverCounts() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Computation<String, Exception> work =
                    () -> executor.submit(values.handOver(() -> query(node, "SELECT name FROM label")))
                            .get();
            value(HOUR, work);
            value(HOUR, work);
            assertComputed(1);
            write(node, "UPDATE label SET name = 'elsewhere'");
            assertThat(value(HOUR, work)).isEqualTo("elsewhere");
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void whatIsDeclaredCounts() throws SQLException {
        ComputedSettings declared =
                HOUR.dependsOn("public.label").dependsOnQuery("SELECT total FROM orders WHERE id = ?", 7);
        value(declared, () -> "constant");
        value(declared, () -> "constant");
        assertComputed(1);
        write(node, "INSERT INTO label VALUES ('more')");
        value(declared, () -> "constant");
        assertComputed(2);
        write(node, "UPDATE orders SET total = 70000 WHERE id = 7");
        value(declared, () -> "constant");
        assertComputed(3);
        write(node, "UPDATE orders SET total = 70000 WHERE id = 8");
        value(declared, () -> "constant");
        assertComputed(3);

        values.remove(PAGE);
        assertThatThrownBy(() -> value(HOUR.dependsOn("public.nothing"), () -> ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("public.nothing");
        assertThatThrownBy(() -> value(HOUR.dependsOnQuery("SELECT random()"), () -> ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void manyQueriesAreToldAsWholeTables() throws SQLException {
        Computation<String, SQLException> work = () -> {
            StringBuilder all = new StringBuilder();
            for (int i = 1; i <= 80; i++) {
                all.append(query(node, "SELECT total FROM orders WHERE id = ?", i));
            }
            return all.toString();
        };
        value(HOUR, work);
        value(HOUR, work);
        assertComputed(1);
        write(node, "UPDATE label SET name = 'x'");
        value(HOUR, work);
        assertComputed(1);
        write(node, "INSERT INTO orders VALUES (999, 1, 1)");
        value(HOUR, work);
        assertComputed(2);
    }

    @Test
    void valuesAreRemovedByHand() throws SQLException {
        page(3);
        page(4);
        values.remove(ComputedKey.of("page", 3));
        assertThat(values.get(ComputedKey.of("page", 3), TEXT)).isNull();
        page(4);
        assertComputed(2);
        page(3);
        assertComputed(3);

        values.removeAll("page");
        page(3);
        page(4);
        assertComputed(5);

        node.invalidate("public", "customer", "id = 3");
        page(3);
        page(4);
        assertComputed(6);
    }

    @Test
    void aValueWhoseComputationHadBegunBeforeItsRemovalIsNotServed() throws SQLException {
        value(HOUR, () -> {
            values.remove(PAGE);
            return "begun before";
        });
        assertThat(value(HOUR, () -> "after")).isEqualTo("after");
    }

    @Test
    void valuesArePutByHand() {
        values.put(PAGE, HOUR, TEXT, "one");
        assertThat(values.get(PAGE, TEXT)).isEqualTo("one");
        values.put(PAGE, HOUR.dependsOn("public.label"), TEXT, "two");
        assertThat(values.get(PAGE, TEXT)).isEqualTo("two");
        node.invalidate("public", "label");
        assertThat(values.get(PAGE, TEXT)).isNull();
    }

    @Test
    void nullIsAValue() throws SQLException {
        for (int i = 0; i < 2; i++) {
            String nothing = value(HOUR, () -> {
                var unused = query(node, "SELECT name FROM label");
                return null;
            });
            assertThat(nothing).isNull();
        }
        assertComputed(1);
    }

    @Test
    void whatIsThrownReachesTheCallerAndNothingIsKept() {
        for (int i = 1; i <= 2; i++) {
            assertThatThrownBy(() -> value(HOUR, () -> {
                        throw new SQLException("no");
                    }))
                    .isInstanceOf(SQLException.class)
                    .hasMessage("no");
        }
        assertComputed(2);
    }

    @Test
    void withinUncachedNothingIsServedOrKept() throws SQLException {
        page(3);
        Staleless.uncached(() -> page(3));
        assertComputed(2);
        page(3);
        assertComputed(2);
    }

    private static final String[] BARS = new String[2];

    @Test
    void aGuardBarsServingAndKeeping() throws SQLException {
        String[] bars = BARS;
        values.guard(new ComputationGuard() {
            @Override
            public String barsServing() {
                return bars[0];
            }

            @Override
            public String barsKeeping() {
                return bars[1];
            }
        });
        bars[1] = "something was read before";
        page(3);
        page(3);
        assertComputed(2);
        bars[1] = null;
        page(3);
        bars[0] = "something is not flushed";
        page(3);
        assertComputed(4);
        bars[0] = null;
        page(3);
        assertComputed(4);
    }

    @Test
    void hitsMissesAndReasonsAreCounted() throws SQLException {
        page(8);
        page(8);
        write(node, "UPDATE customer SET name = 'new' WHERE id = 8");
        page(8);
        ComputedStatistics statistics = values.statistics();
        assertThat(statistics.hits()).isEqualTo(before.hits() + 1);
        assertThat(statistics.misses()).isEqualTo(before.misses() + 2);
        assertThat(statistics.kept()).isEqualTo(before.kept() + 2);
        assertThat(statistics.dropped()).isEqualTo(before.dropped() + 1);
        assertThat(statistics.functions()).containsKey("page");
    }

    @Test
    void keysTellClassesOfArgumentsApart() {
        assertThat(ComputedKey.of("f", 1)).isNotEqualTo(ComputedKey.of("f", 1L));
        assertThat(ComputedKey.of("f", "a", "b")).isNotEqualTo(ComputedKey.of("f", "ab"));
        assertThat(ComputedKey.of("f", java.util.List.of("a", "b"))).isNotEqualTo(ComputedKey.of("f", "a", "b"));
        assertThat(ComputedKey.of("f", 1, "x")).isEqualTo(ComputedKey.of("f", 1, "x"));
        assertThatThrownBy(() -> ComputedKey.of("f", new Object())).isInstanceOf(IllegalArgumentException.class);
    }
}
