package dev.staleless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.testkit.server.PostgresServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ExplainCommandTest {

    private static final String URL = "--url=" + PostgresServer.shared().jdbcUrl("command_line");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void createTables() throws SQLException {
        try (Connection admin =
                        DriverManager.getConnection(PostgresServer.shared().jdbcUrl());
                Statement statement = admin.createStatement()) {
            statement.execute("create database command_line");
        }
        try (Connection connection =
                        DriverManager.getConnection(PostgresServer.shared().jdbcUrl("command_line"));
                Statement statement = connection.createStatement()) {
            statement.execute("create table product (id bigint primary key, name text, category bigint)");
        }
    }

    @Test
    void explainsAQuery() {
        assertThat(run("explain", URL, "select name from product where category = ?", "--parameter=7"))
                .isZero();
        assertThat(out.toString()).contains("Can be cached.", "category = 7", "category, name");
    }

    @Test
    void explainsAChangeBesideAQuery() {
        String query = "select name from product where category = 7";

        assertThat(run("explain", URL, query, "--write", "update product set name = 'x' where id = 1"))
                .isZero();
        assertThat(out.toString()).contains("The result is dropped: public.product");

        assertThat(run("explain", URL, "--json", query, "--write", "insert into product values (1, 'x', 8)"))
                .isZero();
        assertThat(out.toString()).contains("\"effect\": {\"dropped\": false");
    }

    @Test
    void wrongUsageIsToldInASentence() {
        assertThat(run("explain", "select 1")).isEqualTo(2);
        assertThat(err.toString()).contains("--url");

        assertThat(run("explain", URL, "select 1", "--write", "delete from product"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("The query is not cached");
    }

    @Test
    void aDatabaseThatCannotBeReachedIsToldInASentence() {
        assertThat(run("doctor", "--url=jdbc:postgresql://127.0.0.1:1/none?user=x"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("refused").doesNotContain("\tat ");

        assertThat(run("doctor", "--url=jdbc:unheard:of")).isEqualTo(1);
        assertThat(err.toString()).contains("jdbc:unheard:of");
    }

    @Test
    void theDoctorTellsByItsExitCodeWhatTheWeightiestFindingIs() throws SQLException {
        assertThat(run("doctor", URL)).isZero();
        assertThat(out.toString()).contains("note", "coordination tables");

        try (Connection connection =
                        DriverManager.getConnection(PostgresServer.shared().jdbcUrl("command_line"));
                Statement statement = connection.createStatement()) {
            statement.execute("create table lines (text text)");
            assertThat(run("doctor", URL, "--json")).isEqualTo(4);
            statement.execute("drop table lines");
        }
        assertThat(out.toString()).contains("\"subject\": \"public.lines\"");
    }

    /** Words, and texts in quotation marks. */
    private static final Pattern WORD = Pattern.compile("([^\\s\"]+)\"([^\"]*)\"|\"([^\"]*)\"|([^\\s\"]+)");

    @Test
    void theExamplesOfTheGuideRun() throws IOException {
        Path page = Path.of("..", "docs", "guide", "explain.md");
        int examples = 0;
        for (String line : Files.readAllLines(page)) {
            if (line.startsWith("./staleless ")) {
                assertThat(run(arguments(line))).as(line + err).isIn(0, 4);
                examples++;
            }
        }
        assertThat(examples).isGreaterThanOrEqualTo(3);
        String shown = String.join("\n", Files.readAllLines(page));
        String first = out.toString().substring(0, out.toString().indexOf("Can be cached.", 1));
        assertThat(shown).contains(first.strip());
    }

    private static String[] arguments(String line) {
        List<String> arguments = new ArrayList<>();
        Matcher word = WORD.matcher(line.replaceAll("--url=\\S+ --user=\\S+", URL));
        word.find();
        while (word.find()) {
            arguments.add(
                    word.group(4) != null
                            ? word.group(4)
                            : word.group(3) != null ? word.group(3) : word.group(1) + word.group(2));
        }
        return arguments.toArray(String[]::new);
    }

    private int run(String... arguments) {
        CommandLine main = Main.commandLine();
        main.setOut(new PrintWriter(out, true));
        main.setErr(new PrintWriter(err, true));
        return main.execute(arguments);
    }
}
