package dev.staleless.jdbc.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.catalog.Column;
import dev.staleless.core.catalog.Table;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.Parameters;
import dev.staleless.core.value.Relation;
import dev.staleless.core.value.Values;
import dev.staleless.jdbc.database.Database;
import dev.staleless.testkit.server.MariaDbServer;
import dev.staleless.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every value of a table of them, stored in a column of every type, is compared with every other, bound and stored, by the
 * database itself: what it finds was thought possible, by the type that the catalog tells. Some thousand pairs a type.
 */
class ValuesOnDatabasesTest {

    /** How much of what the database finds must have been known for sure, of the texts whose collation is known. */
    private static final double SHARP = 0.35;

    private static final List<Object> TEXTS = List.of(
            "",
            " ",
            "a",
            "A",
            "b",
            "B",
            "ab",
            "aB",
            "AB",
            "a b",
            "A-B",
            "a_b",
            "a ",
            "a  ",
            " a",
            "ä",
            "Ä",
            "á",
            "a\u0301",
            "æ",
            "ae",
            "ß",
            "ss",
            "SS",
            "ſ",
            "s",
            "k",
            "\u212A",
            "ı",
            "i",
            "I",
            "İ",
            "1",
            "01",
            "1.0",
            "10",
            "2",
            "a1",
            "a\tb",
            "a\u0001b",
            "ab\n",
            "\uFF21",
            "日本",
            "\uD83D\uDE00",
            "\uD83D\uDE01",
            "dž",
            "Dž",
            "ǆ",
            "ch",
            "cz",
            "ll",
            "lz",
            "v",
            "w",
            "y",
            "ü",
            "~",
            "^",
            "[",
            "{",
            "zzzz");

    private static final List<Object> NUMBERS = List.of(
            0L,
            1L,
            -1L,
            2L,
            10L,
            99L,
            100L,
            127L,
            128L,
            255L,
            256L,
            32_767L,
            32_768L,
            65_536L,
            9_007_199_254_740_992L,
            9_007_199_254_740_993L,
            Long.MAX_VALUE,
            new java.math.BigDecimal("0.5"),
            new java.math.BigDecimal("1.0"),
            new java.math.BigDecimal("1.5"),
            new java.math.BigDecimal("1.50"),
            new java.math.BigDecimal("2.5"),
            new java.math.BigDecimal("1.005"),
            new java.math.BigDecimal("99.99"),
            new java.math.BigDecimal("99.999"),
            new java.math.BigDecimal("0.1"),
            new java.math.BigDecimal("1e2"),
            "1",
            "01",
            "1.0",
            "1.5",
            "-1",
            "abc",
            "");

    private static final List<Object> TIMES = List.of(
            java.time.LocalDate.parse("2024-02-28"),
            java.time.LocalDate.parse("2024-02-29"),
            java.time.LocalDateTime.parse("2024-02-29T00:00:00"),
            java.time.LocalDateTime.parse("2024-02-29T12:30:00.4"),
            java.time.LocalDateTime.parse("2024-02-29T12:30:00.5"),
            java.time.LocalDateTime.parse("2024-02-29T12:30:00.123456"),
            java.time.LocalTime.parse("12:30:00"),
            java.time.LocalTime.parse("12:30:00.5"),
            java.time.LocalTime.parse("00:00:00"),
            "2024-02-29",
            "2024-2-29",
            "20240229",
            "2024-02-29 12:30:00",
            "2024-02-29T12:30:00",
            "12:30:00",
            "12:30",
            "x");

    private static final List<Object> OTHERS = List.of(
            java.util.UUID.fromString("00000000-0000-1234-0000-000000000001"),
            "00000000-0000-1234-0000-000000000001",
            "00000000-0000-1234-0000-00000000000a",
            "00000000-0000-1234-0000-00000000000A",
            true,
            false,
            0L,
            1L,
            "true",
            "sad",
            "ok",
            "OK",
            "1",
            "{\"k\": 1}",
            "{\"k\":1}",
            "[]",
            "127.0.0.1",
            "127.0.0.1/32",
            "::1",
            "0:0:0:0:0:0:0:1");

    /** A column's type as it is declared, and what is stored in it and compared with it. */
    private record Declared(String sql, List<Object> values) {}

    private interface Opening {
        Connection open() throws SQLException;
    }

    @TestFactory
    Stream<DynamicTest> whatMariaDbFindsWasThoughtPossible() throws SQLException {
        if (!MariaDbServer.isSupported()) {
            return Stream.of();
        }
        MariaDbServer server = MariaDbServer.shared();
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE DATABASE compared");
        }
        List<Declared> types = new ArrayList<>();
        for (String collation : List.of(
                "general_ci",
                "general_nopad_ci",
                "unicode_ci",
                "unicode_nopad_ci",
                "unicode_520_ci",
                "unicode_520_nopad_ci",
                "uca1400_ai_ci",
                "uca1400_as_ci",
                "uca1400_ai_cs",
                "uca1400_nopad_ai_ci",
                "uca1400_nopad_as_ci",
                "swedish_ci",
                "german2_ci",
                "turkish_ci",
                "spanish2_ci",
                "croatian_ci",
                "roman_ci",
                "czech_ci",
                "bin",
                "nopad_bin")) {
            types.add(new Declared("varchar(20) character set utf8mb4 collate utf8mb4_" + collation, TEXTS));
        }
        add(
                types,
                TEXTS,
                "varchar(3)",
                "char(4)",
                "char(4) collate utf8mb4_bin",
                "text",
                "varchar(20) character set latin1");
        add(types, TEXTS, "varbinary(20)", "blob", "binary(4)");
        add(
                types,
                NUMBERS,
                "tinyint",
                "tinyint unsigned",
                "smallint",
                "int",
                "bigint",
                "bigint unsigned",
                "decimal(6,2)",
                "decimal(20)");
        add(types, NUMBERS, "float", "double", "bit(1)", "bit(8)", "year", "varchar(20)");
        add(
                types,
                TIMES,
                "date",
                "time",
                "time(6)",
                "datetime",
                "datetime(3)",
                "datetime(6)",
                "timestamp",
                "varchar(30)");
        add(types, OTHERS, "uuid", "boolean", "json", "inet6", "enum('sad', 'ok', 'happy')", "set('sad', 'ok')");
        return types.stream()
                .flatMap(type -> Stream.of("", "&useServerPrepStmts=true&x=")
                        .map(way -> test(
                                "MariaDB", type, () -> DriverManager.getConnection(server.jdbcUrl("compared") + way))));
    }

    /** What {@link ColumnType.Kind#FOLDED_TEXT} builds upon, for all characters, their pairs, and three letters in a row. */
    @TestFactory
    Stream<DynamicTest> collationsThatFoldTellPrintableAsciiApart() {
        if (!MariaDbServer.isSupported()) {
            return Stream.of();
        }
        return MariaDbTypes.FOLDING.stream()
                .sorted()
                .map(collation -> DynamicTest.dynamicTest(collation, () -> {
                    try (Connection connection = DriverManager.getConnection(
                                    MariaDbServer.shared().jdbcUrl());
                            Statement statement = connection.createStatement()) {
                        fold(statement, " COLLATE utf8mb4_" + collation);
                    }
                }));
    }

    private static void fold(Statement statement, String collate) throws SQLException {
        String printable = "(WITH RECURSIVE p (n) AS (SELECT 32 UNION ALL SELECT n + 1 FROM p WHERE n < 126)"
                + " SELECT char(n USING utf8mb4) c, n FROM p)";
        // 26 letters fewer; pairs that end with a space may be one with what has none
        assertThat(count(statement, "SELECT count(DISTINCT c" + collate + ") FROM " + printable + " x WHERE n > 32"))
                .isEqualTo(94 - 26);
        assertThat(count(
                        statement,
                        "SELECT count(DISTINCT concat(x.c, y.c)" + collate + ") FROM " + printable + " x, " + printable
                                + " y WHERE y.n > 32"))
                .isEqualTo((95 - 26) * (94 - 26));
        String letters = printable + " ";
        String lower = " WHERE x.n BETWEEN 97 AND 122 AND y.n BETWEEN 97 AND 122 AND z.n BETWEEN 97 AND 122";
        assertThat(count(
                        statement,
                        "SELECT count(DISTINCT concat(x.c, y.c, z.c)" + collate + ") FROM " + letters + "x, " + letters
                                + "y, " + letters + "z" + lower))
                .isEqualTo(26 * 26 * 26);
        // letters, digits and spaces between them are in the order of their characters
        String plain = "regexp '^[a-z0-9 ]*[a-z0-9]$' COLLATE utf8mb4_bin";
        String two = "(SELECT concat(x.c, y.c) s FROM " + printable + " x, " + printable + " y WHERE concat(x.c, y.c) "
                + plain + " UNION SELECT c FROM " + printable + " x WHERE c " + plain + ")";
        assertThat(count(
                        statement,
                        "SELECT count(*) FROM (SELECT row_number() OVER (ORDER BY s" + collate
                                + ") a, row_number() OVER (ORDER BY s COLLATE utf8mb4_bin) b FROM " + two
                                + " t) o WHERE a <> b"))
                .isZero();
    }

    private static long count(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @TestFactory
    Stream<DynamicTest> whatPostgresFindsWasThoughtPossible() {
        List<Declared> types = new ArrayList<>();
        add(types, TEXTS, "text", "text collate \"C\"", "text collate \"und-x-icu\"", "varchar(3)", "char(4)", "name");
        add(
                types,
                NUMBERS,
                "smallint",
                "int",
                "bigint",
                "numeric",
                "numeric(6,2)",
                "numeric(4,-1)",
                "real",
                "double precision",
                "money");
        add(types, TIMES, "date", "time", "time(0)", "timestamp", "timestamp(3)", "timestamptz", "interval");
        add(types, OTHERS, "uuid", "boolean", "jsonb", "inet", "cidr", "bytea");
        return types.stream()
                .map(type -> test(
                        "PostgreSQL",
                        type,
                        () -> DriverManager.getConnection(
                                PostgresServer.shared().jdbcUrl() + "&stringtype=unspecified")));
    }

    @TestFactory
    Stream<DynamicTest> whatH2FindsWasThoughtPossible() {
        List<Declared> types = new ArrayList<>();
        add(types, TEXTS, "varchar", "varchar(3)", "varchar_ignorecase", "varchar_ignorecase(3)", "char(4)", "clob");
        add(
                types,
                NUMBERS,
                "tinyint",
                "smallint",
                "int",
                "bigint",
                "numeric(6,2)",
                "numeric(40,10)",
                "decfloat",
                "real",
                "double precision");
        add(types, TIMES, "date", "time", "time(0)", "timestamp", "timestamp(0)", "timestamp with time zone");
        add(types, OTHERS, "uuid", "boolean", "json", "enum('sad', 'ok', 'happy')");
        return types.stream().map(type -> test("H2", type, () -> DriverManager.getConnection("jdbc:h2:mem:")));
    }

    private static void add(List<Declared> types, List<Object> values, String... declared) {
        for (String each : declared) {
            types.add(new Declared(each, values));
        }
    }

    private static DynamicTest test(String database, Declared declared, Opening opening) {
        return DynamicTest.dynamicTest(database + " " + declared.sql(), () -> {
            try (Connection connection = opening.open()) {
                new Comparing(connection, declared, opening).run();
            }
        });
    }

    /** The values of one type. */
    private static final class Comparing {
        private final Connection connection;
        private final Declared declared;
        private final ColumnType type;
        private final Map<Integer, Object> written = new TreeMap<>();
        private int found;
        private int sharp;

        Comparing(Connection connection, Declared declared, Opening opening) throws SQLException {
            this.connection = connection;
            this.declared = declared;
            try (Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE IF EXISTS compared_values");
                statement.execute("CREATE TABLE compared_values (i int PRIMARY KEY, v " + declared.sql() + ")");
                index(statement);
            }
            this.type = read(opening);
        }

        /** An index is searched for what a constant is converted to. */
        private void index(Statement statement) throws SQLException {
            boolean large = declared.sql().matches("(text|blob|json|clob|jsonb).*");
            if (!large || declared.sql().startsWith("text collate")) {
                statement.execute("CREATE INDEX compared_values_v ON compared_values (v)");
            }
        }

        private ColumnType read(Opening opening) throws SQLException {
            // a database in memory is that of its connection
            Opening same =
                    connection.getMetaData().getURL().startsWith("jdbc:h2") ? () -> unclosed(connection) : opening;
            Catalog catalog =
                    Database.of(connection).catalog(same::open, "staleless").current();
            Table table = catalog.tables().stream()
                    .filter(each -> each.name().name().equalsIgnoreCase("compared_values"))
                    .findFirst()
                    .orElseThrow();
            Column column = table.column("v") == null ? table.column("V") : table.column("v");
            return Objects.requireNonNull(column).type();
        }

        private static Connection unclosed(Connection connection) {
            return (Connection) java.lang.reflect.Proxy.newProxyInstance(
                    Connection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("close")) {
                            return null;
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (java.lang.reflect.InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        void run() throws SQLException {
            for (Object value : declared.values()) {
                int number = written.size();
                if (write(number, value)) {
                    written.put(number, value);
                }
            }
            for (Object value : declared.values()) {
                compareWith(value);
            }
            compareAmongThemselves();
            double share = found == 0 ? 0 : (double) sharp / found;
            System.out.printf("%s: %s, %,d pairs, %.0f %% sharp%n", declared.sql(), type, found, 100 * share);
            boolean text = declared.values() == TEXTS && type.kind().name().endsWith("TEXT");
            if (text && type.equality() != ColumnType.Equality.UNKNOWN) {
                assertThat(share).as("share of what was known").isGreaterThan(SHARP);
            }
        }

        private boolean write(int number, Object value) {
            String sql = "INSERT INTO compared_values VALUES (" + number + ", ?)";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setObject(1, value);
                statement.executeUpdate();
                return true;
            } catch (SQLException refused) {
                return false;
            }
        }

        private AbstractValue stored(int number) {
            return Values.store(type, Objects.requireNonNull(written.get(number)));
        }

        private void compareWith(Object value) {
            Object canonical = Values.constant(type, value);
            AbstractValue constant =
                    canonical == Parameters.OPAQUE ? AbstractValue.NOT_NULL : new AbstractValue.Exact(canonical);
            String sql = "SELECT i, v IS NULL, v = ?, v < ?, v > ? FROM compared_values";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 1; i <= 3; i++) {
                    statement.setObject(i, value);
                }
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        check(
                                stored(rows.getInt(1)),
                                constant,
                                outcome(rows, 2),
                                "stored " + written.get(rows.getInt(1)) + " (" + stored(rows.getInt(1))
                                        + "), compared with " + value);
                    }
                }
            } catch (SQLException refused) {
                return; // the types cannot be compared
            }
            sought(value, constant);
        }

        /** What a search finds, by an index where there is one. */
        private void sought(Object value, AbstractValue constant) {
            String sql = "SELECT i FROM compared_values WHERE v = ?";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setObject(1, value);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        int number = rows.getInt(1);
                        check(
                                stored(number),
                                constant,
                                Relation.EQUAL,
                                "found " + written.get(number) + " for " + value);
                        // and what a condition says of the row that it finds
                        check(
                                Values.related(type, Relation.EQUAL, value),
                                stored(number),
                                Relation.EQUAL,
                                "related " + value);
                    }
                }
            } catch (SQLException refused) {
                return; // as above
            }
        }

        private void compareAmongThemselves() throws SQLException {
            String sql = "SELECT a.i, a.v IS NULL OR b.v IS NULL, a.v = b.v, a.v < b.v, a.v > b.v, b.i"
                    + " FROM compared_values a, compared_values b";
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    int left = rows.getInt(1);
                    int right = rows.getInt(6);
                    int outcome = outcome(rows, 2);
                    String context = written.get(left) + " and " + written.get(right);
                    if (outcome != Relation.ONE_NULL) {
                        check(stored(left), stored(right), outcome, context);
                    }
                    if (outcome == Relation.EQUAL) {
                        meet(canonical(left), canonical(right), context);
                    }
                }
            } catch (SQLException incomparable) {
                assertThat(type.kind()).as(incomparable.toString()).isEqualTo(ColumnType.Kind.OTHER);
            }
        }

        private @Nullable Object canonical(int number) {
            return stored(number) instanceof AbstractValue.Exact exact && exact.value() != null
                    ? Values.canonical(type, exact.value())
                    : null;
        }

        private void meet(@Nullable Object left, @Nullable Object right, String context) {
            if (left != null && right != null) {
                assertThat(left.equals(right)).as(context).isTrue();
            }
        }

        private static int outcome(ResultSet rows, int first) throws SQLException {
            if (rows.getBoolean(first)) {
                return Relation.ONE_NULL;
            }
            return rows.getBoolean(first + 1)
                    ? Relation.EQUAL
                    : rows.getBoolean(first + 2) ? Relation.LESS : rows.getBoolean(first + 3) ? Relation.GREATER : 0;
        }

        private void check(AbstractValue left, AbstractValue right, int outcome, String context) {
            int possible = Relation.between(type, left, right);
            assertThat(outcome == 0 || (possible & outcome) != 0)
                    .as(declared.sql() + ": " + context + ": found " + outcome + ", thought possible " + possible)
                    .isTrue();
            found++;
            boolean different = possible == (Relation.LESS | Relation.GREATER);
            sharp += different || Integer.bitCount(possible) == 1 ? 1 : 0;
        }
    }
}
