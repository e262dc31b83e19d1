package dev.staleless.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.decision.RuleName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cached results that live on because of what their rows show, and those that do not. */
class KeptByRowsTest {
    private CachedDatabase database;

    @BeforeEach
    void open() throws SQLException {
        database = CachedDatabase.of("CREATE TABLE item (id int PRIMARY KEY, shelf int, price int, name text);"
                + "CREATE TABLE part (id int PRIMARY KEY, item_id int REFERENCES item ON DELETE CASCADE, name text);"
                + "INSERT INTO item VALUES (1, 1, 10, 'one'), (2, 1, 20, 'two'), (3, 2, 30, 'three'), (4, 1, 40, 'four');"
                + "INSERT INTO part VALUES (1, 1, 'a'), (2, 2, 'b')");
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.cached.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1) + " " + result.getString(2));
            }
        }
        return rows;
    }

    private void write(String sql) throws SQLException {
        try (Connection connection = database.cached.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /** The rules, one of which lets a query's result be served after a write: by more than one where images were fetched. */
    private void isKept(String query, String write, RuleName... rules) throws SQLException {
        List<String> before = rows(query);
        write(write);
        long hits = database.hits();
        assertThat(rows(query)).isEqualTo(before);
        assertThat(database.hits()).as("served after " + write).isEqualTo(hits + 1);
        var kept = database.statistics.snapshot().keptByRule();
        assertThat(kept.entrySet())
                .anyMatch(rule -> rule.getValue() > 0 && List.of(rules).contains(rule.getKey()));
    }

    private void isDropped(String query, String write) throws SQLException {
        rows(query);
        write(write);
        long hits = database.hits();
        rows(query);
        assertThat(database.hits()).as("not served after " + write).isEqualTo(hits);
    }

    @Test
    void anUpdateOfWhatIsOnlyShownOfARowThatIsNot() throws SQLException {
        String query = "SELECT id, name FROM item WHERE price < 25";
        isKept(query, "UPDATE item SET name = 'vier' WHERE id = 4", RuleName.UNSEEN_ROW, RuleName.OUTSIDE_ROWS);
        isDropped(query, "UPDATE item SET name = 'zwei' WHERE id = 2");
    }

    @Test
    void aRowWrittenWholeThatStaysElsewhere() throws SQLException {
        String query = "SELECT id, name FROM item WHERE shelf = 1";
        isKept(
                query,
                "UPDATE item SET shelf = 2, price = 31, name = 'drei' WHERE id = 3",
                RuleName.UNSEEN_LEAVES,
                RuleName.OUTSIDE_ROWS);
        isDropped(query, "UPDATE item SET shelf = 1, price = 31, name = 'drei' WHERE id = 3");
    }

    @Test
    void aRowAfterTheLastOfThePage() throws SQLException {
        String query = "SELECT id, price FROM item ORDER BY price, id LIMIT 2";
        isKept(query, "INSERT INTO item VALUES (5, 1, 50, 'five')", RuleName.AFTER_PAGE);
        isDropped(query, "INSERT INTO item VALUES (6, 1, 15, 'six')");
    }

    @Test
    void valuesThatAreShownAlready() throws SQLException {
        String query = "SELECT id, name FROM item WHERE id = 1";
        isKept(
                query,
                "UPDATE item SET price = 99, name = 'one' WHERE id = 1",
                RuleName.SAME_VALUES,
                RuleName.UNREAD_COLUMNS);
        isDropped(query, "UPDATE item SET price = 99, name = 'uno' WHERE id = 1");
    }

    @Test
    void anotherRowOfWhatIsKnownToBeThere() throws SQLException {
        String query = "SELECT EXISTS (SELECT 1 FROM item WHERE shelf = 1), 1";
        assertThat(rows(query)).containsExactly("t 1");
        String only = "SELECT 1, 2 FROM item WHERE shelf = 1 LIMIT 1";
        isKept(only, "INSERT INTO item VALUES (5, 1, 50, 'five')", RuleName.ALREADY_KNOWN);
        isDropped(only, "DELETE FROM item WHERE id = 1");
    }

    @Test
    void aChildOfAParentThatIsNotShown() throws SQLException {
        String query =
                "SELECT i.id, p.name FROM item i LEFT JOIN part p ON p.item_id = i.id WHERE i.shelf = 1 ORDER BY i.id";
        isKept(query, "INSERT INTO part VALUES (3, 3, 'c')", RuleName.BESIDE_UNSEEN);
        isDropped(query, "INSERT INTO part VALUES (4, 4, 'd')");
    }

    @Test
    void aValueWithinTheExtremes() throws SQLException {
        String query = "SELECT min(price), max(price) FROM item WHERE shelf = 1";
        isKept(query, "INSERT INTO item VALUES (5, 1, 25, 'five')", RuleName.WITHIN_EXTREMES);
        isDropped(query, "INSERT INTO item VALUES (6, 1, 60, 'six')");
    }

    @Test
    void aNewRowToWhichNoneRefersYet() throws SQLException {
        String query = "SELECT p.name, i.name FROM part p JOIN item i ON i.id = p.item_id ORDER BY 1";
        isKept(query, "INSERT INTO item VALUES (5, 1, 50, 'five')", RuleName.UNREFERRED);
        isDropped(query, "INSERT INTO part VALUES (3, 5, 'c')");
    }

    @Test
    void aRowThatStaysOutsideOfAWholeResult() throws SQLException {
        String query = "SELECT i.id, i.price FROM item i JOIN part p ON p.item_id = i.id ORDER BY i.price";
        isKept(query, "UPDATE item SET price = 1 WHERE id = 4", RuleName.STAYS_OUTSIDE);
        isDropped(query, "UPDATE item SET price = 1 WHERE id = 2");
    }

    @Test
    void conditionsThatAreAsTrueAsBefore() throws SQLException {
        String query = "SELECT count(*), 1 FROM item WHERE price < 35";
        isKept(query, "UPDATE item SET price = 34 WHERE id = 2 AND price < 30", RuleName.SAME_TRUTH);
        isDropped(query, "UPDATE item SET price = 36 WHERE id = 2");
    }

    @Test
    void aRowThatKeepsOutNoneThatIsShown() throws SQLException {
        String query =
                "SELECT i.id, i.name FROM item i WHERE NOT EXISTS (SELECT 1 FROM part p WHERE p.item_id = i.id) ORDER BY 1";
        isKept(query, "INSERT INTO part VALUES (3, 2, 'c')", RuleName.BARS_UNSEEN);
        isDropped(query, "INSERT INTO part VALUES (4, 3, 'd')");
    }

    @Test
    void anotherRowWhereOneIsFoundAlready() throws SQLException {
        String query =
                "SELECT i.id, i.name FROM item i WHERE EXISTS (SELECT 1 FROM part p WHERE p.item_id = i.id) ORDER BY 1";
        isKept(query, "INSERT INTO part VALUES (3, 2, 'c')", RuleName.ALREADY_KNOWN);
        isDropped(query, "INSERT INTO part VALUES (4, 3, 'd')");
    }
}
