package dev.staleless.jdbc.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.jdbc.database.Database;
import dev.staleless.jdbc.explain.Explanation.Kind;
import dev.staleless.jdbc.explain.Finding.Weight;
import dev.staleless.sql.SqlAnalyser;
import dev.staleless.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ExplainTest {

    private static final String URL = PostgresServer.shared().jdbcUrl("explained");

    private static Explainer explainer;

    @BeforeAll
    static void createTables() throws SQLException {
        try (Connection admin =
                        DriverManager.getConnection(PostgresServer.shared().jdbcUrl());
                Statement statement = admin.createStatement()) {
            statement.execute("create database explained");
        }
        try (Connection connection = DriverManager.getConnection(URL);
                Statement statement = connection.createStatement()) {
            statement.execute("create table customer (id int primary key, name text, country char(2), extra jsonb)");
            statement.execute("create table orders (id int primary key, customer_id int references customer on delete"
                    + " cascade, status text, placed date)");
            statement.execute("create table log (line text)");
            statement.execute("create table watched (id int primary key)");
            statement.execute("create function nothing() returns trigger language plpgsql as 'begin return new; end'");
            statement.execute("create trigger t before insert on watched for each row execute function nothing()");
            statement.execute("create table secret (id int primary key)");
            statement.execute("alter table secret enable row level security");
            statement.execute(
                    "create collation folded (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
            statement.execute("create table word (id int primary key, text text collate folded)");
            Database database = Database.of(connection);
            Catalog catalog = database.catalog(() -> DriverManager.getConnection(URL), "staleless")
                    .current();
            explainer = Explainer.of(SqlAnalyser.create(database.dialect()), catalog);
        }
    }

    @Test
    void aQueryTellsItsConditionsColumnsAndPartitionsForEachTable() {
        Explanation explanation = explainer.explain(
                "select o.id, c.name from orders o join customer c on c.id = o.customer_id"
                        + " where o.customer_id = ? and o.status in ('new', 'paid')",
                List.of(7));

        assertThat(explanation.kind()).isEqualTo(Kind.CACHEABLE);
        assertThat(explanation.reads()).hasSize(2);
        Explanation.Occurrence orders = explanation.reads().get(0);
        assertThat(orders.table()).isEqualTo("public.orders");
        assertThat(orders.condition()).contains("customer_id = 7", "status IN ('new', 'paid')");
        assertThat(orders.columns()).containsExactly("customer_id", "id", "status");
        assertThat(orders.partitions()).singleElement().asString().contains("same customer_id");
        assertThat(explanation.reads().get(1).condition()).contains("id = 7");
        assertThat(explanation.toText()).startsWith("Can be cached.").contains("reads public.orders as o");
        assertThat(explanation.toJson())
                .startsWith("{\"sql\": \"select o.id")
                .contains("\"kind\": \"CACHEABLE\"", "\"columns\": [\"customer_id\", \"id\", \"status\"]");
    }

    @Test
    void whatIsPassedThroughSaysWhy() {
        assertThat(explainer.explain("select now() from orders", List.of()).toText())
                .startsWith("Passed through, not cached: ")
                .contains("now");
        assertThat(explainer
                        .explain("select * from orders for update", List.of())
                        .reason())
                .contains("locks");
        assertThat(explainer.explain("select from where", List.of()).kind())
                .isIn(Kind.PASSED_THROUGH, Kind.CHANGE_OF_EVERYTHING);
        assertThat(explainer.explain("vacuum", List.of()).kind()).isEqualTo(Kind.PASSED_THROUGH);
    }

    @Test
    void aChangeTellsWhatIsKnownOfItsRows() {
        Explanation explanation = explainer.explain("update orders set status = ? where id = ?", List.of("paid", 3));

        assertThat(explanation.kind()).isEqualTo(Kind.CHANGE);
        assertThat(explanation.changes()).singleElement().satisfies(change -> {
            assertThat(change.table()).isEqualTo("public.orders");
            assertThat(change.what()).contains("id = 3", "status = 'paid'", "changes status");
        });
        assertThat(explainer
                        .explain("delete from customer where id = 1", List.of())
                        .changes())
                .extracting(Explanation.Change::table)
                .contains("public.customer", "public.orders");
    }

    @Test
    void aChangeBesideAQueryTellsWhetherItDropsTheResult() {
        String query = "select id from orders where customer_id = ? and status = 'new'";

        Effect kept = explainer.effect(
                query, List.of(7), "insert into orders (id, customer_id, status) values (1, 8, 'new')", List.of());
        Effect dropped =
                explainer.effect(query, List.of(7), "update orders set status = 'new' where id = 3", List.of());
        Effect unread =
                explainer.effect(query, List.of(7), "update orders set placed = '2024-01-01' where id = 3", List.of());

        assertThat(kept.dropped()).isFalse();
        assertThat(dropped.dropped()).isTrue();
        assertThat(dropped.toText()).startsWith("dropped: public.orders").contains("status");
        assertThat(unread.reason()).contains("no column that the query reads");
        assertThat(unread.toJson()).startsWith("{\"dropped\": false, ");
    }

    @Test
    void parametersThatAreMissingMayHaveAnyValue() {
        String query = "select id from orders where customer_id = ?";

        assertThat(explainer.explain(query, List.of()).kind()).isEqualTo(Kind.CACHEABLE);
        assertThat(explainer
                        .effect(query, List.of(), "insert into orders values (1, 8, 'new', null)", List.of())
                        .dropped())
                .isTrue();
        assertThatThrownBy(() -> explainer.explain(query, List.of(1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 values", "1 parameters");
    }

    @Test
    void noChangeConcernsAQueryThatIsNotCached() {
        assertThatThrownBy(() -> explainer.effect("select now()", List.of(), "delete from orders", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not cached");
    }

    @Test
    void theDoctorNamesWhatLimitsAndWhatToDo() throws SQLException {
        List<Finding> findings;
        try (Connection connection = DriverManager.getConnection(URL)) {
            findings = Doctor.examine(connection, () -> DriverManager.getConnection(URL));
        }

        assertThat(findings).noneMatch(finding -> finding.weight() == Weight.PROBLEM);
        assertThat(limits(findings, "public.log")).contains("no primary key");
        assertThat(limits(findings, "public.watched")).contains("triggers", "Declare them");
        assertThat(limits(findings, "public.secret")).contains("row-level security");
        assertThat(limits(findings, "public.word")).contains("collation of text");
        assertThat(findings).anyMatch(finding -> finding.subject().equals("coordination tables"));
        assertThat(findings.get(findings.size() - 1).weight()).isEqualTo(Weight.NOTE);
        assertThat(findings.get(0).toJson()).startsWith("{\"weight\": \"LIMIT\", \"subject\": ");
    }

    @Test
    void theDoctorNoticesIsolationLevelsAndSessionsInWhichNothingIsCached() throws SQLException {
        try (Connection connection = DriverManager.getConnection(URL)) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            List<Finding> findings = Doctor.examine(connection, () -> DriverManager.getConnection(URL));

            assertThat(limits(findings, "isolation")).contains("READ COMMITTED");
        }
        try (Connection connection = DriverManager.getConnection(URL);
                Statement statement = connection.createStatement()) {
            statement.execute("set standard_conforming_strings = off");
            List<Finding> findings = Doctor.examine(connection, () -> DriverManager.getConnection(URL));

            assertThat(findings.get(0).weight()).isEqualTo(Weight.PROBLEM);
            assertThat(findings.get(0).subject()).isEqualTo("session");
        }
    }

    private static String limits(List<Finding> findings, String subject) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            if (finding.subject().equals(subject) && finding.weight() == Weight.LIMIT) {
                text.append(finding.what()).append(' ').append(finding.advice()).append('\n');
            }
        }
        return text.toString();
    }
}
