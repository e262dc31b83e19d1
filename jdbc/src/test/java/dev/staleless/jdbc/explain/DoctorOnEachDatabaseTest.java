package dev.staleless.jdbc.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.staleless.jdbc.explain.Finding.Weight;
import dev.staleless.testkit.server.MariaDbServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the doctor says of databases other than PostgreSQL, of which {@link ExplainTest} tells. */
class DoctorOnEachDatabaseTest {

    private static List<Finding> examine(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            return Doctor.examine(connection, () -> DriverManager.getConnection(url));
        }
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** What is said of one subject, with what to do about it. */
    private static String of(List<Finding> findings, String subject) {
        return findings.stream()
                .filter(finding -> finding.subject().equals(subject))
                .map(finding -> finding.weight() + ": " + finding.what() + " " + finding.advice())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void onH2ItNamesTablesModesAndWhatARoleMayNotSee() throws SQLException {
        String url = "jdbc:h2:mem:doctor";
        try (Connection admin = DriverManager.getConnection(url + ";USER=sa;PASSWORD=x")) {
            execute(
                    admin,
                    "CREATE TABLE customer (id INT PRIMARY KEY, nick VARCHAR_IGNORECASE, name VARCHAR)",
                    "CREATE TABLE log (line VARCHAR)",
                    "CREATE VIEW v AS SELECT id FROM customer",
                    "CREATE USER app PASSWORD 'x'",
                    "GRANT SELECT ON customer TO app",
                    "GRANT SELECT ON v TO app");
            List<Finding> findings = examine(url + ";USER=sa;PASSWORD=x");
            assertThat(findings).noneMatch(finding -> finding.weight() == Weight.PROBLEM);
            assertThat(of(findings, "PUBLIC.LOG")).contains("no primary key");
            assertThat(of(findings, "PUBLIC.CUSTOMER")).contains("NICK").doesNotContain("NAME");
            assertThat(of(findings, "PUBLIC.V")).isEmpty();
            assertThat(of(findings, "isolation")).isEmpty();
        }
        assertThat(examine("jdbc:h2:mem:doctor2;MODE=MySQL").get(0).what()).contains("compatibility mode");
    }

    @Test
    void onMariaDbItNamesSessionsEnginesCollationsAndRights() throws SQLException {
        assumeTrue(MariaDbServer.isSupported(), "the binaries are for Linux on x86-64");
        String root = MariaDbServer.shared().jdbcUrl();
        try (Connection connection = DriverManager.getConnection(root)) {
            execute(
                    connection,
                    "CREATE OR REPLACE DATABASE doctor",
                    "USE doctor",
                    "CREATE TABLE customer (id int PRIMARY KEY, name varchar(20), exact varchar(20) COLLATE utf8mb4_bin)",
                    "CREATE TABLE old (id int PRIMARY KEY) ENGINE = MyISAM",
                    "CREATE TABLE watched (id int PRIMARY KEY)",
                    "CREATE TRIGGER t BEFORE INSERT ON watched FOR EACH ROW SET new.id = new.id",
                    "CREATE VIEW v AS SELECT id FROM customer",
                    "CREATE OR REPLACE USER doctor_app IDENTIFIED BY 'x'",
                    "GRANT SELECT, INSERT ON doctor.* TO doctor_app");
        }
        try {
            session();
            tables();
            rights();
        } finally {
            try (Connection connection = DriverManager.getConnection(root)) {
                execute(connection, "DROP USER doctor_app", "DROP DATABASE doctor");
            }
        }
    }

    private static void session() throws SQLException {
        String url = MariaDbServer.shared().jdbcUrl("doctor");
        List<Finding> findings = examine(url);
        assertThat(of(findings, "isolation")).contains("READ COMMITTED", "snapshot = relaxed");
        assertThat(of(findings, "session")).startsWith("LIMIT").contains("EXISTS", "loosescan=off");
        String options =
                "&sessionVariables=sql_mode='ANSI_QUOTES',optimizer_switch='loosescan=off',transaction_isolation='READ-COMMITTED'";
        findings = examine(url + options);
        assertThat(of(findings, "isolation")).isEmpty();
        assertThat(of(findings, "session"))
                .startsWith("PROBLEM")
                .contains("ANSI_QUOTES")
                .doesNotContain("LooseScan");
    }

    private static void tables() throws SQLException {
        List<Finding> findings = examine(MariaDbServer.shared().jdbcUrl("doctor"));
        assertThat(of(findings, "doctor.customer"))
                .contains("collation of name takes")
                .doesNotContain("exact");
        assertThat(of(findings, "doctor.old")).contains("not understood");
        assertThat(of(findings, "doctor.watched")).contains("triggers", "Declare them");
        assertThat(of(findings, "doctor.v")).isEmpty();
        assertThat(of(findings, "triggers")).isEmpty();
    }

    private static void rights() throws SQLException {
        String url = MariaDbServer.shared().jdbcUrl("doctor").replace("user=root", "user=doctor_app&password=x");
        List<Finding> findings = examine(url);
        assertThat(of(findings, "triggers")).contains("GRANT TRIGGER");
        assertThat(of(findings, "doctor.watched")).doesNotContain("Declare them");
        assertThat(of(findings, "doctor.v")).contains("SHOW VIEW");
    }
}
