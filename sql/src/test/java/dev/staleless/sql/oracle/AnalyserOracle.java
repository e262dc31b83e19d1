package dev.staleless.sql.oracle;

import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.decision.Decision;
import dev.staleless.core.decision.IndexedRows;
import dev.staleless.core.decision.RuleName;
import dev.staleless.core.decision.Verdict;
import dev.staleless.core.query.Query;
import dev.staleless.core.query.QueryTemplate;
import dev.staleless.core.value.Parameters;
import dev.staleless.sql.Analysis;
import dev.staleless.sql.SqlAnalyser;
import dev.staleless.sql.TestCatalog;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Random rows, queries and changes, with the database as the judge: where a change alters a query's result, the analyser and
 * the decision must have said that it may. Everything happens in one transaction that is rolled back.
 */
final class AnalyserOracle {

    private static final int QUERIES = 8;
    private static final int WRITES = 10;
    private static final int SEQUENCE = 8;

    private final Connection connection;
    private final SqlAnalyser analyser = SqlAnalyser.create();
    private final TestCatalog catalog = OracleSchema.catalog();
    private static final int TRIES = 200;

    private final Fault fault;
    private final boolean shownOnly;
    private final Decision decision;
    private boolean demanding;
    private boolean grouped;

    int pairs;
    int uncached;
    int everything;
    int changed;
    int needless;
    final Map<RuleName, Integer> spared = new EnumMap<>(RuleName.class);
    final List<String> stale = new ArrayList<>();
    private final List<String> why = new ArrayList<>();

    /**
     * A planted bug; each part may leave its argument alone.
     *
     * @param sql the text that is analysed instead of the one that is executed
     */
    record Fault(
            String name,
            UnaryOperator<String> sql,
            UnaryOperator<QueryTemplate> template,
            UnaryOperator<List<ChangeEvent>> events) {

        static final Fault NONE =
                new Fault("none", UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity());
    }

    /** With queries only that demand something of the columns of others within them. */
    AnalyserOracle demanding() {
        demanding = true;
        return this;
    }

    /** With queries that group, and changes of rows of which a value is known. */
    AnalyserOracle grouped() {
        grouped = true;
        return this;
    }

    AnalyserOracle(Connection connection, Fault fault) {
        this(connection, fault, false, Decision.with(EnumSet.allOf(RuleName.class)));
    }

    /**
     * An oracle.
     *
     * @param shownOnly whether to ask only queries that show where their rows come from, and to change single rows
     */
    AnalyserOracle(Connection connection, Fault fault, boolean shownOnly, Decision decision) {
        this.connection = connection;
        this.fault = fault;
        this.shownOnly = shownOnly;
        this.decision = decision;
    }

    /** A query that can be cached, and its result. */
    private record Cached(RandomSql.Statement statement, Query query, Result result) {}

    /** What a query returned: its rows as text, sorted unless it sorts them itself, and as the decision sees them. */
    private record Result(List<String> rows, IndexedRows known) {}

    /** One database state, with several queries and changes. */
    void check(long seed) throws SQLException {
        SplittableRandom random = new SplittableRandom(seed);
        for (String row : OracleSchema.rows(random)) {
            attempt(new RandomSql.Statement(row, List.of()));
        }
        List<Cached> queries = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) {
            Cached cached = cached(query(i, random));
            if (cached != null) {
                queries.add(cached);
            }
        }
        for (int i = 0; i < WRITES; i++) {
            Savepoint savepoint = connection.setSavepoint();
            RandomSql.Statement write = write(i % 2 == 0, random);
            if (attempt(write)) {
                compareAll(seed, queries, write);
            }
            connection.rollback(savepoint);
        }
        sequence(seed, queries, random);
        connection.rollback();
    }

    private RandomSql.Statement write(boolean any, SplittableRandom random) {
        if (grouped) {
            return RandomRowWrites.ofKnownValue(random);
        }
        return any && !shownOnly ? RandomWrites.next(random) : RandomRowWrites.next(random);
    }

    private RandomSql.Statement query(int i, SplittableRandom random) {
        if (grouped) {
            return RandomShownQueries.grouped(random);
        }
        if (demanding) {
            RandomSql.Statement statement = RandomQueries.demanding(random);
            for (int tries = 0; tries < TRIES && !shows(statement); tries++) {
                statement = RandomQueries.demanding(random);
            }
            return statement;
        }
        return i % 2 == 0 && !shownOnly ? RandomQueries.next(random) : RandomShownQueries.next(random);
    }

    /** Whether a planted bug is one of this text. */
    private boolean shows(RandomSql.Statement statement) {
        return fault == Fault.NONE || !fault.sql().apply(statement.sql()).equals(statement.sql());
    }

    /** Several changes one after the other, judged by the rows that were cached first, as long as none affects them. */
    private void sequence(long seed, List<Cached> queries, SplittableRandom random) throws SQLException {
        List<Cached> kept = new ArrayList<>(queries);
        StringBuilder past = new StringBuilder();
        for (int i = 0; i < SEQUENCE && !kept.isEmpty(); i++) {
            RandomSql.Statement write = write(i % 4 == 0, random);
            if (attempt(write)) {
                kept.removeIf(query -> isAffected(query, write));
                past.append(write.sql()).append(' ').append(write.parameters()).append("; ");
                stillThere(seed, kept, past.toString());
            }
        }
    }

    private @Nullable Cached cached(RandomSql.Statement statement) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        Result result;
        try {
            result = result(statement);
        } catch (SQLException e) {
            connection.rollback(savepoint);
            return null;
        }
        Analysis analysis = analyser.analyse(fault.sql().apply(statement.sql()), catalog);
        if (!(analysis instanceof Analysis.Read read)) {
            uncached++;
            why.add(analysis + "");
            return null;
        }
        Query query = new Query(fault.template().apply(read.template()), statement.sql(), parameters(statement));
        return new Cached(statement, query, result);
    }

    private static Parameters parameters(RandomSql.Statement statement) {
        return Parameters.of(statement.parameters().toArray());
    }

    private void compareAll(long seed, List<Cached> queries, RandomSql.Statement write) {
        for (Cached query : queries) {
            try {
                compare(
                        seed,
                        query,
                        write,
                        isAffected(query, write),
                        result(query.statement()).rows());
            } catch (SQLException e) {
                return; // the query fails on the new rows, and the transaction with it
            }
        }
    }

    private void stillThere(long seed, List<Cached> kept, String past) {
        for (Cached query : kept) {
            try {
                RandomSql.Statement writes = new RandomSql.Statement(past, List.of());
                compare(seed, query, writes, false, result(query.statement()).rows());
            } catch (SQLException e) {
                return;
            }
        }
    }

    private void compare(long seed, Cached cached, RandomSql.Statement write, boolean affected, List<String> rows) {
        pairs++;
        boolean same = cached.result().rows().equals(rows);
        if (!same) {
            changed++;
        } else if (affected) {
            needless++;
        }
        if (!same && !affected) {
            stale.add("seed %d%n  query %s %s%n  write %s %s"
                    .formatted(
                            seed,
                            cached.statement().sql(),
                            cached.statement().parameters(),
                            write.sql(),
                            write.parameters()));
        }
    }

    private boolean isAffected(Cached cached, RandomSql.Statement write) {
        Analysis analysis = analyser.analyse(write.sql(), catalog);
        if (!(analysis instanceof Analysis.Write change)) {
            everything++;
            return true;
        }
        List<ChangeEvent> events = fault.events().apply(change.changes().events(parameters(write)));
        for (ChangeEvent event : events) {
            Verdict verdict = decision.verdict(cached.query(), cached.result().known(), event);
            if (verdict instanceof Verdict.Unaffected unaffected) {
                unaffected.rules().forEach(rule -> spared.merge(rule, 1, Integer::sum));
            } else {
                return true;
            }
        }
        return false;
    }

    // ---- the database

    private Result result(RandomSql.Statement statement) throws SQLException {
        try (PreparedStatement query = prepare(statement);
                ResultSet result = query.executeQuery()) {
            int columns = result.getMetaData().getColumnCount();
            List<String> rows = new ArrayList<>();
            List<@Nullable Object[]> values = new ArrayList<>();
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                @Nullable Object[] known = new Object[columns];
                for (int i = 1; i <= columns; i++) {
                    row.append(result.getString(i)).append('|');
                    known[i - 1] = ShownRows.known(result.getObject(i));
                }
                rows.add(row.toString());
                values.add(known);
            }
            if (!statement.sql().matches(".* order by [^)]*")) {
                Collections.sort(rows);
            }
            return new Result(rows, IndexedRows.of(new ShownRows(columns, values)));
        }
    }

    private boolean attempt(RandomSql.Statement statement) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        try (PreparedStatement prepared = prepare(statement)) {
            prepared.execute();
            return true;
        } catch (SQLException e) {
            connection.rollback(savepoint);
            return false;
        }
    }

    private PreparedStatement prepare(RandomSql.Statement statement) throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(statement.sql());
        for (int i = 0; i < statement.parameters().size(); i++) {
            prepared.setObject(i + 1, statement.parameters().get(i));
        }
        return prepared;
    }

    String report() {
        return ("fault=%s pairs=%d changed=%d needless=%d (%.0f %% of the unchanged) stale=%d; "
                        + "queries not cached=%d, writes of everything=%d, kept by %s")
                .formatted(
                        fault.name(),
                        pairs,
                        changed,
                        needless,
                        100.0 * needless / Math.max(1, pairs - changed),
                        stale.size(),
                        uncached,
                        everything,
                        spared);
    }

    List<String> reasons() {
        return why;
    }
}
