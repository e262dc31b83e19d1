package dev.staleless.jdbc.result.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.staleless.jdbc.driver.Capture;
import dev.staleless.jdbc.driver.DriverProfile;
import dev.staleless.jdbc.driver.Replay;
import dev.staleless.jdbc.driver.ResultSettings;
import dev.staleless.jdbc.driver.SessionState;
import dev.staleless.jdbc.policy.Limits;
import dev.staleless.jdbc.result.ReplayedResultSet;
import dev.staleless.jdbc.result.pgjdbc.JdbcCalls;
import dev.staleless.jdbc.result.pgjdbc.Observation;
import dev.staleless.testkit.server.MariaDbServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method of a replayed result set and of its metadata answers as the live one's, for every type of column. */
class MariaDbReplayEqualsLiveTest {
    private static final String DATABASE =
            "replay" + UUID.randomUUID().toString().replace("-", "");

    /** Definitions of a column, each with literals that it stores. */
    private static final Map<String, List<String>> TYPES = new TreeMap<>(Map.ofEntries(
            Map.entry("tinyint", List.of("0", "1", "-128", "127")),
            Map.entry("tinyint(1)", List.of("0", "1")),
            Map.entry("tinyint unsigned", List.of("0", "255")),
            Map.entry("smallint", List.of("-32768", "7")),
            Map.entry("mediumint unsigned", List.of("16777215")),
            Map.entry("int", List.of("-2147483648", "0", "42")),
            Map.entry("int(6) zerofill", List.of("42")),
            Map.entry("bigint", List.of("-9223372036854775808", "1")),
            Map.entry("bigint unsigned", List.of("18446744073709551615")),
            Map.entry("decimal(20,4)", List.of("-1.5", "0", "1234567890123456.7891")),
            Map.entry("float", List.of("0.1", "-1e20")),
            Map.entry("double", List.of("0.1", "1e300")),
            Map.entry("bit(1)", List.of("b'0'", "b'1'")),
            Map.entry("bit(20)", List.of("b'10101'")),
            Map.entry("char(5)", List.of("'a'", "''", "'ж€😀'")),
            Map.entry("varchar(50)", List.of("'text'", "'12'", "'2024-01-02'", "'true'", "''", "'ж€😀'")),
            Map.entry("text", List.of("'text'", "' '")),
            Map.entry("varchar(50) collate utf8mb4_bin", List.of("'Text '")),
            Map.entry("varchar(20) character set latin1", List.of("'é'")),
            Map.entry("binary(4)", List.of("x'01ff'")),
            Map.entry("varbinary(10)", List.of("x'01ff'", "''")),
            Map.entry("blob", List.of("x'00010203'")),
            Map.entry("date", List.of("'2024-02-29'", "'1000-01-01'")),
            Map.entry("time", List.of("'10:11:12'", "'-838:59:59'", "'100:00:00'")),
            Map.entry("time(6)", List.of("'10:11:12.123456'")),
            Map.entry("datetime", List.of("'2024-02-29 10:11:12'", "'9999-12-31 23:59:59'")),
            Map.entry("datetime(6)", List.of("'2024-02-29 10:11:12.123456'")),
            Map.entry("timestamp(3) null", List.of("'2024-02-29 10:11:12.123'")),
            Map.entry("year", List.of("2024", "1901")),
            Map.entry("enum('a','b')", List.of("'a'", "'b'")),
            Map.entry("set('a','b')", List.of("'a,b'", "''")),
            Map.entry("json", List.of("'{\"a\": [1, 2]}'")),
            Map.entry("uuid", List.of("'123e4567-e89b-12d3-a456-426614174000'")),
            Map.entry("inet4", List.of("'127.0.0.1'")),
            Map.entry("inet6", List.of("'::1'")),
            Map.entry("point", List.of("point(1, 2)"))));

    private static final DriverProfile PROFILE = profile();

    private static DriverProfile profile() {
        try {
            return MariaDbProfile.create();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @BeforeAll
    static void createTables() throws SQLException {
        assumeTrue(MariaDbServer.isSupported(), "the binaries are for Linux on x86-64");
        try (Connection connection =
                        DriverManager.getConnection(MariaDbServer.shared().jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE + " CHARACTER SET utf8mb4");
            statement.execute("USE " + DATABASE);
            for (Map.Entry<String, List<String>> type : TYPES.entrySet()) {
                statement.execute(
                        "CREATE TABLE " + table(type.getKey()) + " (v " + type.getKey() + ", id int PRIMARY KEY)");
                int id = 1;
                for (String value : type.getValue()) {
                    statement.execute("INSERT INTO " + table(type.getKey()) + " VALUES (" + value + ", " + id++ + ")");
                }
                statement.execute("INSERT INTO " + table(type.getKey()) + " VALUES (NULL, " + id + ")");
            }
        }
    }

    @AfterAll
    static void dropDatabase() throws SQLException {
        if (MariaDbServer.isSupported()) {
            try (Connection connection =
                            DriverManager.getConnection(MariaDbServer.shared().jdbcUrl());
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP DATABASE " + DATABASE);
            }
        }
    }

    private static String table(String type) {
        return "`t " + type + "`";
    }

    /** Text and binary transfer, and options that change how values are read. */
    static Stream<Arguments> cases() {
        return Stream.of(
                        "",
                        "&useServerPrepStmts=true",
                        "&tinyInt1isBit=false&yearIsDateType=false&useServerPrepStmts=true",
                        "&connectionTimeZone=Asia/Kathmandu&preserveInstants=true&forceConnectionTimeZoneToSession=false")
                .flatMap(options -> TYPES.keySet().stream()
                        .filter(type -> !options.contains("=false") || type.matches("(tinyint|year|date|time|bit).*"))
                        .map(type -> Arguments.of(options, type)));
    }

    private record Pair(ResultSet live, ResultSet replayed) {
        void compare(JdbcCalls.Call call, String where) throws Exception {
            Observation expected = Observation.of(call.method(), live, call.arguments());
            Observation actual = Observation.of(call.method(), replayed, call.arguments());
            assertThat(plain(actual)).as("%s %s", call, where).isEqualTo(plain(expected));
        }

        /** The driver's errors begin with the id of the connection, which a replayed result has none of. */
        private static String plain(Observation observation) {
            return observation.outcome().replaceAll("\\(conn=\\d+\\) ", "");
        }
    }

    private static Connection connect(String options) throws SQLException {
        return DriverManager.getConnection(MariaDbServer.shared().jdbcUrl(DATABASE) + options);
    }

    private static Pair pair(PreparedStatement statement, SessionState state) throws SQLException {
        ResultSet live = statement.executeQuery();
        byte[] rows = ((Capture.Captured) PROFILE.capture(live, Limits.DEFAULT, true)).rows();
        ResultSettings settings = new ResultSettings(
                statement.getResultSetHoldability(),
                statement.getMaxRows(),
                statement.getFetchSize(),
                statement.getFetchDirection());
        Replay replay = PROFILE.replay(rows, state.decoding(), settings);
        ResultSet replayed = new ReplayedResultSet(
                replay,
                () -> {
                    throw new AssertionError("a connection was borrowed");
                },
                statement,
                () -> {});
        return new Pair(live, replayed);
    }

    private static boolean isObserver(String method) {
        return method.startsWith("get") && !method.equals("getStatement") || method.equals("findColumn");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyMethodAnswersAlike(String options, String type) throws Exception {
        try (Connection connection = connect(options);
                PreparedStatement statement =
                        connection.prepareStatement("SELECT v, id FROM " + table(type) + " ORDER BY id")) {
            SessionState state = PROFILE.probe(connection);
            List<JdbcCalls.Call> calls = JdbcCalls.of(ResultSet.class, List.of("V", "none"), List.of(1, 3));
            observe(pair(statement, state), calls);
            for (JdbcCalls.Call call : calls) {
                // What moves a result set, or refuses to, does not look at the type.
                boolean moves = !isObserver(call.method().getName())
                        && !call.method().getName().startsWith("update")
                        && !call.method().getName().equals("getStatement");
                if (type.equals("int") && moves) {
                    disturb(pair(statement, state), call);
                }
            }
            describe(pair(statement, state));
        }
    }

    private static void observe(Pair pair, List<JdbcCalls.Call> calls) throws Exception {
        boolean more = true;
        for (int row = 0; more; row++) {
            for (JdbcCalls.Call call : calls) {
                if (isObserver(call.method().getName())
                        && !call.method().getName().equals("getMetaData")) {
                    pair.compare(call, "at row " + row);
                    assertThat(pair.replayed.wasNull())
                            .as("%s at row %s: wasNull", call, row)
                            .isEqualTo(pair.live.wasNull());
                }
            }
            more = pair.live.next();
            assertThat(pair.replayed.next()).isEqualTo(more);
        }
    }

    private static void disturb(Pair pair, JdbcCalls.Call disturbance) throws Exception {
        pair.live.next();
        pair.replayed.next();
        pair.compare(disturbance, "at row 1");
        for (int i = 0; i < 3; i++) {
            for (JdbcCalls.Call call : JdbcCalls.of(ResultSet.class, List.of("v"), List.of(1))) {
                String name = call.method().getName();
                boolean position = name.startsWith("is") && !name.equals("isWrapperFor")
                        || List.of("next", "getRow", "getString", "getFetchSize", "getWarnings")
                                .contains(name);
                if (position) {
                    pair.compare(call, "after " + disturbance);
                }
            }
        }
    }

    private static void describe(Pair pair) throws Exception {
        ResultSetMetaData live = pair.live.getMetaData();
        ResultSetMetaData replayed = pair.replayed.getMetaData();
        for (JdbcCalls.Call call : JdbcCalls.of(ResultSetMetaData.class, List.of(), List.of(1, 2, 0, 3))) {
            assertThat(Pair.plain(Observation.of(call.method(), replayed, call.arguments())))
                    .as(call.toString())
                    .isEqualTo(Pair.plain(Observation.of(call.method(), live, call.arguments())));
        }
        pair.live.close();
        pair.replayed.close();
        assertThat(pair.replayed.isClosed()).isTrue();
    }

    @Test
    void damagedBytesAreNoResult() throws SQLException {
        long seed = Long.getLong("tests.seed", 20261124L);
        Random random = new Random(seed);
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            SessionState state = PROFILE.probe(connection);
            ResultSet live = statement.executeQuery("SELECT id, v FROM " + table("varchar(50)"));
            byte[] rows = ((Capture.Captured) PROFILE.capture(live, Limits.DEFAULT, true)).rows();
            for (int i = 0; i < 2_000; i++) {
                byte[] damaged = java.util.Arrays.copyOf(rows, rows.length - (i % 5 == 0 ? 1 + random.nextInt(9) : 0));
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                Replay replay =
                        PROFILE.replay(damaged, state.decoding(), new ResultSettings(1, 0, 0, ResultSet.FETCH_FORWARD));
                // Values may differ, which the entry's own check would have found; nothing else may come of it.
                assertThat(replay == null || replay.detached() != null)
                        .as("seed %s, round %s", seed, i)
                        .isTrue();
            }
        }
    }

    @Test
    void aStreamedResultIsNotCaptured() throws SQLException {
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            statement.setFetchSize(1);
            ResultSet live = statement.executeQuery("SELECT id FROM " + table("int"));
            assertThat(PROFILE.capture(live, Limits.DEFAULT, true)).isInstanceOf(Capture.Refused.class);
            int rows = 0;
            while (live.next()) {
                rows++;
            }
            assertThat(rows).isEqualTo(4);
            assertThat(PROFILE.capture(
                            connection.createStatement().executeQuery("SELECT id FROM " + table("int")),
                            new Limits(2, 1000),
                            true))
                    .isInstanceOf(Capture.Refused.class);
        }
    }
}
