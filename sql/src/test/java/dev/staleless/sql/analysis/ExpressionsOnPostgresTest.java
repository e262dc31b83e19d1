package dev.staleless.sql.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.change.Image;
import dev.staleless.core.condition.Condition.Truth;
import dev.staleless.core.value.ArrayValue;
import dev.staleless.core.value.Parameters;
import dev.staleless.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Conditions of every form, from their text on, against PostgreSQL: the truth value that it computes is always one of those thought
 * possible, and the only one where the form is said to be exact. {@code -Dtests.seed} and {@code -Dtests.expressions}
 * choose other expressions than the fixed ones.
 */
class ExpressionsOnPostgresTest {

    private static final Logger LOG = LoggerFactory.getLogger(ExpressionsOnPostgresTest.class);
    private static final long SEED = Long.getLong("tests.seed", 1);
    private static final int EXPRESSIONS = Integer.getInteger("tests.expressions", 1200);
    private static final int PER_FILLING = 50;
    private static final int ROWS = 14;
    private static final int MAX_SHOWN = 20;
    private static final int MAX_EXPRESSIONS = 60_000;

    private static Connection connection;
    private static ExpressionTable table;

    @BeforeAll
    static void createTable() throws SQLException {
        try (Connection admin =
                        DriverManager.getConnection(PostgresServer.shared().jdbcUrl());
                Statement statement = admin.createStatement()) {
            statement.execute("create database expressions");
        }
        connection = DriverManager.getConnection(PostgresServer.shared().jdbcUrl("expressions"));
        table = new ExpressionTable(connection);
    }

    @AfterAll
    static void disconnect() throws SQLException {
        connection.close();
    }

    /** Counts of one run. */
    private static final class Run {
        int answers;
        int sharp;
        int blurredAnswers;
        int blurredSharp;
        final List<String> wrong = new ArrayList<>();
    }

    @Test
    void whateverTheDatabaseComputesWasThoughtPossible() throws SQLException {
        Run run = new Run();
        run(run, SEED, EXPRESSIONS, UnaryOperator.identity(), true);
        LOG.info(
                "seed {}: {} answers, {} % sharp; images that say less: {} % sharp",
                SEED, run.answers, 100 * run.sharp / run.answers, 100 * run.blurredSharp / run.blurredAnswers);
        assertThat(run.wrong).isEmpty();
        assertThat(run.answers).isGreaterThan(EXPRESSIONS * ROWS / 2);
        assertThat(run.sharp * 100L / run.answers).isGreaterThan(70);
    }

    /** Stops at the first wrong answer unless all are wanted. */
    private static void run(Run run, long seed, int expressions, UnaryOperator<String> analysed, boolean all)
            throws SQLException {
        int filling = -1;
        for (int i = 0; i < expressions && (all || run.wrong.isEmpty()); i++) {
            RandomExpressions expression = new RandomExpressions(new SplittableRandom(seed * 1_000_003 + i));
            expression.conditionNow(3);
            String sql = analysed.apply(expression.sql());
            if (!all && sql.equals(expression.sql())) {
                continue; // the bug does not show in it
            }
            if (i / PER_FILLING != filling) {
                filling = i / PER_FILLING;
                table.fill(ROWS, new RandomExpressions(new SplittableRandom(seed - filling))::value);
            }
            check(run, expression, sql);
        }
    }

    private static void check(Run run, RandomExpressions expression, String analysed) throws SQLException {
        Map<Integer, Truth> answers = table.answers(expression.sql(), expression.parameters);
        if (answers.isEmpty()) {
            return;
        }
        ExpressionTable.Question question =
                new ExpressionTable.Question(ExpressionTable.condition(analysed), canonical(expression.parameters));
        answers.forEach((id, answer) -> {
            List<Truth> possible = question.possible(new Image(table.row(id)));
            List<Truth> less = question.possible(table.blurred(id, expression.random));
            run.answers++;
            run.sharp += possible.size() == 1 ? 1 : 0;
            run.blurredAnswers++;
            run.blurredSharp += less.size() == 1 ? 1 : 0;
            if (run.wrong.size() < MAX_SHOWN && (!possible.contains(answer) || !less.contains(answer))) {
                run.wrong.add("-Dtests.seed=%d: %s %s is %s, thought possible: %s, %s, for %s"
                        .formatted(
                                SEED, expression.sql(), expression.parameters, answer, possible, less, table.row(id)));
            }
        });
    }

    private static Parameters canonical(List<@Nullable Object> values) {
        return Parameters.of(
                values.stream().map(ExpressionsOnPostgresTest::canonical).toArray());
    }

    private static @Nullable Object canonical(@Nullable Object value) {
        if (value instanceof Integer number) {
            return number.longValue();
        }
        return value instanceof Object[] array ? new ArrayValue(Arrays.asList(array)) : value;
    }

    // ---- forms that are exact

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(i, j) = (1, 2)",
                "(i, j) <> (1, 2)",
                "(i, j) < (3, 4)",
                "(i, u) >= (3, 'ab')",
                "(i, j) in ((1, 2), (3, 4))",
                "(i, t) is not null",
                "i = any (array[1, 2, 3])",
                "i <> all (array[1, 2, 3])",
                "i < any (array[1, 2, 3])",
                "i > all (array[1, 2, 3])",
                "t like any (array['a%', '%b'])",
                "i between symmetric 5 and 2",
                "not (i between 2 and 5 or j = 1)",
                "(i = 1) = (j = 2)",
                "(i = 1) is not true",
                "(i > 3 or t = 'a') is unknown",
                "t like 'a%'",
                "t not like '%b'",
                "t ilike 'A%'",
                "t like 'a!_b' escape '!'",
                "t like 'a' || '%'",
                "lower(t) like lower(concat('%', 'A', '%'))",
                "t similar to 'a%'",
                "t ~ '^a'",
                "t !~ 'b$'",
                "t ~* '^A'",
                "t ~ '^[a-c]+$'",
                "t ~ '^(a|ab)$'",
                "lower(t) = 'ab'",
                "upper(w) = 'AB'",
                "left(t, 1) = 'a'",
                "right(t, 2) = 'ab'",
                "substring(t from 2 for 1) = 'b'",
                "substr(t, 2) = 'b'",
                "length(t) > 1",
                "char_length(w) = 2",
                "trim(t) = 'a'",
                "ltrim(t) = 'a'",
                "trim(both 'a' from t) = 'b'",
                "replace(t, 'a', 'x') = 'xb'",
                "reverse(t) = 'ba'",
                "position('b' in t) = 2",
                "strpos(t, 'b') > 0",
                "starts_with(t, 'ab')",
                "t || 'x' = 'ax'",
                "t || i = 'a1'",
                "concat(t, w) = 'ab'",
                "split_part(t, 'a', 2) = 'b'",
                "lpad(t, 3, 'x') = 'xxa'",
                "coalesce(t, 'none') = 'none'",
                "coalesce(i, 0) > 2",
                "nullif(t, '') is null",
                "nullif(i, 1) = 2",
                "greatest(i, j) = 5",
                "least(i, 3) < 3",
                "case when i > 3 then 'high' when i > 1 then 'mid' else 'low' end = 'mid'",
                "case i when 1 then b else false end",
                "i + j = 5",
                "i * 2 - 1 > 6",
                "i / 2 = 3",
                "i % 3 = 1",
                "-i < -3",
                "abs(i) = 2",
                "n + 0.5 = 1",
                "n * 2 > i",
                "n / 4 < 0.5",
                "round(n) = 1",
                "round(n, 1) = 0.5",
                "floor(m) = 0",
                "i::numeric > n",
                "n::int = 1",
                "i::text = '5'",
                "n::text = '0.50'",
                "t::varchar(1) = 'a'",
                "b::int = 1",
                "d + 1 = date '2020-01-02'",
                "d - e > 20",
                "ts::date = d",
                "ts >= d",
                "ts >= timestamp '2020-02-01'",
                "ts < '2020-02-01'",
                "ts + interval '1 month' > timestamp '2020-02-28 00:00:00'",
                "extract(year from d) = 2020",
                "extract(month from ts) = 2",
                "date_part('day', d) = 28",
                "date_trunc('month', ts) = timestamp '2020-02-01 00:00:00'",
                "d between '2020-01-01' and '2020-02-01'",
                "i = j",
                "t = w",
                "t <> u",
                "i is distinct from j",
                "g = '00000000-0000-0000-0000-000000000001'::uuid",
                "g::text = '00000000-0000-0000-0000-000000000001'",
                "c = 'ab'",
                "f = 0.5",
                "b is not false"
            })
    void exactFormsAreExact(String sql) throws SQLException {
        SplittableRandom random = new SplittableRandom(SEED);
        RandomExpressions values = new RandomExpressions(random);
        table.fill(40, column -> {
            Object value = values.value(column);
            boolean ascii =
                    !(value instanceof String text) || text.chars().allMatch(c -> c < 0x80 && c != 'i' && c != 'I');
            return ascii ? value : "ab";
        });
        ExpressionTable.Question question =
                new ExpressionTable.Question(ExpressionTable.condition(sql), Parameters.NONE);
        Map<Integer, List<Truth>> expected = new LinkedHashMap<>();
        Map<Integer, List<Truth>> possible = new LinkedHashMap<>();
        table.answers(sql, List.of()).forEach((id, answer) -> {
            expected.put(id, List.of(answer));
            possible.put(id, question.possible(new Image(table.row(id))));
        });
        assertThat(expected).as(sql).hasSize(40);
        assertThat(possible).as(sql).isEqualTo(expected);
    }

    // ---- planted bugs

    static Stream<String[]> bugs() {
        return Stream.of(
                bug("left() is taken for right()", "\\bleft\\(", "right("),
                bug("|| drops its right side", " \\|\\| ('[^']*'|[a-z]+)\\)", ")"),
                bug("concat() is NULL for NULL", "concat\\(([^,()]+), ([^,()]+), ([^,()]+)\\)", "($1 || $2 || $3)"),
                bug("SYMMETRIC is lost", " symmetric ", " "),
                bug("COALESCE gives its last", "coalesce\\(([a-z]), ([^,()]+)\\)", "$2"),
                bug("NULLIF gives its first", "nullif\\(([^,()]+), ([^,()]+)\\)", "$1"),
                bug("GREATEST is LEAST", "greatest", "least"),
                bug("ANY is ALL", "any \\(", "all ("),
                bug("an anchor is lost", "'\\^", "'"),
                bug("a regular expression ignores case", " ~ ", " ~* "),
                bug("the last of equal rows is less", "\\(i, j\\) (<|>)= ", "(i, j) $1 "),
                bug("rows are never NULL", "is not null\\)", "is null)"),
                bug("integers are divided as decimals", " / ", "::numeric / "),
                bug("the remainder is a quotient", " % ", " / "),
                bug("a cast to int cuts", "\\b(n|m)::int", "trunc($1)"),
                bug("the month is the day", "extract\\(month", "extract(day"),
                bug("days are added to the wrong side", " interval '1 month'", " interval '1 day'"),
                bug("date_trunc does nothing", "date_trunc\\('(month|year)', ts\\)", "ts"),
                bug("CASE takes its ELSE", "case when (b|\\(not b\\)) then ", "case when (not $1) then "),
                bug("ELSE is NULL", " else ([^ ()]+) end", " end"),
                bug("upper() is lower()", "upper\\(", "lower("),
                bug("a length counts one less", "length\\((t|w|u)\\)", "length(left($1, -1))"),
                bug("replace() removes", "replace\\(([^,()]+), ([^,()]+), ([^,()]+)\\)", "replace($1, $2, '')"));
    }

    private static String[] bug(String name, String pattern, String replacement) {
        return new String[] {name, pattern, replacement};
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void aPlantedBugIsFound(String name, String pattern, String replacement) throws SQLException {
        Run run = new Run();
        run(run, 7, MAX_EXPRESSIONS, sql -> sql.replaceAll(pattern, replacement), false);
        assertThat(run.wrong).as(name).isNotEmpty();
    }
}
