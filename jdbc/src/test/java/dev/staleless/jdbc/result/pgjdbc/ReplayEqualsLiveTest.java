package dev.staleless.jdbc.result.pgjdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.jdbc.driver.Capture;
import dev.staleless.jdbc.driver.DriverProfile;
import dev.staleless.jdbc.driver.Replay;
import dev.staleless.jdbc.driver.ResultSettings;
import dev.staleless.jdbc.driver.SessionState;
import dev.staleless.jdbc.policy.Limits;
import dev.staleless.jdbc.result.ReplayedResultSet;
import dev.staleless.testkit.server.PostgresServer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Calls every method of ResultSet and ResultSetMetaData, with arguments of each kind, on the live and on the replayed result of
 * every column type, at every position, in each way the driver transfers values. Both must answer alike.
 */
class ReplayEqualsLiveTest {
    private static final String SCHEMA = "replay_equals_live";

    /** Methods that leave the position and the settings of a result set alone; all others get a result set of their own. */
    private static boolean isObserver(String method) {
        return method.startsWith("get")
                || method.startsWith("is")
                || method.equals("findColumn")
                || method.equals("wasNull");
    }

    private enum Transfer {
        TEXT("prepareThreshold=0"),
        BINARY("prepareThreshold=-1&binaryTransfer=true"),
        SIMPLE("preferQueryMode=simple");

        private final String options;

        Transfer(String options) {
            this.options = options;
        }
    }

    private static final Set<String> SIMPLE = Set.of("int4", "text", "timestamptz", "bytea", "int4[]", "hue");

    private static final DriverProfile PROFILE = profile();
    private static final List<AutoCloseable> OPEN = new ArrayList<>();
    private static int borrowed;

    private static DriverProfile profile() {
        try {
            return PgjdbcProfile.create();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<Arguments> cases() {
        return Stream.of(Transfer.values())
                .flatMap(transfer -> PostgresTypes.VALUES.keySet().stream()
                        // Values come as text, as they do with TEXT.
                        .filter(type -> transfer != Transfer.SIMPLE || SIMPLE.contains(type))
                        .map(type -> Arguments.of(transfer, type)));
    }

    @BeforeAll
    static void createTables() throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(PostgresServer.shared().jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE; CREATE SCHEMA " + SCHEMA
                    + "; SET search_path = " + SCHEMA);
            statement.execute(
                    "CREATE TYPE hue AS ENUM ('red', 'dark blue'); CREATE DOMAIN posint AS int CHECK (value > 0);"
                            + " CREATE TYPE pair AS (a int, b text)");
            for (String type : PostgresTypes.VALUES.keySet()) {
                createTable(connection, statement, type);
            }
        }
    }

    private static void createTable(Connection connection, Statement statement, String type) throws SQLException {
        statement.execute("CREATE TABLE " + table(type) + " (id serial PRIMARY KEY, v " + type + ")");
        statement.execute("INSERT INTO " + table(type) + " (v) VALUES (NULL)");
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + table(type) + " (v) VALUES (CAST(? AS " + type + "))")) {
            for (String literal : PostgresTypes.VALUES.get(type)) {
                insert.setObject(1, literal, java.sql.Types.OTHER);
                insert.executeUpdate();
            }
        }
    }

    private static String table(String type) {
        return "t_" + type.replaceAll("\\W+", "_");
    }

    private static Connection connect(Transfer transfer) throws SQLException {
        return DriverManager.getConnection(
                PostgresServer.shared().jdbcUrl() + "&currentSchema=" + SCHEMA + "&" + transfer.options);
    }

    @AfterAll
    static void close() throws Exception {
        for (AutoCloseable open : OPEN) {
            open.close();
        }
    }

    /** A live result and its replay. */
    private record Pair(ResultSet live, ResultSet replayed) {
        void compare(JdbcCalls.Call call, String where) throws Exception {
            Observation expected = Observation.of(call.method(), live, call.arguments());
            Observation actual = Observation.of(call.method(), replayed, call.arguments());
            assertThat(actual).as("%s %s", call, where).isEqualTo(expected);
        }
    }

    private static Pair pair(PreparedStatement statement, Connection home, SessionState state) throws SQLException {
        ResultSet live = statement.executeQuery();
        byte[] rows = ((Capture.Captured) PROFILE.capture(live, Limits.DEFAULT, true)).rows();
        ResultSettings settings = new ResultSettings(
                statement.getResultSetHoldability(),
                statement.getMaxRows(),
                statement.getFetchSize(),
                statement.getFetchDirection());
        Replay replay = PROFILE.replay(rows, state.decoding(), settings);
        return new Pair(
                live,
                new ReplayedResultSet(
                        replay,
                        () -> {
                            borrowed++;
                            return home;
                        },
                        statement,
                        () -> {}));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyMethodAnswersAlike(Transfer transfer, String type) throws Exception {
        try (Connection connection = connect(transfer);
                Connection home = connect(transfer);
                PreparedStatement statement =
                        connection.prepareStatement("SELECT v, id FROM " + table(type) + " ORDER BY id")) {
            SessionState state = PROFILE.probe(connection);
            List<JdbcCalls.Call> calls = JdbcCalls.of(ResultSet.class, List.of("V", "none"), List.of(1, 3));
            observe(pair(statement, home, state), calls);
            for (JdbcCalls.Call call : calls) {
                // What moves a result set, or refuses to, does not look at the type.
                if (type.equals("int4") && !isObserver(call.method().getName())) {
                    disturb(pair(statement, home, state), call);
                }
            }
            describe(pair(statement, home, state));
        }
    }

    private static void observe(Pair pair, List<JdbcCalls.Call> calls) throws Exception {
        boolean array = pair.live.getMetaData().getColumnType(1) == java.sql.Types.ARRAY;
        boolean more = true;
        for (int row = 0; more; row++) {
            for (JdbcCalls.Call call : calls) {
                // By label is by index, once the label is found: two rows will do.
                if (isObserver(call.method().getName()) && (row < 2 || !isByLabel(call))) {
                    pair.compare(call, "at row " + row);
                    assertThat(pair.replayed.wasNull())
                            .as("%s at row %s: wasNull", call, row)
                            .isEqualTo(pair.live.wasNull());
                }
            }
            if (array && row > 0 && more) {
                compareArrays(pair);
            }
            more = pair.live.next();
            assertThat(pair.replayed.next()).isEqualTo(more);
        }
        assertThat(pair.replayed.next()).isEqualTo(pair.live.next());
    }

    private static boolean isByLabel(JdbcCalls.Call call) {
        return call.arguments().length > 0 && call.arguments()[0] instanceof String;
    }

    private static void compareArrays(Pair pair) throws Exception {
        Array live = pair.live.getArray(1);
        Array replayed = pair.replayed.getArray(1);
        assertThat(replayed == null).isEqualTo(live == null);
        if (live != null) {
            for (JdbcCalls.Call call : JdbcCalls.of(Array.class, List.of(), List.of(1))) {
                if (!call.method().getName().equals("free")) {
                    assertThat(Observation.of(call.method(), replayed, call.arguments()))
                            .as(call.toString())
                            .isEqualTo(Observation.of(call.method(), live, call.arguments()));
                }
            }
        }
    }

    /** What tells where a result set is. */
    private static final List<JdbcCalls.Call> POSITION =
            JdbcCalls.of(ResultSet.class, List.of("v"), List.of(1)).stream()
                    .filter(call ->
                            Set.of("getRow", "isFirst", "isLast", "isBeforeFirst", "isAfterLast", "isClosed", "next")
                                            .contains(call.method().getName())
                                    || call.method()
                                            .getName()
                                            .matches("get(FetchSize|FetchDirection|Warnings|Statement|MetaData)")
                                    || call.method()
                                            .getName()
                                            .matches("get(Type|Concurrency|Holdability|CursorName|String)"))
                    .toList();

    private static void disturb(Pair pair, JdbcCalls.Call disturbance) throws Exception {
        pair.live.next();
        pair.replayed.next();
        pair.compare(disturbance, "at row 1");
        for (int i = 0; i < 3; i++) {
            for (JdbcCalls.Call call : POSITION) {
                pair.compare(call, "after " + disturbance);
            }
        }
    }

    private static void describe(Pair pair) throws Exception {
        ResultSetMetaData live = pair.live.getMetaData();
        ResultSetMetaData replayed = pair.replayed.getMetaData();
        for (boolean closed : List.of(false, true)) {
            for (JdbcCalls.Call call : JdbcCalls.of(ResultSetMetaData.class, List.of(), List.of(1, 2, 0, 3))) {
                assertThat(Observation.of(call.method(), replayed, call.arguments()))
                        .as("%s%s", call, closed ? " of a closed result set" : "")
                        .isEqualTo(Observation.of(call.method(), live, call.arguments()));
            }
            pair.live.close();
            pair.replayed.close();
        }
        assertThat(Arrays.asList(pair.replayed.isClosed(), pair.live.isClosed()))
                .containsExactly(true, true);
    }
}
