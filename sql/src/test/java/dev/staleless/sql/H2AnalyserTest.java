package dev.staleless.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.Parameters;
import dev.staleless.sql.Analysis.Cause;
import dev.staleless.sql.Analysis.Command;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is H2's own: names in upper case, its commands, its precedence of operators, its clauses. */
class H2AnalyserTest {

    private static final TestCatalog CATALOG = TestCatalog.withFunctions("mine")
            .table(
                    "PRODUCT",
                    "ID int pk",
                    "NAME text",
                    "PRICE decimal",
                    "CATEGORY_ID int",
                    "OPENS time",
                    "MADE timestamp")
            .table("CATEGORY", "ID int pk", "NAME text")
            .table("ÄRGER", "ID int pk", "GRÖSSE int")
            .table("quoted", "id int pk", "Name text");

    private final SqlAnalyser analyser = SqlAnalyser.create(SqlDialect.H2);

    private Analysis analyse(String sql) {
        return analyser.analyse(sql, CATALOG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select name from product where id = ?",
                "SELECT P.NAME, C.NAME FROM Product P LEFT JOIN CATEGORY C ON C.ID = P.CATEGORY_ID WHERE P.PRICE > 5",
                "select \"Name\" from \"quoted\" where \"id\" = 5",
                "select grösse from ärger where id = 1",
                "select name from product order by price fetch first 5 rows only",
                "select name from product limit 5 offset 2",
                "select name from product minus select name from category",
                "select name, row_number() over (order by id) as rn from product qualify row_number() over (order by id) < 3",
                "select ifnull(name, 'x'), bitand(id, 3), listagg(name, ',') from product group by id, name",
                "select count(*) from product where name like 'a%' and not price = 5",
                "select made from product where opens = ? order by opens",
                "select x from system_range(1, 3), product",
                "select name from product where id in (1, 2)",
                "select name from product where id in (1) limit 1",
                "select name from product where id = 1 and exists (select 1 from category c where c.id = 2)",
            })
    void isCached(String sql) {
        assertThat(analyse(sql)).as(sql).isInstanceOf(Analysis.Read.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select rownum, name from product",
                "select _rowid_ from product",
                "select p._rowid_ from product p",
                "select next value for s from product",
                "select curdate() from product",
                "select rand() from product",
                "select random_uuid() from product",
                "select name from product where made > current_timestamp",
                "select name from \"PRODUCT\" where made > opens",
                "select cast(opens as timestamp) from product",
                "select opens from product union select made from product",
                "select coalesce(opens, made) from product",
                "select made from product where made in (select opens from product)",
                "select x.t from (select opens as t from product) x where x.t < current_date",
                "select name from product where name ~ 'a'",
                "select session_id(), name from product",
                "with category as (select * from product) select * from category",
                "select to_char(made, 'MON') from product",
                "select name from product for update",
                "select name from product where made = @v",
                "select name from product tablesample bernoulli (5)",
                "select name from product where id = price like 'a'",
                "select name from product where id is distinct from price = 5",
                "select name\u00a0, id from product",
                "select name from product // where id = 5",
                "select name from product where id in (1, 2) limit 1",
                "select name from product where id = 1 or id = 2 limit 1",
                "select name from product where id = any(?) fetch first row only",
                "select name from product where exists (select 1 from category c where c.id in (1, 2))",
            })
    void isNotCachedAndChangesNothing(String sql) {
        Analysis analysis = analyse(sql);
        boolean everything = analysis instanceof Analysis.Everything all && (all.cause() == Cause.UNKNOWN);
        assertThat(analysis instanceof Analysis.Uncached || everything)
                .as(sql + " " + analysis)
                .isTrue();
    }

    @Test
    void namesAreFoldedToUpperCase() {
        assertThat(((Analysis.Read) analyse("select p.name from \"public\".product p where p.category_id = 5"))
                        .template()
                        .uses())
                .hasSize(1);
        assertThat(analyse("select p.name from \"public\".\"product\" p")).isInstanceOf(Analysis.Uncached.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table x (id int)",
                "drop table product",
                "truncate table product",
                "analyze",
                "set mode PostgreSQL",
                "set session characteristics as transaction isolation level serializable",
                "set referential_integrity false",
                "comment on table product is 'x'",
                "grant select on product to a",
                "refresh materialized view product",
            })
    void whatCommitsByItselfIsReportedBefore(String sql) {
        assertThat(analyse(sql))
                .as(sql)
                .isInstanceOfSatisfying(
                        Analysis.Everything.class,
                        everything -> assertThat(everything.cause()).isEqualTo(Cause.DDL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set time zone 'UTC'",
                "set schema public",
                "set schema_search_path public, other",
                "set @v = 1",
                "set query_timeout 5"
            })
    void settingsOfTheSession(String sql) {
        assertThat(analyse(sql))
                .as(sql)
                .isInstanceOfSatisfying(
                        Analysis.Control.class,
                        control -> assertThat(control.command()).isEqualTo(Command.SET));
    }

    @Test
    void transactionsByText() {
        assertThat(command("begin")).isEqualTo(Command.BEGIN);
        assertThat(command("SET AUTOCOMMIT FALSE")).isEqualTo(Command.BEGIN);
        assertThat(command("set autocommit = off")).isEqualTo(Command.BEGIN);
        assertThat(command("set autocommit on")).isEqualTo(Command.COMMIT);
        assertThat(command("COMMIT")).isEqualTo(Command.COMMIT);
        assertThat(command("rollback to savepoint a")).isEqualTo(Command.ROLLBACK_TO_SAVEPOINT);
        assertThat(analyse("commit transaction a")).isInstanceOf(Analysis.Everything.class);
        assertThat(analyse("call next value for public.s")).isInstanceOf(Analysis.Uncached.class);
        assertThat(analyse("call mine()")).isInstanceOf(Analysis.Everything.class);
    }

    private Command command(String sql) {
        return ((Analysis.Control) analyse(sql)).command();
    }

    private List<ChangeEvent> events(String sql) {
        Analysis analysis = analyse(sql);
        assertThat(analysis).as(sql).isInstanceOf(Analysis.Write.class);
        return ((Analysis.Write) analysis).changes().events(Parameters.of());
    }

    @Test
    void changes() {
        assertThat(events("update product set name = 'a' where id = 7")
                        .get(0)
                        .before()
                        .get("ID"))
                .isEqualTo(new AbstractValue.Exact(7L));
        assertThat(events("delete from product where id = 7 fetch first 1 row only")
                        .get(0)
                        .before()
                        .get("ID"))
                .isEqualTo(new AbstractValue.Exact(7L));
        assertThat(events("delete from product where id = 7 limit 1").get(0).kind())
                .isEqualTo(ChangeEvent.Kind.DELETE);
        assertThat(events("insert into product (id, name) values (1, 'a'), (2, 'b')"))
                .hasSize(2);
        assertThat(events("merge into product using category on product.id = category.id when matched then delete")
                        .get(0)
                        .kind())
                .isEqualTo(ChangeEvent.Kind.ANY);
    }

    @Test
    void mergeByKey() {
        List<ChangeEvent> events = events("merge into product (id, name) key (id) values (5, 'a')");
        assertThat(events)
                .extracting(ChangeEvent::kind)
                .containsExactly(ChangeEvent.Kind.INSERT, ChangeEvent.Kind.UPDATE);
        assertThat(events.get(1).before().get("ID")).isEqualTo(new AbstractValue.Exact(5L));
        assertThat(events.get(1).after().get("NAME")).isEqualTo(new AbstractValue.Exact("a"));
        assertThat(events("merge into product key (id) values (1, 'a', 2, 3, null, null)")
                        .get(0)
                        .kind())
                .isEqualTo(ChangeEvent.Kind.ANY);
        assertThat(events("merge into product (id, name) select id, name from category")
                        .get(0)
                        .kind())
                .isEqualTo(ChangeEvent.Kind.ANY);
    }

    @Test
    void changesInsideAQuery() {
        List<ChangeEvent> events =
                events("select id from final table (insert into product (id, name) values (9, 'a'))");
        assertThat(events).hasSize(1);
        assertThat(events.get(0).after().get("ID")).isEqualTo(new AbstractValue.Exact(9L));
        assertThat(events("select * from old table (delete from product where id = 3) d where d.name = 'a'"))
                .hasSize(1);
    }
}
