package dev.staleless.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.sql.tree.Statement;
import dev.staleless.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * The database as the judge of precedence: a view made of an expression and one made of our fully parenthesised print of
 * it must be the same view. Where the database refuses the one, it refuses the other for the same reason.
 */
class PrecedenceTest {

    private static Connection connection;
    private static int compared;

    @BeforeContainer
    static void connect() throws SQLException {
        connection = DriverManager.getConnection(PostgresServer.shared().jdbcUrl());
        connection.setAutoCommit(false);
        execute(
                "create temp table x (a int, b int, c int, p boolean, q boolean, s text, t text, d timestamp, r int[])");
        connection.commit();
    }

    @AfterContainer
    static void disconnect() throws SQLException {
        assertThat(compared).as("views compared").isGreaterThan(300);
        connection.close();
    }

    @Property(tries = 1500, seed = "1")
    void aPrintedExpressionMeansWhatTheDatabaseMadeOfTheOriginal(@ForAll long seed) throws SQLException {
        String expression = new RandomExpressions(seed).bool((int) Math.floorMod(seed, 5L));
        String sql = "select " + expression + " as e from x";
        Statement statement = CorpusTest.parse(sql);
        String original = definition(sql);
        if (statement instanceof Statement.Other) {
            assertThat(original)
                    .as("not understood, so the database should not either: %s", sql)
                    .isEqualTo("42601");
            return;
        }
        if (original.equals("42601")) {
            return;
        }
        assertThat(definition(SqlPrinter.print(statement))).as(sql).isEqualTo(original);
        if (original.length() > 5) {
            compared++;
        }
    }

    /** What the database understands, or its SQLSTATE. */
    private static String definition(String sql) throws SQLException {
        try {
            execute("create temp view v as " + sql);
            try (var query = connection.createStatement();
                    ResultSet rows = query.executeQuery("select pg_get_viewdef('v'::regclass)")) {
                rows.next();
                return rows.getString(1);
            }
        } catch (SQLException e) {
            return e.getSQLState();
        } finally {
            connection.rollback();
        }
    }

    private static void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
