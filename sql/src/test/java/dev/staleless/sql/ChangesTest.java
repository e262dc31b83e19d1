package dev.staleless.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.catalog.Table.Action;
import dev.staleless.core.catalog.Table.Trait;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ChangeEvent.Kind;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.Parameters;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What statements change, and what foreign keys and triggers make of it. */
class ChangesTest {

    private static final AbstractValue UNKNOWN = AbstractValue.UNKNOWN;

    private static TestCatalog catalog() {
        return TestCatalog.withFunctions()
                .table("author", "id int pk", "name text")
                .table("book", "id int pk", "author_id int", "title text", "words int default", "pages int computed")
                .table("page", "id int pk", "book_id int", "number int")
                .table("log", "id int default", "text text");
    }

    private static Analysis analyse(TestCatalog catalog, String sql) {
        return SqlAnalyser.create().analyse(sql, catalog);
    }

    private static List<ChangeEvent> events(TestCatalog catalog, String sql, Object... parameters) {
        Analysis analysis = analyse(catalog, sql);
        assertThat(analysis).as(sql).isInstanceOf(Analysis.Write.class);
        return ((Analysis.Write) analysis).changes().events(Parameters.of(parameters));
    }

    private static AbstractValue exact(Object value) {
        return new AbstractValue.Exact(value);
    }

    private static void assertUpdate(ChangeEvent event, String table, String... changed) {
        assertThat(event.table().name()).isEqualTo(table);
        assertThat(event.kind()).isEqualTo(Kind.UPDATE);
        assertThat(event.changed().names()).containsExactlyInAnyOrder(changed);
    }

    @Test
    void cascadesDeleteTheRowsThatReferAndWhatRefersToThem() {
        TestCatalog catalog = catalog()
                .foreignKey("book", "author_id", "author", "id", Action.CASCADE, Action.NONE)
                .foreignKey("page", "book_id", "book", "id", Action.SET_NULL, Action.NONE);
        List<ChangeEvent> events = events(catalog, "delete from author where id = ?", 7L);
        assertThat(events).hasSize(3);
        assertThat(events.get(1).kind()).isEqualTo(Kind.DELETE);
        assertThat(events.get(1).before().get("author_id")).isEqualTo(exact(7L));
        assertUpdate(events.get(2), "page", "book_id");
        assertThat(events.get(2).before().get("book_id")).isEqualTo(AbstractValue.NOT_NULL);
        assertThat(events.get(2).after().get("book_id")).isEqualTo(AbstractValue.NULL);
        assertThat(events(catalog, "update author set id = 8 where id = 7")).hasSize(1);
    }

    @Test
    void updatesOfAKeyReachTheRowsThatReferWithBothValues() {
        TestCatalog catalog = catalog()
                .foreignKey("book", "author_id", "author", "id", Action.NONE, Action.CASCADE)
                .foreignKey("page", "book_id", "book", "id", Action.CASCADE, Action.CASCADE);
        List<ChangeEvent> events = events(catalog, "update author set id = 8 where id = 7");
        assertThat(events).hasSize(2);
        assertUpdate(events.get(1), "book", "author_id", "pages");
        assertThat(events.get(1).before().get("author_id")).isEqualTo(exact(7L));
        assertThat(events.get(1).after().get("author_id")).isEqualTo(exact(8L));
        assertThat(events(catalog, "update author set name = 'x'")).hasSize(1);
        assertThat(events(catalog, "delete from author")).hasSize(1);
    }

    @Test
    void defaultsAreKnownWhereThereIsNone() {
        TestCatalog catalog = catalog()
                .foreignKey("page", "book_id", "book", "id", Action.SET_DEFAULT, Action.NONE)
                .foreignKey("book", "words", "author", "id", Action.SET_DEFAULT, Action.NONE);
        assertThat(events(catalog, "delete from book").get(1).after().get("book_id"))
                .isEqualTo(AbstractValue.NULL);
        assertThat(events(catalog, "delete from author").get(1).after().get("words"))
                .isEqualTo(UNKNOWN);
    }

    @Test
    void aCycleOfForeignKeysReachesAnyRow() {
        TestCatalog catalog = catalog()
                .foreignKey("book", "author_id", "author", "id", Action.CASCADE, Action.NONE)
                .foreignKey("author", "id", "book", "id", Action.CASCADE, Action.NONE);
        assertThat(events(catalog, "delete from author where id = 1"))
                .filteredOn(event -> event.kind() == Kind.ANY)
                .extracting(event -> event.table().name())
                .containsExactlyInAnyOrder("author", "book");
        TestCatalog nulls = catalog().foreignKey("author", "id", "author", "id", Action.SET_NULL, Action.NONE);
        assertThat(events(nulls, "delete from author where id = 1"))
                .extracting(ChangeEvent::kind)
                .containsExactly(Kind.DELETE, Kind.UPDATE);
    }

    @Test
    void truncateCascadeEmptiesWhateverRefers() {
        TestCatalog catalog = catalog()
                .foreignKey("book", "author_id", "author", "id", Action.NONE, Action.NONE)
                .foreignKey("page", "book_id", "book", "id", Action.NONE, Action.NONE);
        assertThat(events(catalog, "truncate author, log restart identity cascade"))
                .allMatch(event -> event.kind() == Kind.TRUNCATE)
                .extracting(event -> event.table().name())
                .containsExactlyInAnyOrder("author", "log", "book", "page");
        assertThat(events(catalog, "truncate author")).hasSize(1);
        assertThat(events(catalog, "delete from author")).hasSize(1);
        catalog.traits("book", Trait.INHERITANCE);
        assertThat(analyse(catalog, "truncate author cascade")).isInstanceOf(Analysis.Everything.class);
    }

    @Test
    void mergeIsWhatItsClausesSay() {
        List<ChangeEvent> events = events(
                catalog(),
                "merge into author a using book b on a.id = 7 and b.id = 1 when matched and a.name = 'x' then delete"
                        + " when matched then update set name = ? when not matched then insert (id, name) values (7, b.title)"
                        + " when not matched by source and a.name = 'y' then delete"
                        + " when not matched by target then do nothing",
                "z");
        assertThat(events)
                .extracting(ChangeEvent::kind)
                .containsExactly(Kind.DELETE, Kind.UPDATE, Kind.INSERT, Kind.DELETE);
        assertThat(events.get(0).before().values())
                .containsOnly(java.util.Map.entry("id", exact(7L)), java.util.Map.entry("name", exact("x")));
        assertThat(events.get(1).before().get("id")).isEqualTo(exact(7L));
        assertThat(events.get(1).after().get("name")).isEqualTo(exact("z"));
        assertThat(events.get(2).after().get("id")).isEqualTo(exact(7L));
        assertThat(events.get(2).after().get("name")).isEqualTo(UNKNOWN);
        assertThat(events.get(3).before().values()).containsOnly(java.util.Map.entry("name", exact("y")));
    }

    @Test
    void triggersChangeAnythingUnlessDeclared() {
        TestCatalog catalog = catalog().traits("book", Trait.TRIGGERS);
        assertThat(analyse(catalog, "delete from book")).isInstanceOf(Analysis.Everything.class);
        catalog.triggers("book", Set.of("log"), null);
        List<ChangeEvent> events = events(catalog, "update book set title = 'x' where id = 1");
        assertThat(events).extracting(event -> event.table().name()).containsExactly("book", "log");
        assertThat(events.get(1).kind()).isEqualTo(Kind.ANY);
        assertUpdate(events.get(0), "book", "title", "pages");
        catalog.traits("book", Trait.TRIGGERS, Trait.RULES);
        assertThat(analyse(catalog, "delete from book")).isInstanceOf(Analysis.Everything.class);
        catalog.triggers("book", Set.of("nothing"), null).traits("book", Trait.TRIGGERS);
        assertThat(analyse(catalog, "delete from book")).isInstanceOf(Analysis.Everything.class);
    }

    @Test
    void triggersThatAlterTheRowMakeItsColumnsUnknown() {
        TestCatalog catalog = catalog()
                .traits("book", Trait.TRIGGERS, Trait.ALTERING_TRIGGERS)
                .triggers("book", Set.of(), null);
        ChangeEvent updated =
                events(catalog, "update book set title = 'x' where id = 1").get(0);
        assertUpdate(updated, "book", "id", "author_id", "title", "words", "pages");
        assertThat(updated.before().get("id")).isEqualTo(exact(1L));
        assertThat(updated.after().values().values()).allMatch(UNKNOWN::equals);
        assertThat(events(catalog, "insert into book (id) values (1)")
                        .get(0)
                        .after()
                        .get("id"))
                .isEqualTo(UNKNOWN);
        catalog.triggers("book", Set.of(), Set.of("words"));
        updated = events(catalog, "update book set title = 'x' where id = 1").get(0);
        assertUpdate(updated, "book", "title", "words", "pages");
        assertThat(updated.after().get("title")).isEqualTo(exact("x"));
        assertThat(events(catalog, "insert into book (id) values (1)")
                        .get(0)
                        .after()
                        .get("id"))
                .isEqualTo(exact(1L));
    }

    @Test
    void triggersOfTablesReachedOverForeignKeysCountToo() {
        TestCatalog catalog = catalog()
                .foreignKey("book", "author_id", "author", "id", Action.CASCADE, Action.NONE)
                .traits("book", Trait.TRIGGERS);
        assertThat(analyse(catalog, "delete from author")).isInstanceOf(Analysis.Everything.class);
        assertThat(analyse(catalog, "update author set name = 'x'")).isInstanceOf(Analysis.Write.class);
        catalog.triggers("book", Set.of("log"), Set.of());
        assertThat(events(catalog, "delete from author"))
                .extracting(event -> event.table().name())
                .containsExactly("author", "book", "log");
    }

    @Test
    void copiedRowsAreNewAndUnknown() {
        for (String sql : List.of(
                "copy author from stdin",
                "COPY public.author (id, name) FROM STDIN WITH (FORMAT csv, HEADER)",
                "copy \"author\" from '/tmp/authors'")) {
            assertThat(events(catalog(), sql)).singleElement().satisfies(event -> {
                assertThat(event.kind()).isEqualTo(Kind.INSERT);
                assertThat(event.table().name()).isEqualTo("author");
                assertThat(event.after().values()).isEmpty();
            });
        }
        assertThat(analyse(catalog(), "copy author to stdout")).isInstanceOf(Analysis.Uncached.class);
        for (String sql : List.of(
                "copy author from program 'rm'",
                "copy author to program 'rm'",
                "copy nothing from stdin",
                "copy author from stdin where f(id)",
                "copy (delete from author returning *) to stdout",
                "copy author")) {
            assertThat(analyse(catalog(), sql)).as(sql).isInstanceOf(Analysis.Everything.class);
        }
    }
}
