package dev.staleless.integration.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.jdbc.catalog.CatalogSource;
import dev.staleless.sql.SqlAnalyser;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The statements that programs send are understood, and how well is what docs/parsing.md says. With
 * {@code -Dtests.corpus=write} all programs are run, and the corpus and the table are written anew.
 */
class CorpusTest {

    private static final String QUICKEST = "MyBatis 3.5";
    private static final boolean WRITE = "write".equals(System.getProperty("tests.corpus"));

    private static CorpusDatabase database;

    @BeforeAll
    static void open() throws Exception {
        database = new CorpusDatabase();
        if (WRITE) {
            CorpusFile.write(Generator.statements(database.url()));
        }
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
    }

    @Test
    void theTableOfTheDocumentationIsSo() throws Exception {
        ParsingTable table = table();
        if (WRITE) {
            table.write();
        }
        assertThat(ParsingTable.written())
                .as("-Dtests.corpus=write writes it anew")
                .isEqualTo(table.toString());
        assertThat(table.share(one -> one != Understanding.NOT_UNDERSTOOD)).isGreaterThanOrEqualTo(0.99);
    }

    private static ParsingTable table() throws Exception {
        Catalog catalog = CatalogSource.postgres(() -> DriverManager.getConnection(database.url()), "staleless")
                .current();
        SqlAnalyser analyser = SqlAnalyser.create();
        ParsingTable table = new ParsingTable();
        for (CorpusFile.Entry entry : CorpusFile.read()) {
            table.add(entry.source(), Understanding.of(entry.sql(), analyser, catalog));
        }
        return table;
    }

    @Test
    void noStatementIsThereTwice() throws Exception {
        List<String> statements =
                CorpusFile.read().stream().map(CorpusFile.Entry::sql).toList();
        assertThat(statements).hasSizeGreaterThan(3_000).doesNotHaveDuplicates();
    }

    /** The programs' statements were run; these are written by hand. */
    @Test
    void theBenchmarksStatementsAreOfTheDatabase() throws Exception {
        try (Connection connection = DriverManager.getConnection(database.url())) {
            for (String sql : CorpusFile.lines("benchmarks.txt")) {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    assertThatCode(statement::getParameterMetaData).as(sql).doesNotThrowAnyException();
                }
            }
        }
    }

    /** Of the program that is the quickest to start. */
    @Test
    void whatIsRecordedIsWhatIsSent() throws Exception {
        Generator.Program program = Generator.programs(database.url()).get(QUICKEST);
        List<String> recorded = CorpusFile.read().stream()
                .filter(entry -> entry.source().equals(QUICKEST))
                .map(CorpusFile.Entry::sql)
                .toList();
        assertThat(Generator.sent(program, database.url())).containsAll(recorded);
    }
}
