package dev.staleless.jdbc.result.h2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.jdbc.driver.Capture;
import dev.staleless.jdbc.driver.DriverProfile;
import dev.staleless.jdbc.driver.Replay;
import dev.staleless.jdbc.driver.ResultSettings;
import dev.staleless.jdbc.driver.SessionState;
import dev.staleless.jdbc.policy.Limits;
import dev.staleless.jdbc.result.ReplayedResultSet;
import dev.staleless.jdbc.result.pgjdbc.JdbcCalls;
import dev.staleless.jdbc.result.pgjdbc.Observation;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Calls every method of ResultSet and ResultSetMetaData, with arguments of each kind, on the live and on the replayed result of
 * every column type, at every position, embedded and over a server. Both must answer alike.
 */
class ReplayEqualsLiveTest {
    private static final String NAME = "replay" + UUID.randomUUID().toString().replace("-", "");

    /** Types that are looked at over a server as well: the values are the same objects then. */
    private static final Set<String> REMOTE = Set.of(
            "INTEGER", "CHARACTER VARYING", "TIMESTAMP(9) WITH TIME ZONE", "ENUM('red', 'dark blue')", "INTEGER ARRAY");

    private static final DriverProfile PROFILE = profile();
    private static Server server;
    private static Connection keeper;

    private static DriverProfile profile() {
        try {
            return H2Profile.create();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<Arguments> cases() {
        return Stream.concat(
                H2Types.VALUES.keySet().stream().map(type -> Arguments.of(false, type)),
                H2Types.VALUES.keySet().stream().filter(REMOTE::contains).map(type -> Arguments.of(true, type)));
    }

    @BeforeAll
    static void createTables() throws SQLException {
        keeper = connect(false);
        server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        try (Statement statement = keeper.createStatement()) {
            int number = 0;
            for (String type : H2Types.VALUES.keySet()) {
                String table = "T" + number++;
                statement.execute("CREATE TABLE " + table + " (ID INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY, V "
                        + type + ")");
                statement.execute("INSERT INTO " + table + " (V) VALUES (NULL)");
                for (String value : H2Types.VALUES.get(type)) {
                    statement.execute("INSERT INTO " + table + " (V) VALUES (CAST(" + value + " AS " + type + "))");
                }
            }
        }
    }

    @AfterAll
    static void close() throws SQLException {
        server.stop();
        keeper.close();
    }

    private static Connection connect(boolean remote) throws SQLException {
        String where = remote ? "tcp://localhost:" + server.getPort() + "/" : "";
        return DriverManager.getConnection("jdbc:h2:" + where + "mem:" + NAME, "sa", "");
    }

    private static String query(String type) {
        return "SELECT V, ID AS NUMBER FROM T"
                + List.copyOf(H2Types.VALUES.keySet()).indexOf(type) + " ORDER BY ID";
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
        return new Pair(live, new ReplayedResultSet(replay, () -> home, statement, () -> {}));
    }

    private static boolean isObserver(String method) {
        return method.startsWith("get")
                || method.startsWith("is")
                || method.equals("findColumn")
                || method.equals("wasNull");
    }

    @ParameterizedTest(name = "server: {0}, {1}")
    @MethodSource("cases")
    void everyMethodAnswersAlike(boolean remote, String type) throws Exception {
        try (Connection connection = connect(remote);
                Connection home = connect(remote);
                PreparedStatement statement = connection.prepareStatement(query(type))) {
            SessionState state = PROFILE.probe(connection);
            List<JdbcCalls.Call> calls = JdbcCalls.of(ResultSet.class, List.of("v", "none"), List.of(1, 3));
            observe(pair(statement, home, state), calls);
            for (JdbcCalls.Call call : calls) {
                // What moves a result set, or refuses to, does not look at the type.
                if (type.equals("INTEGER") && !isObserver(call.method().getName())) {
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
            if (array && row > 0) {
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
                                            .matches("get(FetchSize|FetchDirection|Warnings|Statement|MetaData|Type"
                                                    + "|Concurrency|Holdability|CursorName|String)"))
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
        assertThat(List.of(pair.replayed.isClosed(), pair.live.isClosed())).containsExactly(true, true);
    }

    @Test
    void largeObjectsJavaObjectsAndResultsThatAreNotAllThereAreNotCaptured() throws SQLException {
        try (Connection local = connect(false);
                Connection remote = connect(true)) {
            assertRefused(local, "SELECT CAST('text' AS CLOB)");
            assertRefused(local, "SELECT CAST(X'01' AS BLOB)");
            assertRefused(local, "SELECT CAST(X'aced0005740001' AS JAVA_OBJECT)");
            assertRefused(local, "SELECT ARRAY[CAST('text' AS CLOB)]");
            assertRefused(local, "SELECT ROW(CAST('text' AS CLOB), 1)");
            assertRefused(remote, "SELECT X FROM SYSTEM_RANGE(1, 1000)");
            try (Statement statement = local.createStatement()) {
                statement.execute("SET LAZY_QUERY_EXECUTION 1");
            }
            assertRefused(local, "SELECT X FROM SYSTEM_RANGE(1, 10)");
        }
    }

    @Test
    void aResultOfAPortionIsCapturedOverAServer() throws SQLException {
        try (Connection remote = connect(true);
                Statement statement = remote.createStatement()) {
            statement.setFetchSize(2000);
            ResultSet rows = statement.executeQuery("SELECT X FROM SYSTEM_RANGE(1, 1000)");
            assertThat(PROFILE.capture(rows, Limits.DEFAULT, true)).isInstanceOf(Capture.Captured.class);
            assertThat(rows.next()).isTrue();
            assertThat(PROFILE.capture(rows, Limits.DEFAULT, true))
                    .as("a result that has been read from")
                    .isInstanceOf(Capture.Refused.class);
        }
    }

    @Test
    void whatIsLargerThanTheLimitsIsNotCaptured() throws SQLException {
        try (Connection local = connect(false);
                Statement statement = local.createStatement()) {
            ResultSet rows = statement.executeQuery("SELECT X FROM SYSTEM_RANGE(1, 1000)");
            assertThat(PROFILE.capture(rows, new Limits(999, 1 << 20), true)).isInstanceOf(Capture.Refused.class);
            assertThat(PROFILE.capture(rows, new Limits(1000, 1000), true)).isInstanceOf(Capture.Refused.class);
            assertThat(PROFILE.capture(rows, new Limits(1000, 1 << 20), true)).isInstanceOf(Capture.Captured.class);
        }
    }

    private static void assertRefused(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(PROFILE.capture(rows, Limits.DEFAULT, true)).as(sql).isInstanceOf(Capture.Refused.class);
        }
    }
}
