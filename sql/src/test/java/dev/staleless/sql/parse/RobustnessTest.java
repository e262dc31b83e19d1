package dev.staleless.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.staleless.sql.lex.Dialect;
import dev.staleless.sql.lex.LexedText;
import dev.staleless.sql.lex.Lexer;
import dev.staleless.sql.lex.SqlSyntaxException;
import dev.staleless.sql.lex.Token;
import dev.staleless.sql.tree.Statement;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RobustnessTest {

    /** Processor time, since the test may run beside others. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final List<String> CORPUS =
            CorpusTest.cases().map(CorpusTest.Case::sql).toList();

    @Property(tries = 5000, seed = "2")
    void mutatedTokensNeitherCrashNorHang(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> tokens = new ArrayList<>(texts(CORPUS.get(random.nextInt(CORPUS.size()))));
        for (int i = random.nextInt(1, 4); i > 0 && !tokens.isEmpty(); i--) {
            int at = random.nextInt(tokens.size());
            switch (random.nextInt(4)) {
                case 0 -> tokens.remove(at);
                case 1 -> tokens.add(at, tokens.get(random.nextInt(tokens.size())));
                case 2 -> tokens.set(at, tokens.get(random.nextInt(tokens.size())));
                default -> {
                    List<String> other = texts(CORPUS.get(random.nextInt(CORPUS.size())));
                    tokens.addAll(at, other.subList(0, random.nextInt(other.size() + 1)));
                }
            }
        }
        String sql = String.join(" ", tokens);
        assertThatCode(() -> CorpusTest.kind(sql)).as(sql).doesNotThrowAnyException();
    }

    @Property(tries = 3000, seed = "3")
    void mutatedCharactersAreUnderstoodOrRefused(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder sql = new StringBuilder(CORPUS.get(random.nextInt(CORPUS.size())));
        String characters = "'\"$?/*-+|<>=()[],;:.\\ \nae1é{}@#`\u0000";
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            sql.insert(random.nextInt(sql.length() + 1), characters.charAt(random.nextInt(characters.length())));
        }
        for (Dialect dialect : List.of(Dialect.POSTGRESQL, Dialect.MARIADB, Dialect.H2)) {
            try {
                SqlParser.parse(Lexer.lex(sql.toString(), dialect));
            } catch (SqlSyntaxException e) {
                assertThat(e.offset()).isBetween(0, sql.length());
            }
        }
    }

    @Example
    void deepNestingIsRefusedAndNotAStackOverflow() {
        for (int depth : new int[] {2_000, 200_000}) {
            for (String[] nesting : new String[][] {
                {"select ", "(", "1", ")"},
                {"", "(", "select 1", ")"},
                {"select * from ", "(", "select 1", ")"},
                {"select ", "(select ", "1", ")"},
                {"select ", "not ", "true", ""},
                {"select ", "- ", "1", ""},
                {"select ", "f(", "1", ")"},
                {"select ", "case when true then ", "1", " end"},
                {"select array", "[", "1", "]"},
                {"select * from ", "(a join ", "b", " on true)"},
                {"select * from a ", "join b ", "", " on true"},
                {"select ", "x in (select ", "1", ")"},
                {"select 1", " || 1", "", ""},
                {"select 1", " union select 1", "", ""},
                {"select * from a", " cross join b", "", ""},
                {"with x as (", "with x as (", "select 1) select 1", ") select 1"},
            }) {
                String sql = nesting[0] + nesting[1].repeat(depth) + nesting[2] + nesting[3].repeat(depth);
                assertThat(CorpusTest.parse(sql)).as(sql.substring(0, 60)).isInstanceOf(Statement.Other.class);
            }
        }
    }

    @Example
    void moderateNestingIsUnderstood() {
        assertThat(CorpusTest.kind("select " + "(".repeat(100) + "1" + ")".repeat(100)))
                .isEqualTo("query");
        assertThat(CorpusTest.kind("select " + "(".repeat(100) + "select 1" + ")".repeat(100)))
                .isEqualTo("query");
        assertThat(CorpusTest.kind("select 1 where " + "a = ? or ".repeat(50_000) + "false"))
                .isEqualTo("query");
    }

    @Example
    void aMegabyteIsParsedInLinearTime() {
        String in = "select a from t where b in (" + "?, ".repeat(300_000) + "?)";
        String values = "insert into t values " + "(1, 'abc', ?), ".repeat(60_000) + "(1, 'abc', ?)";
        String string = "select '" + "x".repeat(1_000_000) + "'";
        String strings = "select " + "'x'\n".repeat(200_000);
        String comments = "select 1 " + "/* x */ ".repeat(100_000);
        for (String sql : List.of(in, values, string, strings, comments)) {
            long begin = THREADS.getCurrentThreadCpuTime();
            assertThat(CorpusTest.kind(sql)).isNotEqualTo("unknown");
            assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - begin))
                    .isLessThan(Duration.ofSeconds(5));
        }
    }

    private static List<String> texts(String sql) {
        try {
            LexedText lexed = Lexer.lex(sql, Dialect.POSTGRESQL);
            return lexed.tokens().stream()
                    .map((Token token) -> sql.substring(token.start(), token.end()))
                    .toList();
        } catch (SqlSyntaxException e) {
            return List.of(sql.split(" "));
        }
    }
}
