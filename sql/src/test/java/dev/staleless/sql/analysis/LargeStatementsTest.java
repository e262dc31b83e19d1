package dev.staleless.sql.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.Image;
import dev.staleless.core.decision.Decision;
import dev.staleless.core.query.Query;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.Parameters;
import dev.staleless.sql.Analysis;
import dev.staleless.sql.SqlAnalyser;
import dev.staleless.sql.TestCatalog;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements of a size or a nesting that no application sends: analysed, bound and decided on without harm. */
class LargeStatementsTest {

    private static final TestCatalog CATALOG =
            TestCatalog.withFunctions().table("t", "id int pk", "a int", "b int", "s text");

    private final SqlAnalyser analyser = SqlAnalyser.create();

    private void decide(String sql) {
        Analysis analysis = analyser.analyse(sql, CATALOG);
        if (analysis instanceof Analysis.Read read) {
            Query query = new Query(read.template(), sql, Parameters.of(1L, "x"));
            Image image = new Image(Map.of("a", new AbstractValue.Exact(1L), "s", new AbstractValue.Exact("x")));
            Decision.decide(
                            query,
                            ChangeEvent.insert(read.template().uses().get(0).table(), image))
                    .reason();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a + ",
                "-",
                "not ",
                "s || ",
                "case when true then ",
                "case a when 1 then ",
                "coalesce(a, ",
                "a between 1 and ",
                "a between symmetric b and ",
                "(a, b) < (1, ",
                "upper(",
                "(",
                "(a = 1) is true or ",
                "cast(",
                "nullif(1, ",
                "exists (select 1 from t where ",
                "a in (select a from t where ",
                "least(a, ",
                "a = 1 and (",
                "a = any (array["
            })
    void nestingIsAnsweredOrRefused(String piece) {
        for (int depth : new int[] {150, 950, 10_000}) {
            long closing = piece.chars().filter(c -> c == '(').count()
                    - piece.chars().filter(c -> c == ')').count();
            String end = piece.startsWith("case") ? " end" : piece.contains("[") ? "])" : ")".repeat((int) closing);
            decide("select id from t where " + piece.repeat(depth) + "a" + end.repeat(depth) + " is null");
        }
    }

    @Test
    void whatIsTranslatedIsLinearInTheSize() {
        String[] statements = {
            "select * from t where a in (" + "?, ".repeat(100_000) + "?)",
            "select * from t where " + "a = 1 or ".repeat(50_000) + "b = 2",
            "select * from t where " + "s like '%x' and ".repeat(30_000) + "b = 2",
            "select * from t where (a, b) in (" + "(1, 2), ".repeat(60_000) + "(3, 4))",
            "select * from t where case a" + " when 1 then true".repeat(40_000) + " end",
            "select * from t where coalesce(" + "a, ".repeat(100_000) + "b) = 1",
            "select * from t where coalesce(" + "a, ".repeat(30_000) + "b) in (" + "b, ".repeat(30_000) + "b)",
            "select * from t where coalesce(" + "a, ".repeat(30_000) + "b) between 1 and 2",
            "select " + "s || ".repeat(400) + "s from t where s = 'x'",
            "select 1 from " + "t, ".repeat(100) + "t where 1 = 1",
            "select 1 from t a0" + joins(90) + " where " + "a0.a = 1 and ".repeat(3_000) + "a0.b = 1",
            "select * from (" + "select * from (".repeat(60) + "select * from t" + ") d".repeat(60) + ") d where a = 1",
            "select * from t where s = '" + "x".repeat(1_000_000) + "'",
            "select * from t where s ~ '" + "(a|b)*".repeat(80) + "' and s similar to '" + "%a".repeat(10_000) + "'"
        };
        for (String sql : statements) {
            long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            decide(sql);
            Duration taken =
                    Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin);
            assertThat(taken).as(sql.substring(0, 60)).isLessThan(Duration.ofSeconds(8));
        }
    }

    private static String joins(int count) {
        StringBuilder joins = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            joins.append(" join t a")
                    .append(i)
                    .append(" on a")
                    .append(i)
                    .append(".a = a")
                    .append(i - 1)
                    .append(".a");
        }
        return joins.toString();
    }
}
