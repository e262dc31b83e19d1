package dev.staleless.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.value.Parameters;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MariaDbAnalyserTest {

    private final TestCatalog catalog = TestCatalog.withFunctions("audit")
            .table("item", "id int pk", "name text", "price decimal", "owner int", "opened time")
            .table("user", "id int pk", "name text", "active int", "since timestamp");
    private final SqlAnalyser analyser = SqlAnalyser.create(SqlDialect.MARIADB);

    private Analysis analyse(String sql) {
        return analyser.analyse(sql, catalog);
    }

    private String kind(String sql) {
        return analyse(sql).getClass().getSimpleName();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM item",
                "select `id`, `Name` from `item` where `ID` = ?",
                "SELECT i.name FROM item i JOIN user u ON u.id = i.owner WHERE u.name = \"a\" LIMIT 10, 20",
                "SELECT i.name FROM item i STRAIGHT_JOIN user u ON u.id = i.owner",
                "SELECT i.name FROM item i JOIN user u WHERE u.id = i.owner",
                "SELECT i.name FROM item i CROSS JOIN user u ON u.id = i.owner",
                "SELECT SQL_NO_CACHE HIGH_PRIORITY DISTINCT name FROM item",
                "SELECT DISTINCTROW name FROM item USE INDEX FOR JOIN (a, b) FORCE KEY (c) WHERE id <=> ?",
                "SELECT id FROM item WHERE name RLIKE 'a.*' AND price DIV 2 = 3 OR name NOT REGEXP 'b'",
                "SELECT id FROM item WHERE id = 1 && name = 'x' || !owner",
                "SELECT id FROM item WHERE name LIKE 'a%' ESCAPE '!' # the end",
                "SELECT if(price > 1, 'a', 'b'), ifnull(name, ''), concat(name, 'x') FROM item",
                "SELECT owner, group_concat(DISTINCT name ORDER BY name SEPARATOR ',') FROM item GROUP BY owner",
                "SELECT count(DISTINCT owner, name) AS 'how many' FROM item",
                "SELECT date_add(since, INTERVAL 1 DAY), date_format(since, '%Y') FROM user",
                "SELECT cast(price AS SIGNED), BINARY name FROM item",
                "SELECT user.id FROM user WHERE user.active",
                "SELECT user0_.id AS id1_0_, user0_.name AS name2_0_ FROM user user0_ WHERE user0_.active = true",
                "SELECT id FROM item WHERE opened = '10:00:00'",
                "SELECT /*+ NO_ICP(item) */ id FROM item",
                "(SELECT id FROM item) UNION ALL (SELECT id FROM user) ORDER BY 1 LIMIT 3",
                "WITH RECURSIVE n AS (SELECT id FROM item UNION SELECT owner FROM item) SELECT * FROM n",
                "SELECT id FROM item PARTITION (p0) WHERE id = 3",
                "SELECT id FROM item WHERE (id, owner) IN ((1, 2), (3, 4)) AND EXISTS (SELECT 1 FROM user WHERE id = owner)"
            })
    void isCached(String sql) {
        assertThat(analyse(sql)).isInstanceOf(Analysis.Read.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id FROM item WHERE EXISTS (SELECT 1 FROM user WHERE id = owner)",
                "SELECT id FROM item WHERE id > 3 AND owner IN (SELECT id FROM user)",
                "SELECT id FROM item WHERE owner = ANY (SELECT id FROM user)",
                "SELECT id FROM item WHERE NOT (id = 1 OR owner NOT IN (SELECT id FROM user))",
                "SELECT id FROM item WHERE NOT (NOT EXISTS (SELECT 1 FROM user WHERE id = owner))",
                "SELECT id FROM item WHERE NOT EXISTS (SELECT 1 FROM user WHERE id = owner AND id IN (SELECT id FROM item))",
                "SELECT item.id FROM item JOIN user ON owner IN (SELECT id FROM item)",
                "SELECT (SELECT count(*) FROM item WHERE owner IN (SELECT id FROM user)) FROM item",
                "SELECT coalesce(owner IN (SELECT id FROM user), 0) FROM item",
                "SELECT id FROM item HAVING EXISTS (SELECT 1 FROM user)"
            })
    void mayBeASemiJoin(String sql) {
        assertThat(analyse(sql))
                .isInstanceOfSatisfying(
                        Analysis.Read.class, read -> assertThat(read.semiJoin()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id FROM item WHERE NOT EXISTS (SELECT 1 FROM user WHERE id = owner)",
                "SELECT id FROM item WHERE id > 3 AND (owner NOT IN (SELECT id FROM user) AND NOT id IN (SELECT id FROM user))",
                "SELECT id, EXISTS (SELECT 1 FROM user WHERE id = owner) FROM item",
                "SELECT id, owner IN (SELECT id FROM user) AS known FROM item WHERE id = 3",
                "SELECT id FROM item WHERE owner = (SELECT max(id) FROM user)",
                "SELECT id FROM item WHERE id IN (1, 2)"
            })
    void isNoSemiJoin(String sql) {
        assertThat(analyse(sql))
                .isInstanceOfSatisfying(
                        Analysis.Read.class, read -> assertThat(read.semiJoin()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT now(), id FROM item",
                "SELECT current_timestamp(), id FROM item",
                "SELECT unix_timestamp(), id FROM item",
                "SELECT id FROM item WHERE id = @x",
                "SELECT @@sql_mode, id FROM item",
                "SELECT id FROM item FOR UPDATE",
                "SELECT id FROM item LOCK IN SHARE MODE",
                "SELECT SQL_CALC_FOUND_ROWS id FROM item",
                "SELECT id FROM item WHERE match(name) AGAINST ('x')",
                "SELECT i.id FROM item i JOIN user u ON i.opened < u.since",
                "SELECT cast(opened AS DATETIME) FROM item",
                "SELECT uuid(), id FROM item",
                "SELECT id FROM item XOR name",
                "SELECT größe FROM item",
                "SELECT a.id FROM item A JOIN user a ON A.id = a.id",
                "SELECT * FROM dual"
            })
    void isPassedThrough(String sql) {
        assertThat(analyse(sql)).isInstanceOf(Analysis.Uncached.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BEGIN | BEGIN",
                "START TRANSACTION READ ONLY | BEGIN",
                "COMMIT AND CHAIN | COMMIT",
                "ROLLBACK TO SAVEPOINT a | ROLLBACK_TO_SAVEPOINT",
                "SET NAMES utf8mb4 | SET",
                "SET @x = 1 | SET",
                "USE other | SET"
            })
    void controls(String sql, Analysis.Command command) {
        assertThat(analyse(sql))
                .isInstanceOfSatisfying(
                        Analysis.Control.class,
                        control -> assertThat(control.command()).isEqualTo(command));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id /*! , sleep(1) */ FROM item",
                "/*!40101 SET NAMES utf8 */",
                "SET autocommit = 1",
                "SET @@session.autocommit = 1",
                "SET STATEMENT max_statement_time = 1 FOR DELETE FROM item",
                "SET GLOBAL sql_mode = ''",
                "TRUNCATE TABLE item",
                "LOCK TABLES item WRITE",
                "ALTER TABLE item ADD x int",
                "LOAD DATA INFILE 'x' INTO TABLE item",
                "CALL p()",
                "DO release_lock('a')",
                "SELECT audit(id) FROM item",
                "SELECT shop.audit(id) FROM item",
                "SELECT id INTO @x FROM item",
                "XA START 'a'",
                "ANALYZE SELECT 1 FROM item",
                "BEGIN NOT ATOMIC DELETE FROM item; END",
                "HANDLER item OPEN",
                "UPDATE item SET name = audit(1)",
                "UPDATE item SET größe = 1"
            })
    void countsAsAChangeOfEverything(String sql) {
        assertThat(analyse(sql)).isInstanceOf(Analysis.Everything.class);
    }

    private String events(String sql, Object... parameters) {
        Analysis analysis = analyse(sql);
        assertThat(analysis).as(sql).isInstanceOf(Analysis.Write.class);
        List<ChangeEvent> events = ((Analysis.Write) analysis).changes().events(Parameters.of(parameters));
        return events.stream()
                .map(event -> event.kind() + " " + event.table().name() + " " + event.before() + " " + event.after()
                        + " " + event.changed())
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    @Test
    void insertsTellTheirRows() {
        assertThat(events("INSERT IGNORE INTO item (id, Item.Name) VALUES (1, 'a'), (?, 'b')", 2L))
                .contains("INSERT item", "Exact[value=1]", "Exact[value=2]")
                .doesNotContain("UPDATE");
        assertThat(events("INSERT item SET id = 5, name = lower('A')")).contains("Exact[value=5]");
        assertThat(events("INSERT INTO item () VALUES ()")).contains("INSERT item");
        assertThat(events("INSERT INTO item SELECT id, name, 1, 1, NULL FROM user"))
                .contains("INSERT item");
    }

    @Test
    void aKeyGivenAsNullIsMadeByTheDatabase() {
        assertThat(events("INSERT INTO item (id) VALUES (NULL)")).doesNotContain("id=NULL", "id=Exact[value=null]");
    }

    @Test
    void aDuplicateIsAnyRow() {
        assertThat(
                        events(
                                "INSERT INTO item (id, name) VALUES (1, 'a') ON DUPLICATE KEY UPDATE name = VALUES(name), price = 3"))
                .contains("INSERT item")
                .containsPattern("UPDATE item Image\\[values=\\{}\\]");
    }

    @Test
    void updatesKnowTheirRowsByTheirConditions() {
        assertThat(events("UPDATE LOW_PRIORITY item i SET i.name = ? WHERE i.id = ? ORDER BY i.price LIMIT 1", "x", 7L))
                .contains("UPDATE item", "id=Exact[value=7]", "name=Exact[value=x]");
        assertThat(events("UPDATE item SET price = price + 1, name = 'a' 'b' WHERE id = 1".replace("'a' 'b'", "'ab'")))
                .contains("name=Exact[value=ab]")
                .doesNotContain("price=Exact");
        assertThat(events("DELETE QUICK FROM item WHERE id IN (1, 2) LIMIT 1")).contains("DELETE item", "OneOf");
    }

    @Test
    void aNumberWithAnExponentIsNotExact() {
        assertThat(events("UPDATE item SET price = 1e2 WHERE id = 10 + 1")).doesNotContain("Exact");
    }

    @Test
    void changesOfSeveralTablesAreOfAnyOfTheirRows() {
        assertThat(events("UPDATE item i JOIN user u ON u.id = i.owner SET i.name = u.name WHERE u.id = 1"))
                .contains("DELETE item", "INSERT item", "UPDATE item")
                .doesNotContain("user");
        assertThat(events("UPDATE item i, user u SET name = 'x' WHERE u.id = i.owner"))
                .contains(" item ", " user ");
        assertThat(events("DELETE i.*, u FROM item i JOIN user u ON u.id = i.owner"))
                .contains(" item ", " user ");
        assertThat(events("DELETE FROM i USING item i JOIN user u ON u.id = i.owner"))
                .contains(" item ")
                .doesNotContain(" user ");
        assertThat(events("REPLACE INTO item VALUES (1, 'a', 1, 1, NULL)")).contains("DELETE item", "INSERT item");
    }

    @Test
    void keysDifferOnlyInCommentsThatAreNoCode() {
        String plain = analyse("SELECT id FROM item").sql().key();
        assertThat(analyse("SELECT id -- c\n FROM # c\n item").sql().key()).isEqualTo(plain);
        assertThat(analyse("SELECT id /*! , name */ FROM item").sql().key()).isNotEqualTo(plain);
        assertThat(kind("")).isEqualTo("Uncached");
    }
}
