package dev.staleless.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.catalog.Table.Action;
import dev.staleless.core.catalog.Table.Trait;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ChangeEvent.Kind;
import dev.staleless.core.change.Referred;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.Parameters;
import dev.staleless.sql.RowImages.Returning;
import dev.staleless.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the database returns of the rows that it changes. */
class RowImagesTest {

    private static final TestCatalog CATALOG = TestCatalog.withFunctions()
            .table("author", "id int pk", "name text", "born date", "fee decimal", "twice int computed")
            .table("book", "id int pk", "author_id int", "title text")
            .foreignKey("book", "author_id", "author", "id", Action.CASCADE, Action.CASCADE);

    private Connection connection;

    @BeforeEach
    void fill() throws SQLException {
        connection = DriverManager.getConnection(PostgresServer.shared().jdbcUrl());
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table public.author (id int primary key, name text, born date, fee numeric(10, 2),"
                            + " twice int generated always as (id * 2) stored)");
            statement.execute("create table public.book (id int primary key, author_id int references author"
                    + " on delete cascade on update cascade, title text)");
            statement.execute("insert into author values (1, 'a', '2000-01-01', 1.5), (2, null, null, null)");
            statement.execute("insert into book values (10, 1, 'x'), (20, 2, 'y')");
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.rollback();
        connection.close();
    }

    private static RowImages images(String sql, Returning returning) {
        return images(CATALOG, sql, returning);
    }

    private static RowImages images(TestCatalog catalog, String sql, Returning returning) {
        Analysis analysis = SqlAnalyser.create().analyse(sql, catalog);
        assertThat(analysis).isInstanceOf(Analysis.Write.class);
        return ((Analysis.Write) analysis).changes().images(returning);
    }

    /** Executes the query as whoever uses the images does. */
    private List<ChangeEvent> events(String sql, Returning returning, Object... parameters) throws SQLException {
        return events(CATALOG, sql, returning, parameters);
    }

    private List<ChangeEvent> events(TestCatalog catalog, String sql, Returning returning, Object... parameters)
            throws SQLException {
        RowImages images = images(catalog, sql, returning);
        assertThat(images).as(sql).isNotNull();
        List<RowImages.Returned> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(images.sql())) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
            String before = null;
            try (ResultSet row = statement.getResultSet()) {
                while (row.next()) {
                    before = images.cascades() && before == null ? row.getString(3) : before;
                    rows.add(returned(images, row));
                }
            }
            boolean undisturbed = images.cascades() && statement.getMoreResults() && isOnly(before, statement);
            return images.events(Parameters.of(parameters), rows, undisturbed);
        }
    }

    private static boolean isOnly(String expected, PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.getResultSet()) {
            return row.next() && row.getString(1).equals(expected);
        }
    }

    private static RowImages.Returned returned(RowImages images, ResultSet row) throws SQLException {
        int source = images.cascades() ? row.getInt(2) : 0;
        List<@Nullable Object> values = new ArrayList<>();
        for (RowImages.Cell cell : images.cells(source)) {
            Object value = row.getObject(cell.index());
            values.add(
                    value instanceof Integer number
                            ? (Object) number.longValue()
                            : value instanceof java.sql.Date date ? date.toLocalDate() : value);
        }
        return new RowImages.Returned(source, row.getLong(1), values);
    }

    private static AbstractValue exact(Object value) {
        return new AbstractValue.Exact(value);
    }

    @Test
    void aRowThatGoesWithTheOneToWhichItRefersSaysSo() throws SQLException {
        TestCatalog catalog = TestCatalog.withFunctions()
                .table("author", "id int pk", "name text", "born date", "fee decimal", "twice int computed")
                .table("book", "id int pk", "author_id int", "title text")
                .enforced("book", "author_id", "author", "id", Action.CASCADE, Action.CASCADE);
        Referred author = new Referred(new TableName("public", "author"), List.of("author_id"));
        List<ChangeEvent> gone = events(catalog, "delete from author where id < 3", Returning.ONE);
        assertThat(gone).hasSize(4).allMatch(ChangeEvent::oneWay);
        assertThat(gone)
                .filteredOn(event -> event.table().name().equals("book"))
                .extracting(ChangeEvent::orphanOf)
                .containsExactly(author, author);
        assertThat(gone)
                .filteredOn(event -> event.table().name().equals("author"))
                .extracting(ChangeEvent::orphanOf)
                .containsOnlyNulls();
        connection.rollback();
        fill();
        assertThat(events(catalog, "delete from book where id = 10", Returning.ONE))
                .extracting(ChangeEvent::orphanOf)
                .containsOnlyNulls();
        assertThat(events("delete from author where id = 1", Returning.ONE))
                .extracting(ChangeEvent::orphanOf)
                .containsOnlyNulls();
    }

    @ParameterizedTest
    @EnumSource(names = {"BOTH", "ONE"})
    void insertedRowsAreKnownWhole(Returning returning) throws SQLException {
        List<ChangeEvent> events = events("insert into author (id, name) select id + 10, name from author", returning);
        assertThat(events).extracting(ChangeEvent::kind).containsExactly(Kind.INSERT, Kind.INSERT);
        assertThat(events.get(0).after().get("id")).isEqualTo(exact(11L));
        assertThat(events.get(0).after().get("twice")).isEqualTo(exact(22L));
        assertThat(events.get(1).after().get("name")).isEqualTo(AbstractValue.NULL);
    }

    @Test
    void updatedRowsAreKnownBeforeAndAfter() throws SQLException {
        List<ChangeEvent> events = events(
                "/* note */ update author a set id = a.id + ?, name = 'a', fee = fee * 1.00 from book b"
                        + " where b.author_id = a.id and a.id = 1 -- last",
                Returning.BOTH,
                5L);
        assertThat(events).hasSize(2);
        ChangeEvent author = events.get(0);
        assertThat(author.changed().names()).containsExactlyInAnyOrder("id", "twice");
        assertThat(author.before().get("id")).isEqualTo(exact(1L));
        assertThat(author.before().get("born")).isEqualTo(exact(java.time.LocalDate.of(2000, 1, 1)));
        assertThat(author.after().get("id")).isEqualTo(exact(6L));
        assertThat(events.get(1).table().name()).isEqualTo("book");
        assertThat(events.get(1).before().get("author_id")).isEqualTo(exact(1L));
        assertThat(events.get(1).after().get("author_id")).isEqualTo(exact(6L));
    }

    @Test
    void withoutOldValuesTheNewOnesTellWhatWasNotAssigned() throws SQLException {
        List<ChangeEvent> events = events("update author set name = 'b' where fee > 1", Returning.ONE);
        assertThat(events).hasSize(1);
        assertThat(events.get(0).before().get("id")).isEqualTo(exact(1L));
        assertThat(events.get(0).before().get("name")).isEqualTo(AbstractValue.UNKNOWN);
        assertThat(events.get(0).after().get("name")).isEqualTo(exact("b"));
    }

    @Test
    void anUpdateThatStoresWhatWasThereIsNoChange() throws SQLException {
        assertThat(events("update author set name = name, fee = fee", Returning.BOTH))
                .isEmpty();
        assertThat(events("update author set fee = 1.50 where id = 1", Returning.BOTH))
                .isEmpty();
        assertThat(events("update author set name = 'A' where id = 1", Returning.BOTH))
                .hasSize(1);
    }

    @Test
    void aKeyThatStaysWhatItWasDoesNotSpread() throws SQLException {
        assertThat(events("update author set id = 1, name = 'n' where name = 'a'", Returning.BOTH))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"BOTH", "ONE"})
    void deletedRowsTellWhatGoesWithThem(Returning returning) throws SQLException {
        List<ChangeEvent> events = events("delete from author using book where author.id = author_id", returning);
        assertThat(events).hasSize(4);
        assertThat(events.get(0).before().get("name")).isEqualTo(exact("a"));
        assertThat(events.get(1).before().get("name")).isEqualTo(AbstractValue.NULL);
        assertThat(events.get(2).before().get("author_id")).isEqualTo(exact(1L));
        assertThat(events.get(2).before().get("title")).isEqualTo(exact("x"));
        assertThat(events.get(3).before().get("id")).isEqualTo(exact(20L));
    }

    @Test
    void aConflictTellsWhichRowsAreNew() throws SQLException {
        List<ChangeEvent> events = events(
                "insert into book values (10, 2, 'new'), (30, 1, 'z') on conflict (id) do update set title = excluded.title",
                Returning.BOTH);
        assertThat(events).extracting(ChangeEvent::kind).containsExactly(Kind.UPDATE, Kind.INSERT);
        assertThat(events.get(0).before().get("author_id")).isEqualTo(exact(1L));
        assertThat(events.get(0).before().get("title")).isEqualTo(exact("x"));
        assertThat(events.get(0).after().get("title")).isEqualTo(exact("new"));
        assertThat(events.get(0).changed().names()).containsExactly("title");
        assertThat(events.get(1).after().get("author_id")).isEqualTo(exact(1L));
    }

    @Test
    void aMergeTellsWhatItDidToWhichRow() throws SQLException {
        List<ChangeEvent> events = events(
                "merge into book b using (values (10), (20), (30)) v(k) on b.id = v.k"
                        + " when matched and v.k = 10 then delete when matched then update set title = 'm'"
                        + " when not matched then insert values (v.k, 1, 'i')",
                Returning.BOTH);
        assertThat(events)
                .extracting(ChangeEvent::kind)
                .containsExactlyInAnyOrder(Kind.DELETE, Kind.UPDATE, Kind.INSERT);
        assertThat(events.stream()
                        .filter(e -> e.kind() == Kind.DELETE)
                        .findFirst()
                        .orElseThrow()
                        .before()
                        .get("title"))
                .isEqualTo(exact("x"));
    }

    @Test
    void moreRowsThanTheLimitAreCountedAndChangedAll() throws SQLException {
        RowImages images = images("insert into book select g, 1, 'n' from generate_series(100, 299) g", Returning.BOTH);
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery(images.sql())) {
                int rows = 0;
                while (row.next()) {
                    rows++;
                    assertThat(row.getLong(1)).isEqualTo(200);
                }
                assertThat(rows).isEqualTo(RowImages.MAX_ROWS + 1);
            }
            try (ResultSet row = statement.executeQuery("select count(*) from book where id >= 100")) {
                row.next();
                assertThat(row.getInt(1)).isEqualTo(200);
            }
        }
    }

    @Test
    void longTextsAreNotReturned() throws SQLException {
        String text = "x".repeat(RowImages.MAX_OCTETS);
        ChangeEvent event = events("insert into author (id, name) values (7, ?)", Returning.BOTH, text)
                .get(0);
        assertThat(event.after().get("name")).isEqualTo(exact(text));
        event = events("insert into author (id, name) values (8, ?)", Returning.BOTH, text + "x")
                .get(0);
        assertThat(event.after().get("name")).isEqualTo(AbstractValue.NOT_NULL);
    }

    @Test
    void aStatementWhoseResultWouldBeAnotherHasNone() {
        assertThat(images("update author set name = 'x' returning id", Returning.BOTH))
                .isNull();
        assertThat(images("with d as (delete from book) delete from author", Returning.BOTH))
                .isNull();
        assertThat(images("update author set name = 'x' where current of c", Returning.BOTH))
                .isNull();
        assertThat(images("truncate author", Returning.BOTH)).isNull();
        assertThat(images("delete from book; delete from author", Returning.BOTH))
                .isNull();
        assertThat(images(
                        "insert into book values (1, 1, 'x') on conflict (id) do update set title = 'y'",
                        Returning.ONE))
                .isNull();
        TestCatalog watched = TestCatalog.withFunctions()
                .table("t", "id int pk")
                .traits("t", Trait.TRIGGERS)
                .triggers("t", java.util.Set.of(), java.util.Set.of());
        Analysis analysis = SqlAnalyser.create().analyse("delete from t", watched);
        assertThat(((Analysis.Write) analysis).changes().images(Returning.BOTH)).isNull();
        assertThat(((Analysis.Write) analysis).changes().isNothingWithoutRows()).isFalse();
        TestCatalog cyclic = TestCatalog.withFunctions()
                .table("t", "id int pk", "up int")
                .foreignKey("t", "up", "t", "id", Action.CASCADE, Action.NONE);
        assertThat(((Analysis.Write) SqlAnalyser.create().analyse("delete from t", cyclic))
                        .changes()
                        .images(Returning.BOTH))
                .isNotNull();
    }
}
