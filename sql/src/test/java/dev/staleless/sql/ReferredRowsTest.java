package dev.staleless.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.catalog.Table.Action;
import dev.staleless.core.catalog.Table.Trait;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ChangeEvent.Kind;
import dev.staleless.core.change.Referred;
import dev.staleless.core.value.Parameters;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Of which rows it is known that none refers to them yet, or any more, and which changes let it be known. */
class ReferredRowsTest {

    private static TestCatalog catalog() {
        return TestCatalog.withFunctions()
                .table("author", "id int pk", "name text", "best_id int")
                .table("book", "id int pk", "author_id int", "title text")
                .table("page", "id int pk", "book_id int", "author_id int")
                .enforced("book", "author_id", "author", "id", Action.NONE, Action.NONE);
    }

    private static Set<Kind> unreferred(TestCatalog catalog, String table, String sql) {
        Analysis analysis = SqlAnalyser.create().analyse(sql, catalog);
        assertThat(analysis).as(sql).isInstanceOf(Analysis.Read.class);
        return ((Analysis.Read) analysis)
                .template().uses().stream()
                        .filter(use -> use.table().name().equals(table))
                        .map(use -> use.referrals().unreferred())
                        .findFirst()
                        .orElseThrow();
    }

    private static void assertUnreferred(String sql) {
        assertThat(unreferred(catalog(), "author", sql)).as(sql).containsExactlyInAnyOrder(Kind.INSERT, Kind.DELETE);
        assertThat(unreferred(catalog(), "book", sql)).as(sql).isEmpty();
    }

    private static void assertNothing(TestCatalog catalog, String sql) {
        assertThat(unreferred(catalog, "author", sql)).as(sql).isEmpty();
    }

    @Test
    void aRowThatIsJoinedByTheKeyOfAnotherTakesPartOnlyIfThatRefersToIt() {
        assertUnreferred("select * from book b join author a on a.id = b.author_id");
        assertUnreferred("select * from book b left join author a on b.author_id = a.id where b.title = 'x'");
        assertUnreferred("select a.name, count(*) from author a, book b where a.id = b.author_id group by a.name");
        assertUnreferred("select (select a.name from author a where a.id = b.author_id) from book b");
        assertUnreferred("select * from author a where exists (select 1 from book b where b.author_id = a.id)");
        assertUnreferred("select * from author where id in (select author_id from book where title = 'x')");
    }

    @Test
    void aRowThatTakesPartWithoutThatMayBeReferredToByNone() {
        assertNothing(catalog(), "select * from author a left join book b on a.id = b.author_id");
        assertNothing(
                catalog(), "select * from author a where not exists (select 1 from book b where b.author_id = a.id)");
        assertNothing(catalog(), "select * from author where id not in (select author_id from book)");
        assertNothing(catalog(), "select * from author a join book b on a.id = b.id");
        assertNothing(catalog(), "select * from author a join book b on a.id >= b.author_id");
        assertNothing(catalog(), "select * from author a join book b on a.id = b.author_id or a.name = 'x'");
        assertNothing(catalog(), "select * from author a join page p on a.id = p.author_id");
        assertNothing(
                catalog(),
                "select * from author a where a.name = 'x' or exists (select 1 from book b where b.author_id = a.id)");
    }

    @Test
    void itMustBeSureThatTheKeyIsEnforced() {
        String sql = "select * from book b join author a on a.id = b.author_id";
        assertNothing(
                TestCatalog.withFunctions()
                        .table("author", "id int pk")
                        .table("book", "id int pk", "author_id int")
                        .foreignKey("book", "author_id", "author", "id", Action.NONE, Action.NONE),
                sql);
        assertNothing(catalog().traits("author", Trait.TRIGGERS), sql);
        assertNothing(catalog().traits("book", Trait.TRIGGERS), sql);
    }

    @Test
    void nothingIsSaidOfRowsThatGoFromTablesThatReferToEachOther() {
        TestCatalog circle = catalog().enforced("author", "best_id", "book", "id", Action.NONE, Action.NONE);
        String both = "select * from book b join author a on a.id = b.author_id and a.best_id = b.id";
        assertThat(unreferred(circle, "author", both)).containsExactly(Kind.INSERT);
        assertThat(unreferred(circle, "book", both)).containsExactly(Kind.INSERT);
        assertThat(unreferred(circle, "author", "select * from book b join author a on a.id = b.author_id"))
                .isNotEmpty();
        TestCatalog self = catalog().enforced("author", "best_id", "author", "id", Action.NONE, Action.NONE);
        assertNothing(self, "select * from author a join author b on a.id = b.best_id");
    }

    @Test
    void aRowThatIsJoinedByItsForeignKeyNeedsTheRowToWhichItRefers() {
        TestCatalog cascading = catalog().enforced("page", "book_id", "book", "id", Action.CASCADE, Action.NONE);
        String joined = "select * from page p join book b on b.id = p.book_id";
        assertThat(needed(cascading, joined)).containsExactly(new Referred(name("book"), List.of("book_id")));
        assertThat(unreferred(cascading, "book", joined)).containsExactly(Kind.INSERT);
        String barred = "select * from book b where not exists (select 1 from page p where p.book_id = b.id)";
        assertThat(needed(cascading, barred)).containsExactly(new Referred(name("book"), List.of("book_id")));
        assertThat(needed(cascading, "select * from page p left join book b on b.id = p.book_id"))
                .isEmpty();
        assertThat(needed(cascading, "select * from page p join book b on b.id = p.author_id"))
                .isEmpty();
        assertThat(needed(catalog(), joined)).isEmpty();
        TestCatalog circle = cascading.enforced("book", "author_id", "page", "id", Action.CASCADE, Action.NONE);
        assertThat(needed(circle, joined + " and b.author_id = p.id")).isEmpty();
    }

    private static TableName name(String table) {
        return new TableName("public", table);
    }

    private static Set<Referred> needed(TestCatalog catalog, String sql) {
        Analysis analysis = SqlAnalyser.create().analyse(sql, catalog);
        assertThat(analysis).as(sql).isInstanceOf(Analysis.Read.class);
        return ((Analysis.Read) analysis)
                .template().uses().stream()
                        .filter(use -> use.table().name().equals("page"))
                        .map(use -> use.referrals().needed())
                        .findFirst()
                        .orElseThrow();
    }

    // ---- changes

    private static List<Boolean> oneWay(TestCatalog catalog, String sql) {
        Analysis analysis = SqlAnalyser.create().analyse(sql, catalog);
        assertThat(analysis).as(sql).isInstanceOf(Analysis.Write.class);
        return ((Analysis.Write) analysis)
                .changes().events(Parameters.of()).stream()
                        .map(ChangeEvent::oneWay)
                        .toList();
    }

    @Test
    void whatOnlyAddsRowsOrOnlyTakesSomeIsOneWay() {
        assertThat(oneWay(catalog(), "insert into author values (1, 'x', 2), (2, 'y', 1)"))
                .containsExactly(true, true);
        assertThat(oneWay(catalog(), "insert into author select id, title, 1 from book"))
                .containsOnly(true);
        assertThat(oneWay(catalog(), "insert into author values (1, 'x', 2) on conflict do nothing"))
                .containsOnly(true);
        assertThat(oneWay(catalog(), "delete from author where id = 1")).containsOnly(true);
        TestCatalog cascading = catalog().enforced("page", "book_id", "book", "id", Action.CASCADE, Action.NONE);
        assertThat(oneWay(cascading, "delete from book")).containsExactly(true, true);
    }

    @Test
    void whatMayPutARowInThePlaceOfAnotherIsNot() {
        assertThat(oneWay(catalog(), "update author set id = id + 1")).containsOnly(false);
        assertThat(oneWay(
                        catalog(),
                        "insert into author values (1, 'x', 2) on conflict (id) do update set name = excluded.name"))
                .containsOnly(false);
        assertThat(
                        oneWay(
                                catalog(),
                                "with gone as (delete from author where id = 1 returning id) insert into author select id, 'y', 1 from gone"))
                .containsOnly(false);
        assertThat(oneWay(
                        catalog().triggers("author", Set.of("author"), null).traits("author", Trait.TRIGGERS),
                        "insert into author values (1, 'x', 2)"))
                .doesNotContain(true);
    }
}
