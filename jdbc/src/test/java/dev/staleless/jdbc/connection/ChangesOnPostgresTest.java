package dev.staleless.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.catalog.TriggerEffects;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.change.ColumnSet;
import dev.staleless.core.change.Image;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.jdbc.catalog.CatalogSource;
import dev.staleless.jdbc.catalog.DeclaredTriggers;
import dev.staleless.jdbc.policy.FrontListener;
import dev.staleless.jdbc.policy.Images;
import dev.staleless.jdbc.policy.Limits;
import dev.staleless.jdbc.result.pgjdbc.PgjdbcProfile;
import dev.staleless.sql.SqlAnalyser;
import dev.staleless.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What events tell of random statements, against what became of the rows, and what statements answer, against the driver alone. {@code
 * -Dtests.changes.seed} and {@code -Dtests.changes.schemas} choose others than the fixed ones.
 */
class ChangesOnPostgresTest {
    private static final long SEED = Long.getLong("tests.changes.seed", 1);
    private static final int SCHEMAS = Integer.getInteger("tests.changes.schemas", 12);
    private static final int STATEMENTS = 60;
    private static final int MAX_SCHEMAS = 40;
    private static final UnaryOperator<List<ChangeEvent>> SOUND = UnaryOperator.identity();

    /** What was counted, so that the test can see that it tests something. */
    private static final class Counts {
        int answered;
        int changed;
        int events;
        int any;
    }

    @Test
    void everyChangedRowIsToldAndEveryAnswerIsTheDrivers() throws SQLException {
        Counts counts = new Counts();
        for (long seed = SEED; seed < SEED + SCHEMAS; seed++) {
            assertThat(check(seed, SOUND, counts)).as("seed " + seed).isEmpty();
        }
        assertThat(counts.changed).as("statements that changed rows").isGreaterThan(SCHEMAS * STATEMENTS / 6);
        assertThat(counts.any).as("events that say nothing").isLessThan(counts.events / 2);
    }

    static Stream<Arguments> bugs() {
        return Stream.of(
                bug("cascades are forgotten", events -> events.subList(0, Math.min(1, events.size()))),
                bug("computed columns count as unchanged", events -> changed(events, "g")),
                bug("what was before is said to be after", ChangesOnPostgresTest::swapped),
                bug("deleted rows are said to be updated", events -> only(events, ChangeEvent.Kind.DELETE)),
                bug("new rows are not told", events -> only(events, ChangeEvent.Kind.INSERT)),
                bug("columns without a value are said to be NULL", ChangesOnPostgresTest::nulls),
                bug("emptied tables are not told", events -> only(events, ChangeEvent.Kind.TRUNCATE)),
                bug("what triggers alter is said to be unchanged", events -> changed(events, "m")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void plantedBugsAreFound(String name, UnaryOperator<List<ChangeEvent>> bug) throws SQLException {
        for (long seed = 1; seed <= MAX_SCHEMAS; seed++) {
            if (!check(seed, bug, new Counts()).isEmpty()) {
                return;
            }
        }
        assertThat(name).as("a bug that is found").isNull();
    }

    private static Arguments bug(String name, UnaryOperator<List<ChangeEvent>> bug) {
        return Arguments.of(name, bug);
    }

    private static List<ChangeEvent> only(List<ChangeEvent> events, ChangeEvent.Kind without) {
        return events.stream().filter(event -> event.kind() != without).toList();
    }

    private static List<ChangeEvent> changed(List<ChangeEvent> events, String without) {
        return events.stream()
                .map(event -> {
                    Set<String> names = event.changed().names();
                    if (names == null) {
                        return event;
                    }
                    Set<String> fewer = new HashSet<>(names);
                    fewer.remove(without);
                    return new ChangeEvent(
                            event.table(), event.kind(), event.before(), event.after(), ColumnSet.of(fewer));
                })
                .toList();
    }

    private static List<ChangeEvent> swapped(List<ChangeEvent> events) {
        return events.stream()
                .map(event -> event.kind() != ChangeEvent.Kind.UPDATE
                        ? event
                        : new ChangeEvent(event.table(), event.kind(), event.after(), event.before(), event.changed()))
                .toList();
    }

    private static List<ChangeEvent> nulls(List<ChangeEvent> events) {
        return events.stream()
                .map(event -> {
                    Image after = event.after();
                    if (event.kind() != ChangeEvent.Kind.INSERT || after == null) {
                        return event;
                    }
                    Map<String, AbstractValue> values = new HashMap<>(after.values());
                    values.putIfAbsent("s", AbstractValue.NULL);
                    return ChangeEvent.insert(event.table(), new Image(values));
                })
                .toList();
    }

    // ---- one schema

    /** Random statements on a random schema, in one transaction; returns the first thing that is wrong. */
    private static List<String> check(long seed, UnaryOperator<List<ChangeEvent>> fault, Counts counts)
            throws SQLException {
        SplittableRandom random = new SplittableRandom(seed);
        RandomChanges changes = new RandomChanges(random, random.nextInt(2, 5));
        String ddl = changes.ddl();
        Images images = seed % 3 == 0 ? Images.NEVER : Images.ALWAYS;
        EventRecorder recorder = new EventRecorder();
        PGSimpleDataSource own = schema("changes_a", ddl);
        PGSimpleDataSource other = schema("changes_b", ddl);
        try (Connection watched = wrapped(own, recorder, images).getConnection();
                Connection plain = other.getConnection()) {
            watched.setAutoCommit(false);
            plain.setAutoCommit(false);
            for (String table : changes.tables()) {
                for (int id = 1; id <= 5; id++) {
                    String row = changes.insertRow(table, id);
                    answer(watched, row);
                    answer(plain, row);
                }
            }
            return statements(changes, watched, plain, own, recorder, fault, counts);
        }
    }

    private static List<String> statements(
            RandomChanges changes,
            Connection watched,
            Connection plain,
            PGSimpleDataSource own,
            EventRecorder recorder,
            UnaryOperator<List<ChangeEvent>> fault,
            Counts counts)
            throws SQLException {
        List<String> tables = new ArrayList<>(changes.tables());
        tables.add("log");
        for (int i = 0; i < STATEMENTS; i++) {
            String sql = changes.statement();
            Savepoint here = watched.setSavepoint();
            Savepoint there = plain.setSavepoint();
            ChangedRows before = ChangedRows.read(watched, tables);
            recorder.take();
            recorder.takeEverything();
            String expected = answer(plain, sql);
            String answered = answer(watched, sql);
            if (!answered.equals(expected)) {
                return List.of(sql + ": answered " + answered + " instead of " + expected);
            }
            List<ChangeEvent> events = recorder.take();
            String everything = recorder.takeEverything();
            if (everything != null) {
                return List.of(sql + ": not understood, " + everything);
            }
            ChangedRows after = ChangedRows.read(watched, tables);
            List<String> untold = before.untold(after, fault.apply(events));
            if (!untold.isEmpty()) {
                return List.of(sql + ": " + untold);
            }
            if (!after.contents().equals(ChangedRows.read(plain, tables).contents())) {
                return List.of(sql + ": stored " + after.contents());
            }
            counts.answered += answered.startsWith("!") ? 0 : 1;
            counts.changed += before.contents().equals(after.contents()) ? 0 : 1;
            counts.events += events.size();
            counts.any += (int) events.stream()
                    .filter(event -> event.kind() == ChangeEvent.Kind.ANY)
                    .count();
            if (i % 3 != 0) {
                watched.rollback(here);
                plain.rollback(there);
            }
        }
        return List.of();
    }

    /** What a statement answers in one of the ways in which it can be executed; after an error everything is as before. */
    private static String answer(Connection connection, String sql) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        try (Statement statement = connection.createStatement()) {
            boolean returns = !sql.startsWith("TRUNCATE");
            return switch (Math.floorMod(sql.hashCode(), returns ? 7 : 3)) {
                case 1 -> statement.executeUpdate(sql, Statement.RETURN_GENERATED_KEYS) + keys(statement);
                case 2 -> statement.executeUpdate(sql, new String[] {"s", "id"}) + keys(statement);
                case 3 -> rows(statement.executeQuery(sql + " RETURNING *"));
                case 4 -> statement.execute(sql + " RETURNING r + 1 AS s, id") + rows(statement.getResultSet());
                default -> "" + statement.executeUpdate(sql) + statement.getWarnings() + statement.getUpdateCount();
            };
        } catch (SQLException e) {
            connection.rollback(savepoint);
            return "!" + e.getSQLState() + e.getMessage().replaceAll("changes_[ab]", "schema");
        }
    }

    private static String keys(Statement statement) throws SQLException {
        return rows(statement.getGeneratedKeys()) + statement.getUpdateCount();
    }

    private static String rows(ResultSet result) throws SQLException {
        List<String> rows = new ArrayList<>();
        while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                row.add(result.getMetaData().getColumnLabel(i) + "=" + result.getString(i));
            }
            rows.add(row.toString());
        }
        return rows.toString();
    }

    private static PGSimpleDataSource schema(String name, String ddl) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(PostgresServer.shared().jdbcUrl() + "&currentSchema=" + name);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + name + " CASCADE");
            statement.execute("CREATE SCHEMA " + name);
            statement.execute(ddl);
        }
        return source;
    }

    private static DataSource wrapped(PGSimpleDataSource source, EventRecorder recorder, Images images)
            throws SQLException {
        Map<TableName, TriggerEffects> declared = Map.of(
                new TableName("changes_a", "t0"),
                new TriggerEffects(Set.of(new TableName("changes_a", "log")), Set.of("m")));
        CatalogSource catalogs =
                DeclaredTriggers.on(CatalogSource.postgres(source::getConnection, "staleless"), declared);
        Catalog read = catalogs.current();
        assertThat(read.tables()).isNotEmpty();
        try {
            return CachingDataSource.create(
                    source,
                    new Wiring(
                            recorder,
                            SqlAnalyser.create(),
                            catalogs,
                            "changes",
                            (template, hint) -> Duration.ofMinutes(5),
                            Limits.DEFAULT,
                            PgjdbcProfile.create(),
                            FrontListener.NONE,
                            BarrierLocks.NONE,
                            images));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
