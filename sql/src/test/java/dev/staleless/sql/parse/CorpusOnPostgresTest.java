package dev.staleless.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.sql.tree.Statement;
import dev.staleless.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The database's parser on the corpus: what we understand has no syntax error, neither as it stands nor printed. */
class CorpusOnPostgresTest {

    private static final String SYNTAX_ERROR = "42601";

    private static Connection connection;

    @BeforeAll
    static void connect() throws SQLException {
        connection = DriverManager.getConnection(PostgresServer.shared().jdbcUrl());
        connection.setAutoCommit(false);
    }

    @AfterAll
    static void disconnect() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @MethodSource("dev.staleless.sql.parse.CorpusTest#cases")
    void whatIsUnderstoodIsSyntaxOfTheDatabaseToo(CorpusTest.Case test) throws SQLException {
        if (!CorpusTest.isParsed(test)) {
            return;
        }
        Statement statement = CorpusTest.parse(test.sql());
        assertThat(state(test.sql())).isNotEqualTo(SYNTAX_ERROR);
        String printed = SqlPrinter.print(statement);
        assertThat(state(printed)).as(printed).isNotEqualTo(SYNTAX_ERROR);
    }

    /** The SQLSTATE of preparing a statement, empty without an error. */
    private static String state(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.getParameterMetaData();
            return "";
        } catch (SQLException e) {
            return String.valueOf(e.getSQLState());
        } finally {
            connection.rollback();
        }
    }
}
