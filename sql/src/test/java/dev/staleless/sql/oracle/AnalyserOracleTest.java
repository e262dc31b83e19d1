package dev.staleless.sql.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.change.Image;
import dev.staleless.core.condition.Condition;
import dev.staleless.core.decision.Decision;
import dev.staleless.core.decision.RuleName;
import dev.staleless.core.query.QueryTemplate;
import dev.staleless.core.query.Referrals;
import dev.staleless.core.query.TableUse;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.sql.oracle.AnalyserOracle.Fault;
import dev.staleless.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The analyser and the decision against the database. {@code -Dtests.oracle.seed} and {@code -Dtests.oracle.states}
 * choose other states than the fixed ones.
 */
class AnalyserOracleTest {

    private static final long SEED = Long.getLong("tests.oracle.seed", 1);
    private static final int STATES = Integer.getInteger("tests.oracle.states", 60);

    /** States after which a planted bug must have shown. */
    private static final int MAX_STATES = 400;

    private static final Decision ALL = Decision.with(EnumSet.allOf(RuleName.class));

    private static Connection connection;

    @BeforeAll
    static void createTables() throws SQLException {
        try (Connection admin =
                        DriverManager.getConnection(PostgresServer.shared().jdbcUrl());
                Statement statement = admin.createStatement()) {
            statement.execute("create database analyser_oracle");
        }
        connection = DriverManager.getConnection(PostgresServer.shared().jdbcUrl("analyser_oracle"));
        try (Statement statement = connection.createStatement()) {
            statement.execute(OracleSchema.DDL);
        }
        connection.setAutoCommit(false);
    }

    @AfterAll
    static void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void aChangeThatAltersAResultIsNeverOverlooked() throws SQLException {
        AnalyserOracle oracle = new AnalyserOracle(connection, Fault.NONE);
        for (long seed = SEED; seed < SEED + STATES; seed++) {
            oracle.check(seed);
        }
        System.out.println(oracle.report());
        assertThat(oracle.stale).isEmpty();
        assertThat(oracle.changed).as("results that changed").isGreaterThan(oracle.pairs / 50);
        assertThat(oracle.needless).as("needless").isLessThan(oracle.pairs / 2);
        assertThat(oracle.uncached).as(String.join("\n", oracle.reasons())).isZero();
    }

    @Test
    void theRulesThatLookAtTheRowsOverlookNothingAndKeepMore() throws SQLException {
        Decision blind = Decision.with(EnumSet.of(RuleName.UNREAD_COLUMNS, RuleName.OUTSIDE_ROWS));
        AnalyserOracle seeing = new AnalyserOracle(connection, Fault.NONE, true, ALL);
        AnalyserOracle without = new AnalyserOracle(connection, Fault.NONE, true, blind);
        for (long seed = SEED; seed < SEED + STATES; seed++) {
            seeing.check(seed);
            without.check(seed);
        }
        System.out.println(seeing.report());
        System.out.println(without.report());
        assertThat(seeing.stale).isEmpty();
        Set<RuleName> others = EnumSet.complementOf(EnumSet.of(RuleName.WITHIN_GROUPS, RuleName.ORPHANED));
        assertThat(seeing.spared).containsKeys(others.toArray(RuleName[]::new));
        assertThat(seeing.needless).isLessThan(without.needless * 4 / 5);
    }

    @Test
    void theExtremesOfGroupsOverlookNothing() throws SQLException {
        AnalyserOracle oracle = new AnalyserOracle(connection, Fault.NONE, true, ALL).grouped();
        for (long seed = SEED; seed < SEED + STATES / 2; seed++) {
            oracle.check(seed);
        }
        System.out.println(oracle.report());
        assertThat(oracle.stale).isEmpty();
        assertThat(oracle.spared).containsKey(RuleName.WITHIN_GROUPS);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aPlantedBugIsFound(Fault fault) throws SQLException {
        isFound(fault, new AnalyserOracle(connection, fault));
    }

    @ParameterizedTest
    @MethodSource("dev.staleless.sql.oracle.ShownFaults#all")
    void aPlantedBugInWhatIsToldOfTheRowsIsFound(Fault fault) throws SQLException {
        isFound(fault, new AnalyserOracle(connection, fault, true, ALL));
    }

    private static void isFound(Fault fault, AnalyserOracle oracle) throws SQLException {
        for (long seed = 1; seed <= MAX_STATES && oracle.stale.isEmpty(); seed++) {
            oracle.check(seed);
        }
        System.out.println(oracle.report());
        assertThat(oracle.stale).as(fault.name()).isNotEmpty();
    }

    @Test
    void whatIsDemandedOfQueriesWithinIsNeverTooMuch() throws SQLException {
        AnalyserOracle oracle = new AnalyserOracle(connection, Fault.NONE).demanding();
        for (long seed = SEED; seed < SEED + STATES / 2; seed++) {
            oracle.check(seed);
        }
        System.out.println(oracle.report());
        assertThat(oracle.stale).isEmpty();
        assertThat(oracle.uncached).as(String.join("\n", oracle.reasons())).isZero();
    }

    @ParameterizedTest
    @MethodSource("demands")
    void aDemandThatGoesTooFarIsFound(Fault fault) throws SQLException {
        AnalyserOracle oracle = new AnalyserOracle(connection, fault).demanding();
        for (long seed = 1; seed <= MAX_STATES && oracle.stale.isEmpty(); seed++) {
            oracle.check(seed);
        }
        System.out.println(oracle.report());
        assertThat(oracle.stale).as(fault.name()).isNotEmpty();
    }

    static Stream<Fault> demands() {
        return Stream.of(
                sql("through LIMIT", sql -> sql.replace(" order by 1, 2 limit 2", "")),
                sql("through a window", sql -> sql.replace("max(s) over (partition by y)", "s")),
                sql("NOT IN is taken for IN", sql -> sql.replace(" not in (select v", " in (select v")),
                sql("of the filled side", sql -> sql.replace(" left join c e", " join c e")),
                sql("of a full join", sql -> sql.replace(" full join ", " left join ")));
    }

    static Stream<Fault> faults() {
        return Stream.of(
                sql(
                        "WHERE restricts the filled side of an outer join",
                        sql -> sql.replaceAll("(left|right|full) join", "join")),
                sql("OR is taken for AND", sql -> sql.replace(" or ", " and ")),
                sql("NOT is lost", sql -> sql.replaceAll("\\bnot ", "")),
                sql(">= is taken for =", sql -> sql.replace(">=", "=")),
                uses("an occurrence in a sub-query is overlooked", AnalyserOracleTest::withoutLastUse),
                uses("a column that is read is overlooked", AnalyserOracleTest::withoutAColumn),
                uses("conditions of another occurrence of the table hold", AnalyserOracleTest::conditionsExchanged),
                uses("no row refers to a row that may be without one", AnalyserOracleTest::allUnreferred),
                events("the after image is the before image", AnalyserOracleTest::afterIsBefore),
                events("foreign keys do not spread", events -> events.subList(0, Math.min(1, events.size()))),
                events("a computed column is not changed", AnalyserOracleTest::withoutComputed),
                events("a default is taken for NULL", AnalyserOracleTest::defaultIsNull),
                events("an UPDATE keeps what its WHERE says of the columns it sets", AnalyserOracleTest::assignedKept));
    }

    private static Fault sql(String name, UnaryOperator<String> change) {
        return new Fault(name, change, UnaryOperator.identity(), UnaryOperator.identity());
    }

    private static Fault uses(String name, UnaryOperator<List<TableUse>> change) {
        return new Fault(
                name,
                UnaryOperator.identity(),
                template -> new QueryTemplate(
                        template.operation(),
                        change.apply(template.uses()),
                        template.parameterCount(),
                        template.temporalParameters(),
                        template.form()),
                UnaryOperator.identity());
    }

    private static Fault events(String name, UnaryOperator<List<ChangeEvent>> change) {
        return new Fault(name, UnaryOperator.identity(), UnaryOperator.identity(), change);
    }

    // ---- bugs in what is read

    private static List<TableUse> withoutLastUse(List<TableUse> uses) {
        return uses.size() > 1 ? uses.subList(0, uses.size() - 1) : uses;
    }

    private static List<TableUse> allUnreferred(List<TableUse> uses) {
        return uses.stream()
                .map(use -> new TableUse(
                        use.index(),
                        use.alias(),
                        use.table(),
                        use.columnsRead(),
                        use.membershipColumns(),
                        use.condition(),
                        use.pins(),
                        use.contribution(),
                        new Referrals(Set.of(ChangeEvent.Kind.INSERT, ChangeEvent.Kind.DELETE), Set.of()),
                        use.filters()))
                .toList();
    }

    private static List<TableUse> withoutAColumn(List<TableUse> uses) {
        List<TableUse> changed = new ArrayList<>();
        for (TableUse use : uses) {
            Set<String> names = use.columnsRead().names();
            Set<String> fewer = new HashSet<>(names == null ? Set.of() : names);
            fewer.removeAll(Set.of("x", "s"));
            changed.add(names == null ? use : with(use, ColumnSet.of(fewer), use));
        }
        return changed;
    }

    private static List<TableUse> conditionsExchanged(List<TableUse> uses) {
        List<TableUse> changed = new ArrayList<>();
        for (TableUse use : uses) {
            changed.add(with(use, use.columnsRead(), uses.get(uses.size() - 1 - use.index())));
        }
        return changed;
    }

    private static TableUse with(TableUse use, ColumnSet read, TableUse conditions) {
        return new TableUse(
                use.index(),
                use.alias(),
                use.table(),
                read,
                use.membershipColumns(),
                renumbered(conditions, use.index()),
                use.pins(),
                use.contribution());
    }

    /** Another occurrence's condition, told of this one. */
    private static Condition renumbered(TableUse from, int to) {
        return new Renumbering(from.index(), to).of(from.condition());
    }

    // ---- bugs in what is changed

    private static List<ChangeEvent> each(List<ChangeEvent> events, UnaryOperator<ChangeEvent> change) {
        return events.stream().map(change).toList();
    }

    private static List<ChangeEvent> afterIsBefore(List<ChangeEvent> events) {
        return each(
                events,
                event -> event.kind() == ChangeEvent.Kind.UPDATE
                        ? new ChangeEvent(event.table(), event.kind(), event.before(), event.before(), event.changed())
                        : event);
    }

    private static List<ChangeEvent> withoutComputed(List<ChangeEvent> events) {
        return each(events, event -> {
            Set<String> names = event.changed().names();
            if (names == null || names.size() < 2) {
                return event;
            }
            Set<String> fewer = new HashSet<>(names);
            fewer.remove("g");
            return new ChangeEvent(event.table(), event.kind(), event.before(), event.after(), ColumnSet.of(fewer));
        });
    }

    private static List<ChangeEvent> defaultIsNull(List<ChangeEvent> events) {
        TableName table = new TableName("public", "e");
        return each(events, event -> {
            if (event.kind() != ChangeEvent.Kind.INSERT || !event.table().equals(table) || event.after() == null) {
                return event;
            }
            Map<String, AbstractValue> after = new HashMap<>(event.after().values());
            if (!(after.get("t") instanceof AbstractValue.Exact)) {
                after.put("t", AbstractValue.NULL);
            }
            return ChangeEvent.insert(table, new Image(after));
        });
    }

    private static List<ChangeEvent> assignedKept(List<ChangeEvent> events) {
        return each(events, event -> {
            if (event.kind() != ChangeEvent.Kind.UPDATE || event.after() == null || event.before() == null) {
                return event;
            }
            Map<String, AbstractValue> after = new HashMap<>(event.after().values());
            after.putAll(event.before().values());
            return new ChangeEvent(event.table(), event.kind(), event.before(), new Image(after), event.changed());
        });
    }
}
