package dev.staleless.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.sql.lex.Dialect;
import dev.staleless.sql.lex.Lexer;
import dev.staleless.sql.lex.SqlSyntaxException;
import dev.staleless.sql.tree.Query;
import dev.staleless.sql.tree.Statement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CorpusTest {

    record Case(String expected, String sql) {}

    static Stream<Case> cases() {
        try (InputStream in = CorpusTest.class.getResourceAsStream("/dev/staleless/sql/corpus.txt")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t", 2))
                    .map(parts -> new Case(parts[0], parts[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aStatementIsWhatTheCorpusSays(Case test) {
        assertThat(kind(test.sql())).isEqualTo(test.expected());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aPrintedTreeParsesToTheSameTree(Case test) {
        if (!isParsed(test)) {
            return;
        }
        Statement statement = parse(test.sql());
        String printed = SqlPrinter.print(statement);
        assertThat(parse(printed)).as(printed).isEqualTo(statement);
    }

    static boolean isParsed(Case test) {
        return Set.of("query", "insert", "update", "delete", "truncate", "merge")
                .contains(test.expected());
    }

    static Statement parse(String sql) {
        List<SqlParser.Parsed> parsed = SqlParser.parse(Lexer.lex(sql, Dialect.POSTGRESQL));
        assertThat(parsed).hasSize(1);
        return parsed.get(0).statement();
    }

    static String kind(String sql) {
        Statement statement;
        try {
            List<SqlParser.Parsed> parsed = SqlParser.parse(Lexer.lex(sql, Dialect.POSTGRESQL));
            if (parsed.size() != 1) {
                return parsed.size() + " statements";
            }
            statement = parsed.get(0).statement();
        } catch (SqlSyntaxException e) {
            return "unknown";
        }
        if (statement instanceof Query) {
            return "query";
        }
        return statement instanceof Statement.Other other
                ? other.kind().name().toLowerCase(Locale.ROOT)
                : statement.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
