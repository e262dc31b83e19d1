package dev.staleless.sql.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.staleless.sql.SqlAnalyser;
import dev.staleless.sql.SqlDialect;
import dev.staleless.sql.TestCatalog;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The work of an analysis grows with the size of the statement, and not with its square. Counted are the bytes that it allocates,
 * which a busy machine does not change, beside what was asked of the processor by a large statement.
 */
class LinearWorkTest {

    private static final int FACTOR = 8;
    private static final int WARM_UP = 3;

    private static final TestCatalog CATALOG =
            TestCatalog.withFunctions().table("t", "id int pk", "a int", "b int", "s text");

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** How much more than in proportion the work may grow. */
    private static final double SLACK = 1.5;

    /**
     * Set operations stand within each other, and each level lists the blocks of all within it. How deep they may stand is limited by
     * the parser.
     */
    private static final double NESTED_SLACK = 3;

    /** Statements of any size, the size from which on they are looked at, and how much more than in proportion their work may grow. */
    private record Shape(int size, double slack, IntFunction<String> sql) {
        Shape(int size, IntFunction<String> sql) {
            this(size, SLACK, sql);
        }
    }

    private static final Map<String, Shape> SHAPES = Map.ofEntries(
            Map.entry(
                    "IN list of literals",
                    new Shape(1_000, n -> "select id from t where a in (1" + ", 2".repeat(n) + ")")),
            Map.entry(
                    "IN list of parameters",
                    new Shape(1_000, n -> "select id from t where a in (?" + ", ?".repeat(n) + ")")),
            Map.entry("OR", new Shape(500, n -> "select id from t where b = 1" + " or a = ?".repeat(n))),
            Map.entry("AND", new Shape(500, n -> "select id from t where b = 1" + " and a <> ?".repeat(n))),
            Map.entry(
                    "OR of AND",
                    new Shape(300, n -> "select id from t where b = 1" + " or (a = ? and s = 'x')".repeat(n))),
            Map.entry(
                    "CASE",
                    new Shape(500, n -> "select id from t where case a" + " when 1 then 2".repeat(n) + " end = 3")),
            Map.entry("COALESCE", new Shape(500, n -> "select id from t where coalesce(b" + ", a".repeat(n) + ") = 1")),
            Map.entry(
                    "nesting", new Shape(15, n -> "select id from t where " + "(".repeat(n) + "a = 1" + ")".repeat(n))),
            Map.entry(
                    "NOT", new Shape(15, n -> "select id from t where " + "not (".repeat(n) + "a = 1" + ")".repeat(n))),
            Map.entry("columns shown", new Shape(500, n -> "select id" + ", a + 1".repeat(n) + " from t where a = 1")),
            Map.entry(
                    "sub-queries side by side",
                    new Shape(
                            20,
                            n -> "select id from t where b = 1"
                                    + " and exists (select 1 from t u where u.id = t.a)".repeat(n))),
            Map.entry(
                    "UNION",
                    new Shape(
                            20,
                            NESTED_SLACK,
                            n -> "select id from t" + " union all select a from t where b = 1".repeat(n))),
            Map.entry(
                    "rows inserted",
                    new Shape(500, n -> "insert into t (id, a, b) values (1, 2, 3)" + ", (?, 4, 5)".repeat(n))),
            Map.entry(
                    "condition of an UPDATE",
                    new Shape(500, n -> "update t set a = 1 where b in (1" + ", 2".repeat(n) + ")")),
            Map.entry(
                    "condition of a DELETE", new Shape(500, n -> "delete from t where b = 1" + " or a = ?".repeat(n))),
            Map.entry("long text", new Shape(10_000, n -> "select id from t where s = '" + "x".repeat(n) + "'")),
            Map.entry("comments", new Shape(500, n -> "select id from t" + " /* x */".repeat(n) + " where a = 1")));

    @TestFactory
    Stream<DynamicTest> eightTimesAsLargeIsHardlyMoreThanEightTimesTheWork() {
        return Stream.of(SqlDialect.values())
                .flatMap(dialect -> SHAPES.entrySet().stream()
                        .map(shape -> DynamicTest.dynamicTest(
                                dialect + " " + shape.getKey(), () -> check(dialect, shape.getValue()))));
    }

    private static void check(SqlDialect dialect, Shape shape) {
        String small = shape.sql().apply(shape.size());
        String large = shape.sql().apply(shape.size() * FACTOR);
        double growth = (double) large.length() / small.length();
        long few = allocated(dialect, small);
        long many = allocated(dialect, large);
        assertThat((double) many / few)
                .as("bytes for %d and %d characters: %d and %d", small.length(), large.length(), few, many)
                .isLessThan(shape.slack() * growth);
    }

    private static long allocated(SqlDialect dialect, String sql) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < WARM_UP; i++) {
            long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            SqlAnalyser.create(dialect).analyse(sql, CATALOG); // one that remembers nothing
            least = Math.min(
                    least,
                    THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        return least;
    }
}
