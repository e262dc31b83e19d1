package dev.staleless.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.catalog.Table.Trait;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.query.Contribution;
import dev.staleless.core.query.QueryTemplate;
import dev.staleless.core.query.QueryTemplate.Operation;
import dev.staleless.core.query.ResultForm;
import dev.staleless.core.query.TableUse;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.Parameters;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlAnalyserTest {

    private static final TestCatalog CATALOG = TestCatalog.withFunctions("my_function", "shadowed")
            .table(
                    "product",
                    "id int pk",
                    "name text",
                    "price decimal",
                    "category_id int",
                    "deleted boolean",
                    "created timestamp")
            .table("category", "id int pk", "name text", "parent_id int")
            .table("tag", "id int pk", "name text")
            .table("product_tag", "product_id int pk", "tag_id int pk")
            .table("line", "id int pk", "product_id int", "quantity int default", "total int computed")
            .table("audited", "id int pk", "a int")
            .table("v", "id int", "name text")
            .table("part", "id int")
            .table("part2", "id int")
            .foreignKey("line", "product_id", "product", "id", true, false)
            .foreignKey("product", "category_id", "category", "id", true, true)
            .traits("audited", Trait.TRIGGERS)
            .traits("v", Trait.VIEW)
            .inherits("part2", "part")
            .table("cheap", "name text", "price decimal")
            .view("cheap", Trait.VIEW, " SELECT p.name, p.price FROM public.product p WHERE (p.price < (5)::numeric);")
            .table("nested", "name text")
            .view("nested", Trait.VIEW, "SELECT cheap.name FROM public.cheap")
            .table("calls", "name text")
            .view("calls", Trait.VIEW, "SELECT public.writes(1) AS name")
            .table("odd", "name text")
            .view("odd", Trait.VIEW, "SELECT a -> 'b' ? 'c' AS name FROM public.product")
            .table("unqualified", "name text")
            .view("unqualified", Trait.VIEW, "SELECT name FROM product")
            .table("summary", "name text")
            .view("summary", Trait.MATERIALIZED_VIEW, "SELECT p.name FROM public.product p")
            .table("busy", "name text")
            .view("busy", Trait.MATERIALIZED_VIEW, "SELECT public.writes(1) AS name");

    private final SqlAnalyser analyser = SqlAnalyser.create();

    private Analysis analyse(String sql) {
        return analyser.analyse(sql, CATALOG);
    }

    private QueryTemplate read(String sql) {
        Analysis analysis = analyse(sql);
        assertThat(analysis).as(sql).isInstanceOf(Analysis.Read.class);
        return ((Analysis.Read) analysis).template();
    }

    private List<ChangeEvent> events(String sql, @Nullable Object... parameters) {
        Analysis analysis = analyse(sql);
        assertThat(analysis).as(sql).isInstanceOf(Analysis.Write.class);
        return ((Analysis.Write) analysis).changes().events(Parameters.of(parameters));
    }

    private static Set<String> names(ColumnSet columns) {
        return Objects.requireNonNull(columns.names());
    }

    private static AbstractValue exact(@Nullable Object value) {
        return new AbstractValue.Exact(value);
    }

    @Test
    void aQueryReadsTheColumnsItNames() {
        TableUse use = read("select p1_0.id,p1_0.name from product p1_0 where p1_0.category_id=?")
                .uses()
                .get(0);
        assertThat(use.alias()).isEqualTo("p1_0");
        assertThat(names(use.columnsRead())).containsExactlyInAnyOrder("id", "name", "category_id");
        assertThat(names(use.membershipColumns())).containsExactlyInAnyOrder("id", "category_id");
        assertThat(use.pins()).containsOnlyKeys("category_id");
    }

    @Test
    void whatStandsInAFilledDerivedTableIsNotCountedInEveryRow() {
        String counted =
                "select count(d.id), max(c.id) from category c %s (select p.id, p.category_id from product p) d"
                        + " on d.category_id = c.id";
        assertThat(aggregates(counted.formatted("join")))
                .hasOnlyElementsOfTypes(ResultForm.Count.class, ResultForm.Extreme.class, ResultForm.Unknown.class);
        assertThat(aggregates(counted.formatted("left join"))).doesNotHaveAnyElementsOfTypes(ResultForm.Count.class);
    }

    private List<ResultForm.Aggregate> aggregates(String sql) {
        return Objects.requireNonNull(read(sql).form()).aggregates();
    }

    @Test
    void aTableInAPlainDerivedTableIsSeenThroughIt() {
        assertThat(role("select v.name from (select p.id, p.name from product p) v", "product"))
                .isEqualTo(Contribution.Role.COMBINED);
        assertThat(role("select * from cheap c where c.name = 'x'", "product")).isEqualTo(Contribution.Role.COMBINED);
        assertThat(role(
                        "select c.name from category c join (select p.category_id from product p) d on d.category_id = c.id",
                        "product"))
                .isEqualTo(Contribution.Role.COMBINED);
        String filled =
                "select c.name from category c left join (select p.category_id from product p%s) d on d.category_id = c.id";
        assertThat(role(filled.formatted(""), "product")).isNull();
        assertThat(role("select v.name from (select distinct p.name from product p) v", "product"))
                .isNull();
        assertThat(role("select v.name from (select p.name from product p limit 3) v", "product"))
                .isNull();
        assertThat(role("select v.name from (select p.name from product p group by p.name) v", "product"))
                .isNull();
        assertThat(role("select v.name from (select p.name from product p union all select 'x') v", "product"))
                .isNull();
    }

    @Test
    void theRowsOfARecursiveQueryShowWhatEachRoundAdds() {
        String tree =
                "with recursive tree as (select id, parent_id, name from category where id = 1 %s select c.id, c.parent_id,"
                        + " c.name from category c join tree t on c.parent_id = t.id%s) select name, id from tree%s";
        for (String union : List.of("union", "union all")) {
            assertThat(read(tree.formatted(union, "", " order by id")).uses())
                    .extracting(
                            use -> Objects.requireNonNull(use.contribution()).role())
                    .containsExactly(Contribution.Role.REPEATED, Contribution.Role.REPEATED);
        }
        TableUse use =
                read(tree.formatted("union", " where c.name <> 'x'", "")).uses().get(1);
        assertThat(Objects.requireNonNull(use.contribution()).shown().get("id").position())
                .isEqualTo(1);
        for (String end : List.of(" where id > 1", " limit 2", " offset 1", " t, tag")) {
            assertThat(read(tree.formatted("union", "", end)).uses())
                    .filteredOn(one -> one.table().name().equals("category"))
                    .allMatch(one -> one.contribution() == null);
        }
    }

    @Test
    void aSoughtRowIsKnownByTheKeyOfTheRowForWhichItIsSought() {
        assertThat(soughtBy("select p.id, p.name from product p where exists"
                        + " (select 1 from line l where l.product_id = p.id and l.quantity > 1)"))
                .containsExactly("product_id");
        assertThat(soughtBy("select id from product where id in (select product_id from line)"))
                .containsExactly("product_id");
        assertThat(soughtBy(
                        "select p.name from product p where exists (select 1 from line l where l.product_id = p.id)"))
                .isEmpty();
        assertThat(soughtBy("select p.category_id from product p where exists"
                        + " (select 1 from line l where l.product_id = p.category_id)"))
                .isEmpty();
        assertThat(soughtBy("select p.id, c.id from product p join category c on c.id = p.category_id where exists"
                        + " (select 1 from line l where l.product_id = p.id and l.quantity > c.parent_id)"))
                .isEmpty();
        assertThat(soughtBy(
                        "select p.id from product p where not exists (select 1 from line l where l.product_id = p.id)"))
                .isEmpty();
    }

    private List<String> soughtBy(String sql) {
        return read(sql).uses().stream()
                .filter(use -> use.table().name().equals("line"))
                .map(use -> Objects.requireNonNull(use.contribution()).key())
                .findFirst()
                .orElseThrow();
    }

    private Contribution.@Nullable Role role(String sql, String table) {
        for (TableUse use : read(sql).uses()) {
            if (use.table().name().equals(table)) {
                Contribution contribution = use.contribution();
                return contribution == null ? null : contribution.role();
            }
        }
        throw new IllegalArgumentException(table);
    }

    @Test
    void aNameBehindAnotherAliasIsNotRead() {
        List<TableUse> uses =
                read("select p.name, c.id from product p join category c on c.id = p.category_id where c.name = ?")
                        .uses();
        assertThat(names(uses.get(0).columnsRead())).containsExactlyInAnyOrder("name", "category_id");
        assertThat(names(uses.get(1).columnsRead())).containsExactlyInAnyOrder("id", "name");
    }

    @Test
    void whatIsReadWithoutBeingNamedIsRead() {
        assertThat(read("select * from product").uses().get(0).columnsRead().isAll())
                .isTrue();
        assertThat(read("select p.* from product p").uses().get(0).columnsRead().isAll())
                .isTrue();
        assertThat(read("select p from product p").uses().get(0).columnsRead().isAll())
                .isTrue();
        assertThat(read("select to_json(p) from product p")
                        .uses()
                        .get(0)
                        .columnsRead()
                        .isAll())
                .isTrue();
        assertThat(read("select count(p.*) from product p")
                        .uses()
                        .get(0)
                        .columnsRead()
                        .isAll())
                .isTrue();
        assertThat(analyse("select p.ctid from product p")).isInstanceOf(Analysis.Uncached.class);
        assertThat(read("select a from product p(a, b)")
                        .uses()
                        .get(0)
                        .columnsRead()
                        .isAll())
                .isTrue();
        assertThat(read("table product").uses().get(0).columnsRead().isAll()).isTrue();
        assertThat(read("select 1 from product natural join category").uses())
                .allMatch(u -> u.columnsRead().isAll());
        assertThat(read("select count(*) from product").uses().get(0).columnsRead())
                .isEqualTo(ColumnSet.NONE);
    }

    @Test
    void constantsTravelOverInnerJoins() {
        List<TableUse> uses = read("select * from product p join category c on c.id = p.category_id where c.id = ?")
                .uses();
        assertThat(uses.get(0).pins()).containsKey("category_id");
        assertThat(uses.get(1).pins()).containsKey("id");
    }

    @Test
    void whereDoesNotRestrictTheFilledSideOfAnOuterJoin() {
        List<TableUse> uses = read("""
                                select * from product p left join category c on c.id = p.category_id
                                where (c.id = ? or c.id is null) and p.id = ?
                                """).uses();
        assertThat(uses.get(0).pins()).containsOnlyKeys("id");
        assertThat(uses.get(1).pins()).isEmpty();
        uses = read("select * from category c left join product p on c.id = p.category_id where c.id = ?")
                .uses();
        assertThat(uses.get(1).pins()).containsOnlyKeys("category_id");
        uses = read("select * from category c full join product p on c.id = p.category_id where c.id = ?")
                .uses();
        assertThat(uses.get(0).condition()).isEqualTo(Condition.TRUE);
        assertThat(uses.get(1).condition()).isEqualTo(Condition.TRUE);
        uses = read("select * from category c left join product p on p.id = 5 and c.name = 'x' where p.name is null")
                .uses();
        assertThat(uses.get(0).pins()).isEmpty();
        assertThat(uses.get(1).pins()).containsOnlyKeys("id");
    }

    @Test
    void anOuterJoinWhoseFilledRowsWhereDropsIsAnInnerOne() {
        for (String condition :
                List.of("p.name = 'y'", "p.name like ?", "p.name is not null", "p.id in (1, 2)", "not p.deleted")) {
            List<TableUse> uses =
                    read("select * from category c left join product p on p.category_id = c.id and c.name = 'x' where "
                                    + condition)
                            .uses();
            assertThat(uses.get(0).pins()).as(condition).containsOnlyKeys("name");
        }
    }

    @Test
    void constantsTravelIntoSubqueriesBehindFrom() {
        List<TableUse> uses = read("""
                                select (select count(*) from tag t where t.id = p.id) from product p
                                where p.id = ? and (p.name = 'x' or exists (select 1 from line l where l.product_id = p.id))
                                """).uses();
        assertThat(uses.get(1).pins()).containsOnlyKeys("id");
        assertThat(uses.get(2).pins()).containsOnlyKeys("product_id");
        uses = read("select 1 from product p where p.id = 1 or exists (select 1 from line l where l.product_id = p.id)")
                .uses();
        assertThat(uses.get(1).pins()).isEmpty();
        uses = read("""
                        select 1 from category c left join product p on p.category_id = c.id
                          and exists (select 1 from line l where l.product_id = p.id)
                        where p.id = 1 or p.id is null
                        """).uses();
        assertThat(uses.get(2).pins()).isEmpty();
    }

    @Test
    void anOnConditionNamesItsOwnSidesOnly() {
        List<TableUse> uses = read("""
                select 1 from line l where exists (
                  select 1 from tag a join tag b on quantity = 1 join line c on true)
                """).uses();
        assertThat(uses.get(3).pins()).isEmpty();
    }

    @Test
    void everyOccurrenceOfATableIsFound() {
        QueryTemplate template = read("""
            with recursive c as (select id, parent_id from category where parent_id is null
                                 union all select x.id, x.parent_id from category x join c on c.id = x.parent_id)
            select (select max(q.price) from product q where q.category_id = c.id), d.n
            from c join lateral (select name as n from tag where id = c.id) d on true
            where exists (select 1 from product_tag where tag_id = 7)
              and c.id in (select category_id from product where deleted)
            union select 1, 'x' from line
            order by 1
            """);
        assertThat(template.uses())
                .extracting(use -> use.table().name())
                .containsExactlyInAnyOrder("category", "category", "tag", "product", "product_tag", "product", "line");
        assertThat(template.uses()).allMatch(use -> use.contribution() == null);
    }

    @Test
    void theKindOfQueryIsKnown() {
        assertThat(read("select name from product where id = ?").operation()).isEqualTo(Operation.GET);
        assertThat(read("select name from product where name = ?").operation()).isEqualTo(Operation.FETCH);
        assertThat(read("select count(*) from product").operation()).isEqualTo(Operation.COUNT);
        assertThat(read("select max(price) from product group by name").operation())
                .isEqualTo(Operation.AGGREGATE);
        assertThat(read("select exists (select 1 from product)").operation()).isEqualTo(Operation.EXISTS);
        assertThat(read("select 1 from product where id = ? fetch first ? rows only")
                        .operation())
                .isEqualTo(Operation.EXISTS);
        assertThat(read("select * from product_tag where product_id = ?").operation())
                .isEqualTo(Operation.FETCH);
        assertThat(read("select * from product_tag where product_id = ? and tag_id = ?")
                        .operation())
                .isEqualTo(Operation.GET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select now() from product",
                "select current_date from product",
                "select random() from product",
                "select nextval('s') from product",
                "select * from product where created > 'yesterday'",
                "select * from product where created > timestamp 'now'",
                "select * from product where created::date = 'today'::date",
                "select * from product for update",
                "select * from product for share",
                "select * from v",
                "select * from unqualified",
                "select * from nothing",
                "select * from pg_catalog.pg_class",
                "select * from product tablesample bernoulli (10)",
                "select 1",
                "select pg_catalog.now() from product",
                "select p.nothing from product p",
                "select id::regclass from product",
                "select name::date from product",
                "select name::pg_catalog.date from product",
                "select (name || 'x')::timestamp from product",
                "select * from product where created > U&'tod\\0061y'",
                "select created at time zone name from (select current_time as created, 'UTC' as name) p",
                "select xmlelement(name foo) from product",
                "select a < b < c from product",
                "select {fn upper(name)} from product where created > {ts '2020-01-01 00:00:00'}",
                "select age(created) from product",
                "select name <#> 'x' from product",
                "show search_path",
                "explain select * from product",
                "select * from product; select * from category",
                ""
            })
    void whatDependsOnMoreThanTablesIsNotCached(String sql) {
        assertThat(analyse(sql)).isInstanceOf(Analysis.Uncached.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select my_function() from product",
                "select my_function() from product where a < b < c",
                "select a < b < c into x from product",
                "select s.f(a) from product where a < b < c",
                "select other.lower(name) from product",
                "select shadowed(id) from product",
                "select p.my_function from product p",
                "update audited set a = 1",
                "update v set name = 'x'",
                "update nothing set a = 1",
                "update product set name[my_function()] = 'x'",
                "{call p(?)}",
                "insert into product (id) values (my_function())",
                "delete from product where my_function()",
                "select * into x from product",
                "call p()",
                "do $$ begin end $$",
                "create table x (id int)",
                "prepare transaction 'x'",
                "commit prepared 'x'",
                "frobnicate",
                "select 'open",
                "explain analyze delete from product",
                "delete from product; commit"
            })
    void whatMayWriteAndIsNotUnderstoodIsAChangeOfEverything(String sql) {
        assertThat(analyse(sql)).isInstanceOf(Analysis.Everything.class);
    }

    @Test
    void parametersThatMayBeClocksAreMarked() {
        assertThat(read("select * from product where created > ? and name = ? and id in (?, ?) limit ?")
                        .temporalParameters())
                .containsExactly(0);
        assertThat(read("select * from product where coalesce(?, name) = 'x' and name like ?")
                        .temporalParameters())
                .containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from product where name ilike '%' || ? || '%'",
                "select * from product where name like replace(?, '%', '!%') || '%' escape '!'",
                "select * from product where lower(name) = lower(?) or upper(trim(name)) in (?, upper(?))",
                "select * from product where ? is null or name = cast(? as varchar)",
                "select * from product where id::text = ? and name || 'x' = ?",
                "select * from product where ? like name and position(? in name) > 0"
            })
    void whatIsReadAsTextIsNoClock(String sql) {
        assertThat(read(sql).temporalParameters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from product where created > ?",
                "select * from product where created > cast(? as timestamp)",
                "select * from product where created::text like cast(?::date as text)",
                "select * from product where name = lower(cast(? as date)::text)",
                "select * from product where created in (?)",
                "select * from product where name = 'x' and created between ? and timestamp '2026-01-01'"
            })
    void whatMayBeReadAsATimeIsMarked(String sql) {
        assertThat(read(sql).temporalParameters()).containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from product where created > cast(lower(?) as timestamp)",
                "select * from product where created > (? || '')::timestamp",
                "select * from product where created::text like lower('now'::timestamp::text)"
            })
    void aTextThatIsMadeATimeIsNotCached(String sql) {
        assertThat(analyse(sql)).isNotInstanceOf(Analysis.Read.class);
    }

    @Test
    void anInsertKnowsItsRow() {
        List<ChangeEvent> events = events("insert into line (id, product_id) values (?, 5), (2, ?)", 1L, 7L);
        assertThat(events).hasSize(2);
        assertThat(events.get(0).kind()).isEqualTo(ChangeEvent.Kind.INSERT);
        assertThat(events.get(0).after().get("id")).isEqualTo(exact(1L));
        assertThat(events.get(0).after().get("product_id")).isEqualTo(exact(5L));
        assertThat(events.get(0).after().get("quantity")).isEqualTo(AbstractValue.UNKNOWN);
        assertThat(events.get(0).after().get("total")).isEqualTo(AbstractValue.UNKNOWN);
        assertThat(events.get(1).after().get("product_id")).isEqualTo(exact(7L));
        assertThat(events("insert into category (id) values (1)").get(0).after().get("name"))
                .isEqualTo(AbstractValue.NULL);
        assertThat(events("insert into category values (1)").get(0).after().get("name"))
                .isEqualTo(AbstractValue.NULL);
        assertThat(events("insert into category select 1, name from tag")
                        .get(0)
                        .after()
                        .get("name"))
                .isEqualTo(AbstractValue.UNKNOWN);
    }

    @Test
    void anUpdateKnowsBothSides() {
        ChangeEvent event = events("update product set name=?, price=price+1 where id=? and deleted", "x", 3L)
                .get(0);
        assertThat(event.kind()).isEqualTo(ChangeEvent.Kind.UPDATE);
        assertThat(event.before().values())
                .containsOnly(java.util.Map.entry("id", exact(3L)), java.util.Map.entry("deleted", exact(true)));
        assertThat(event.after().get("name")).isEqualTo(exact("x"));
        assertThat(event.after().get("price")).isEqualTo(AbstractValue.UNKNOWN);
        assertThat(event.after().get("id")).isEqualTo(exact(3L));
        assertThat(names(event.changed())).containsExactlyInAnyOrder("name", "price");
        assertThat(names(events("update line set quantity = 1").get(0).changed()))
                .containsExactlyInAnyOrder("quantity", "total");
    }

    @Test
    void aDeleteSpreadsOverForeignKeys() {
        List<ChangeEvent> events = events("delete from product where id = ?", 9L);
        assertThat(events).extracting(event -> event.table().name()).containsExactly("product", "line", "line");
        assertThat(events.get(1).before().get("product_id")).isEqualTo(exact(9L));
        assertThat(events("delete from category where name = 'x'"))
                .extracting(event -> event.table().name())
                .containsExactly("category", "product", "line", "line", "product");
        assertThat(events("update category set name = 'x' where id = 1")).hasSize(1);
        assertThat(events("update category set id = 2 where id = 1"))
                .extracting(event -> event.table().name())
                .contains("product");
    }

    @Test
    void aViewIsReadAsItsTables() {
        TableUse use =
                read("select v.name from nested v where v.name = ?").uses().get(0);
        assertThat(use.table().name()).isEqualTo("product");
        assertThat(use.columnsRead().names()).containsExactlyInAnyOrder("name", "price");
        assertThat(use.condition()).isNotEqualTo(Condition.TRUE);
        assertThat(read("select * from cheap c join category on category.name = c.name")
                        .uses())
                .extracting(each -> each.table().name())
                .containsExactly("product", "category");
    }

    @Test
    void aViewThatMayWriteIsAChangeOfEverything() {
        assertThat(analyse("select * from calls")).isInstanceOf(Analysis.Everything.class);
        assertThat(analyse("select * from odd")).isInstanceOf(Analysis.Everything.class);
    }

    @Test
    void viewsOnViewsEnd() {
        TestCatalog doubling = TestCatalog.withFunctions().table("v0", "id int");
        for (int i = 1; i < 30; i++) {
            String below = "public.v" + (i - 1);
            doubling.table("v" + i, "id int");
            doubling.view("v" + i, Trait.VIEW, "SELECT a.id FROM " + below + " a JOIN " + below + " b USING (id)");
        }
        assertThat(SqlAnalyser.create().analyse("select * from v5", doubling)).isInstanceOf(Analysis.Read.class);
        assertThat(SqlAnalyser.create().analyse("select * from v29", doubling)).isInstanceOf(Analysis.Everything.class);
    }

    @Test
    void aMaterializedViewIsATableThatARefreshChanges() {
        assertThat(read("select * from summary").tables())
                .extracting(TableName::name)
                .containsExactly("summary");
        for (String refresh : List.of(
                "refresh materialized view summary",
                "REFRESH MATERIALIZED VIEW CONCURRENTLY public.summary WITH DATA")) {
            assertThat(events(refresh)).containsExactly(ChangeEvent.any(new TableName("public", "summary")));
        }
        assertThat(analyse("refresh materialized view busy")).isInstanceOf(Analysis.Everything.class);
        assertThat(analyse("refresh materialized view")).isInstanceOf(Analysis.Everything.class);
    }

    @Test
    void aChangeOfATableIsOneOfItsRelatives() {
        assertThat(events("insert into part values (1)"))
                .extracting(event -> event.table().name())
                .containsExactly("part", "part2");
        assertThat(read("select * from part").tables())
                .extracting(TableName::name)
                .containsExactly("part");
        TestCatalog watched = TestCatalog.withFunctions()
                .table("part", "id int")
                .table("part2", "id int")
                .traits("part2", Trait.TRIGGERS)
                .inherits("part2", "part");
        assertThat(SqlAnalyser.create().analyse("insert into part values (1)", watched))
                .isInstanceOf(Analysis.Everything.class);
    }

    @Test
    void aConflictIsAnInsertOrAnUpdate() {
        List<ChangeEvent> events = events(
                "insert into category (id, name) values (?, ?) on conflict (id) do update set name = excluded.name",
                1L,
                "x");
        assertThat(events)
                .extracting(ChangeEvent::kind)
                .containsExactly(ChangeEvent.Kind.INSERT, ChangeEvent.Kind.UPDATE);
        assertThat(events.get(1).before().get("id")).isEqualTo(exact(1L));
        assertThat(events.get(1).after().get("name")).isEqualTo(exact("x"));
    }

    @Test
    void changesInCommonTableExpressionsAreFound() {
        assertThat(events("with d as (delete from tag where id = 1 returning id) select * from d, product"))
                .extracting(event -> event.table().name())
                .containsExactly("tag");
        assertThat(events("with d as (delete from tag returning id) insert into category (id) select id from d"))
                .extracting(event -> event.table().name())
                .containsExactlyInAnyOrder("tag", "category");
    }

    @Test
    void controlStatementsAreTold() {
        assertThat(analyse("begin")).isInstanceOf(Analysis.Control.class);
        assertThat(analyse("select set_config('a', 'b', false)")).isInstanceOf(Analysis.Control.class);
        assertThat(((Analysis.Control) analyse("rollback to savepoint a")).command())
                .isEqualTo(Analysis.Command.ROLLBACK_TO_SAVEPOINT);
    }

    @Test
    void theSecondAnalysisIsTheFirst() {
        String sql = "select * from product where id = ?";
        assertThat(analyse(sql)).isSameAs(analyse(new String(sql.toCharArray())));
    }
}
