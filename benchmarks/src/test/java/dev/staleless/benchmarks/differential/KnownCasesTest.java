package dev.staleless.benchmarks.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.decision.IndexedRows;
import dev.staleless.sql.RowImages;
import dev.staleless.testkit.server.MariaDbServer;
import dev.staleless.testkit.server.PostgresServer;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What fuzzing found, as fixed cases: a result that a write changes, by a peculiarity of the database, is not kept. */
class KnownCasesTest {

    private static FuzzStatement statement(String sql, Object... parameters) {
        return new FuzzStatement(
                sql, Arrays.asList(parameters), Set.of(), Set.of(), Set.of(), false, List.of(), List.of());
    }

    /** Checks that a write changes the result and drops it; {@code false} where the query is not to be cached. */
    private static boolean isDropped(Area area, List<String> ddl, FuzzStatement query, FuzzStatement write)
            throws SQLException {
        Catalog catalog = area.make(ddl);
        Oracle oracle = new Oracle(area);
        Judge judge = new Judge(area, catalog, Fault.NONE);
        String story = query.describe() + "; " + write.describe();
        try (Oracle.Prepared prepared = oracle.query(query)) {
            Oracle.Result before = prepared.result(oracle.savepoint());
            int changed = oracle.attempt(write);
            assertThat(changed).as(story).isPositive();
            assertThat(prepared.rows(oracle.savepoint())).as(story).isNotEqualTo(before.rows());
            Judge.@Nullable Known known = judge.query(query).known();
            if (known == null) {
                return false;
            }
            IndexedRows rows = judge.rows(before.published());
            return judge.opinion(known, rows, judge.change(write, changed)).affected();
        } finally {
            oracle.rollback();
        }
    }

    @Test
    void mariaDbRoundsAConstantThatItLooksForInAnIndex() throws Exception {
        assumeTrue(MariaDbServer.isSupported(), "the binaries are for Linux on x86-64");
        List<String> ddl = List.of(
                "create table t (i int not null, n decimal(10,2) not null, h datetime not null, k int not null,"
                        + " primary key (i, k), key n (n, k), key h (h, k))",
                "insert into t values (9, 9, '2020-01-01', 0), (8, 8, '2020-01-02', 0)");
        FuzzStatement insert = statement("insert into t values (2, 1.51, '2024-02-28 10:00:00', 1)");
        List<FuzzStatement> queries = List.of(
                statement("select * from t where i = 1.5"),
                statement("select * from t where i = ?", new BigDecimal("1.5")),
                statement("select * from t where n = 1.505"),
                statement("select * from t where n in (1.505)"),
                statement("select * from t where n = '1.505'"),
                statement("select * from t where h = ?", LocalDateTime.of(2024, 2, 28, 10, 0, 0, 400_000_000)));
        try (FuzzDatabase database = FuzzDatabase.mariadb(MariaDbServer.shared(), false);
                Area area = database.area("known", 0)) {
            for (FuzzStatement query : queries) {
                assertThat(isDropped(area, ddl, query, insert))
                        .as(query.describe())
                        .isTrue();
            }
        }
    }

    @Test
    void postgresTellsTheRowsOfPartitionsThatGoWithADeletedOne() throws Exception {
        List<String> ddl = List.of(
                "create table p (id int primary key, s text)",
                "create table c (id int primary key, p int references p on delete cascade) partition by range (id)",
                "create table c1 partition of c for values from (minvalue) to (2)",
                "create table c2 partition of c default",
                "insert into p values (1, 'a')",
                "insert into c values (0, 1), (5, 1)");
        FuzzStatement delete = statement("delete from p where id = 1");
        try (FuzzDatabase database = FuzzDatabase.postgres(PostgresServer.shared(), false);
                Area area = database.area("known", 0)) {
            Judge judge = new Judge(area, area.make(ddl), Fault.NONE);
            Oracle oracle = new Oracle(area);
            for (RowImages.Returning returning : RowImages.Returning.values()) {
                RowImages images = judge.images(delete, returning);
                Judge.Reported reported = images == null
                        ? judge.change(delete, oracle.attempt(delete))
                        : judge.change(delete, images, oracle.attempt(delete, images.sql()));
                oracle.rollback();
                for (String table : List.of("c", "c1", "c2")) {
                    Judge.Known known =
                            judge.query(statement("select id from " + table)).known();
                    IndexedRows rows = IndexedRows.lazily(published -> null, new byte[0]);
                    assertThat(judge.opinion(known, rows, reported).affected())
                            .as(table)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void h2ComparesCharacterTypesInItsOwnWay() throws Exception {
        List<String> ddl = List.of(
                "create table t (id int primary key, c char(3), a int, b int)",
                "insert into t values (1, 'a', 1, null)");
        try (FuzzDatabase database = FuzzDatabase.h2();
                Area area = database.area("known", 0)) {
            FuzzStatement insert = statement("insert into t values (2, 'a', 1, 1)");
            for (String condition : List.of("c = 'a'", "c not in ('a', 'x')", "c in ('a  ', 'x')")) {
                assertThat(isDropped(area, ddl, statement("select * from t where " + condition), insert))
                        .as(condition)
                        .isTrue();
            }
        }
    }

    @Test
    void h2FindsUnknownWhatDiffersBesideNull() throws Exception {
        List<String> ddl =
                List.of("create table t (id int primary key, a int, b int)", "insert into t values (1, 1, 1)");
        FuzzStatement query = statement("select id from t where ((a, b) in ((2, null), (3, 3))) is not true");
        try (FuzzDatabase database = FuzzDatabase.h2();
                Area area = database.area("known", 0)) {
            FuzzStatement insert = statement("insert into t values (2, 1, 1)");
            assertThat(isDropped(area, ddl, query, insert)).isTrue();
        }
    }
}
