package dev.staleless.testkit.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.changelog.Partition;
import dev.staleless.core.coordination.Directory;
import dev.staleless.core.coordination.Directory.PartitionColumn;
import dev.staleless.core.decision.Decision;
import dev.staleless.core.partition.Partitions;
import dev.staleless.core.query.Query;
import dev.staleless.testkit.decision.RandomWrites.Write;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random queries and writes on real databases: where a write changes a query's result, the decision says that it affects the
 * query, and the query reads a partition that the event is appended to.
 */
class ResultsOnDatabasesTest {

    private static final int ROUNDS = 12;
    private static final int ROWS = 15;
    private static final int QUERIES = 25;
    private static final int WRITES = 40;

    private final long seed = Seeds.seed();

    /** What came of the pairs of a query and a write. */
    private static final class Count {
        int pairs;
        int changed;
        int affected;
        int seen;
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aWriteThatChangesAResultAffectsItsQuery(Dialect dialect) throws SQLException {
        Count count = new Count();
        for (int round = 0; round < ROUNDS; round++) {
            check(dialect, new Random(seed + round), count);
        }
        System.out.printf(
                "%s results, seed %d: %d pairs, %d results changed, %d affected (%.1f %% of the unchanged needlessly),"
                        + " %.1f %% of the events in a partition read%n",
                dialect,
                seed,
                count.pairs,
                count.changed,
                count.affected,
                100.0 * (count.affected - count.changed) / (count.pairs - count.changed),
                100.0 * count.seen / count.pairs);
        assertThat(count.changed).isGreaterThan(ROUNDS * 10);
        assertThat(count.affected - count.changed).isLessThan((count.pairs - count.changed) / 2);
    }

    private void check(Dialect dialect, Random random, Count count) throws SQLException {
        Schema left = Schema.random(dialect, "t", 3, random);
        Schema right = Schema.random(dialect, "u", 3, random);
        try (Connection connection = dialect.connect("results");
                Statement statement = connection.createStatement()) {
            for (Schema schema : List.of(left, right)) {
                statement.execute(schema.create());
                for (long id = 0; id < ROWS; id++) {
                    execute(statement, schema.insert(schema.row(id, random)));
                }
            }
            List<Query> queries = queries(statement, new RandomQueries(left, right, random));
            RandomWrites writes = new RandomWrites(random, ROWS);
            List<List<String>> results = results(statement, queries);
            for (int i = 0; i < WRITES; i++) {
                Schema schema = random.nextInt(3) == 0 ? right : left;
                Write write = writes.next(schema);
                if (execute(statement, write.sql())) {
                    List<List<String>> after = results(statement, queries);
                    compare(queries, results, after, write, schema, count);
                    results = after;
                }
            }
        }
    }

    private void compare(
            List<Query> queries,
            List<List<String>> before,
            List<List<String>> after,
            Write write,
            Schema schema,
            Count count) {
        Directory.Entry entry = entry(schema);
        Set<Partition> written = Partitions.ofEvent(write.event(), entry);
        for (int i = 0; i < queries.size(); i++) {
            Query query = queries.get(i);
            boolean changed = !before.get(i).equals(after.get(i));
            boolean affected = Decision.decide(query, write.event()).affected();
            boolean seen = !Collections.disjoint(written, Partitions.forQuery(query, table -> entry));
            if (changed && !(affected && seen)) {
                throw new AssertionError("-Dtests.seed=" + seed + " " + schema.dialect() + ": " + query.sql()
                        + " was " + before.get(i) + ", after "
                        + write.sql() + " it is " + after.get(i) + ", but the decision says "
                        + Decision.decide(query, write.event()) + " of " + write.event() + " in " + written
                        + "; the query reads "
                        + Partitions.forQuery(query, table -> entry) + "; " + schema.columns());
            }
            count.pairs++;
            count.changed += changed ? 1 : 0;
            count.affected += affected ? 1 : 0;
            count.seen += seen ? 1 : 0;
        }
    }

    private static Directory.Entry entry(Schema schema) {
        List<PartitionColumn> columns = new ArrayList<>();
        for (String column : List.of("id", "k", "c0")) {
            columns.add(new PartitionColumn(column, schema.type(column)));
        }
        return new Directory.Entry(1, columns);
    }

    /** Queries that the database accepts. */
    private static List<Query> queries(Statement statement, RandomQueries random) {
        List<Query> queries = new ArrayList<>();
        while (queries.size() < QUERIES) {
            Query query = random.next();
            if (result(statement, query) != null) {
                queries.add(query);
            }
        }
        return queries;
    }

    private static List<List<String>> results(Statement statement, List<Query> queries) {
        List<List<String>> results = new ArrayList<>();
        for (Query query : queries) {
            List<String> result = result(statement, query);
            // a query that fails now returns no rows: what it returned before is stale
            results.add(result == null ? List.of("(error)") : result);
        }
        return results;
    }

    private static @Nullable List<String> result(Statement statement, Query query) {
        List<String> result = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query.sql())) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                StringBuilder row = new StringBuilder();
                for (int column = 1; column <= columns; column++) {
                    row.append(rows.getString(column)).append('|');
                }
                result.add(row.toString());
            }
        } catch (SQLException refused) {
            return null;
        }
        Collections.sort(result);
        return result;
    }

    private static boolean execute(Statement statement, String sql) {
        try {
            statement.execute(sql);
            return true;
        } catch (SQLException refused) {
            return false; // then nothing has changed
        }
    }
}
