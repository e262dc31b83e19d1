package dev.staleless.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.staleless.testkit.server.MariaDbServer;
import dev.staleless.testkit.server.PostgresServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the command prints makes the coordination tables on each database, and another one removes them. */
class SchemaOnDatabasesTest {

    private static final String SCHEMA = "cli_schema";

    private final StringWriter out = new StringWriter();

    @Test
    void onPostgres() throws SQLException {
        tablesComeAndGo("postgresql", PostgresServer.shared().jdbcUrl(), "postgres");
    }

    @Test
    void onMariaDb() throws SQLException {
        assumeTrue(MariaDbServer.isSupported());
        tablesComeAndGo("mariadb", MariaDbServer.shared().jdbcUrl(), null);
    }

    @Test
    void onH2() throws SQLException {
        String url = "jdbc:h2:mem:cli_schema;DB_CLOSE_DELAY=-1;USER=sa";
        tablesComeAndGo("h2", url, "SA");
        execute(url, "SHUTDOWN");
    }

    private void tablesComeAndGo(String product, String url, String role) throws SQLException {
        String granted = role != null ? role : first(url, "SELECT current_user()");
        assertThat(run("schema", "--product", product, "--role", granted, "--schema", SCHEMA))
                .isZero();
        try {
            execute(url, out.toString().split(";\\R"));
            assertThat(tables(url)).isGreaterThanOrEqualTo(3);
            assertThat(run("uninstall", "--url", url, "--coordination-schema", SCHEMA))
                    .as(out.toString())
                    .isZero();
            assertThat(tables(url)).isZero();
            assertThat(run("uninstall", "--url", url, "--coordination-schema", SCHEMA))
                    .isOne();
            assertThat(out.toString()).contains("There are no coordination tables");
        } finally {
            execute(url, "DROP SCHEMA IF EXISTS " + SCHEMA + (product.equals("mariadb") ? "" : " CASCADE"));
        }
    }

    private static int tables(String url) throws SQLException {
        return Integer.parseInt(first(
                url,
                "SELECT count(*) FROM information_schema.tables WHERE table_schema = '" + SCHEMA
                        + "' AND table_name LIKE 'staleless%'"));
    }

    private static String first(String url, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    private static void execute(String url, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                if (!each.isBlank()) {
                    statement.execute(each);
                }
            }
        }
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        CommandLine main = Main.commandLine();
        main.setOut(new PrintWriter(out, true));
        main.setErr(new PrintWriter(out, true));
        return main.execute(arguments);
    }
}
