package dev.staleless.jdbc.result.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.staleless.core.query.CachedRows;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.ColumnType.Equality;
import dev.staleless.core.value.ColumnType.Kind;
import dev.staleless.core.value.Parameters;
import dev.staleless.core.value.Values;
import dev.staleless.jdbc.driver.Capture;
import dev.staleless.jdbc.policy.Limits;
import dev.staleless.testkit.server.MariaDbServer;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is known of captured values, by text and by binary transfer, in the canonical form of the column's type. */
class MariaDbRowsTest {

    private static final String DATABASE = "known_rows";

    /** A column's type, the kind it has here, a value as SQL, and its canonical form; opaque where it is not known. */
    private record Case(
            String type, Kind kind, String sql, @Nullable Object expected) {}

    private static final List<Case> CASES = List.of(
            new Case("tinyint", Kind.INTEGER, "-7", -7L),
            new Case("tinyint unsigned", Kind.INTEGER, "200", 200L),
            new Case("smallint", Kind.INTEGER, "-300", -300L),
            new Case("mediumint unsigned", Kind.INTEGER, "16000000", 16_000_000L),
            new Case("mediumint", Kind.INTEGER, "-5", -5L),
            new Case("int zerofill", Kind.INTEGER, "42", 42L),
            new Case("bigint", Kind.INTEGER, "-900000000000000", -900000000000000L),
            new Case("bigint", Kind.INTEGER, "NULL", null),
            new Case("bigint unsigned", Kind.INTEGER, "18446744073709551615", Parameters.OPAQUE),
            new Case("boolean", Kind.BOOLEAN, "true", true),
            new Case("tinyint", Kind.BOOLEAN, "2", Parameters.OPAQUE),
            new Case("bit(1)", Kind.INTEGER, "b'1'", 1L),
            new Case("bit(12)", Kind.INTEGER, "b'100000001'", Parameters.OPAQUE),
            new Case("decimal(10,2)", Kind.DECIMAL, "-12.5", new BigDecimal("-12.5")),
            new Case("decimal(10,2)", Kind.DECIMAL, "1000", new BigDecimal("1E+3")),
            new Case("float", Kind.FLOAT, "1.5", Parameters.OPAQUE),
            new Case("double", Kind.FLOAT, "1.5", Parameters.OPAQUE),
            new Case("year", Kind.INTEGER, "2024", Parameters.OPAQUE),
            new Case("varchar(20) COLLATE utf8mb4_nopad_bin", Kind.TEXT, "'ä€😀 '", "ä€😀 "),
            new Case("text COLLATE utf8mb4_general_ci", Kind.TEXT, "''", ""),
            new Case("varchar(20) COLLATE utf8mb4_bin", Kind.FIXED_TEXT, "'a '", Parameters.OPAQUE),
            new Case("char(5) COLLATE utf8mb4_bin", Kind.FIXED_TEXT, "'a '", "a"),
            new Case("varbinary(9)", Kind.BYTES, "X'00ff'", ByteBuffer.wrap(new byte[] {0, (byte) 0xff})),
            new Case("blob", Kind.BYTES, "X'20'", ByteBuffer.wrap(new byte[] {32})),
            new Case("date", Kind.DATE, "'2024-02-29'", LocalDate.of(2024, 2, 29)),
            new Case("date", Kind.DATE, "'0000-00-00'", Parameters.OPAQUE),
            new Case("date", Kind.DATE, "'2024-00-10'", Parameters.OPAQUE),
            new Case("time(2)", Kind.TIME, "'23:59:58.25'", LocalTime.of(23, 59, 58, 250_000_000)),
            new Case("time", Kind.TIME, "'00:00:00'", LocalTime.MIDNIGHT),
            new Case("time", Kind.TIME, "'-01:00:00'", Parameters.OPAQUE),
            new Case("time", Kind.TIME, "'25:00:00'", Parameters.OPAQUE),
            new Case("datetime", Kind.TIMESTAMP, "'2024-02-29 00:00:00'", LocalDateTime.of(2024, 2, 29, 0, 0)),
            new Case(
                    "datetime(6)",
                    Kind.TIMESTAMP,
                    "'1969-07-20 20:17:40.123456'",
                    LocalDateTime.of(1969, 7, 20, 20, 17, 40, 123_456_000)),
            new Case("datetime(3)", Kind.TIMESTAMP, "'2024-02-29 01:02:03'", LocalDateTime.of(2024, 2, 29, 1, 2, 3)),
            new Case("datetime", Kind.TIMESTAMP, "'0000-00-00 00:00:00'", Parameters.OPAQUE),
            new Case("timestamp NULL", Kind.TIMESTAMP_TZ, "'2024-02-29 00:00:00'", Parameters.OPAQUE),
            new Case(
                    "uuid",
                    Kind.UUID,
                    "'0A3B1C2D-0000-4000-8000-00000000000F'",
                    UUID.fromString("0a3b1c2d-0000-4000-8000-00000000000f")),
            new Case("enum('a','b')", Kind.OTHER, "'b'", Parameters.OPAQUE),
            new Case("json", Kind.OTHER, "'{}'", Parameters.OPAQUE));

    @BeforeAll
    static void createTable() throws SQLException {
        assumeTrue(MariaDbServer.isSupported(), "the binaries are for Linux on x86-64");
        StringBuilder table = new StringBuilder("CREATE TABLE " + DATABASE + ".t (id int");
        StringBuilder row = new StringBuilder("INSERT INTO " + DATABASE + ".t VALUES (1");
        for (int i = 0; i < CASES.size(); i++) {
            table.append(", c").append(i).append(' ').append(CASES.get(i).type());
            row.append(", ").append(CASES.get(i).sql());
        }
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE DATABASE " + DATABASE);
            statement.execute("SET sql_mode = 'ALLOW_INVALID_DATES'");
            statement.execute(table.append(')').toString());
            statement.execute(row.append(')').toString());
        }
    }

    @AfterAll
    static void dropTable() throws SQLException {
        if (MariaDbServer.isSupported()) {
            try (Connection connection = connect("");
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP DATABASE " + DATABASE);
            }
        }
    }

    private static Connection connect(String options) throws SQLException {
        return DriverManager.getConnection(MariaDbServer.shared().jdbcUrl() + options);
    }

    @Test
    void aValueIsKnownAsWhatItIs() throws Exception {
        for (boolean binary : new boolean[] {false, true}) {
            CachedRows rows = MariaDbRows.of(captured(binary));
            assertThat(rows).isNotNull();
            assertThat(rows.size()).isEqualTo(1);
            assertThat(rows.columns()).isEqualTo(CASES.size() + 1);
            assertThat(rows.value(0, 0)).isEqualTo(1L);
            for (int i = 0; i < CASES.size(); i++) {
                assertThat(canonical(CASES.get(i).kind(), rows.value(0, i + 1)))
                        .as(CASES.get(i) + (binary ? " in binary" : " as text"))
                        .isEqualTo(CASES.get(i).expected());
            }
        }
    }

    private static @Nullable Object canonical(Kind kind, @Nullable Object value) {
        if (value == null || value == Parameters.OPAQUE) {
            return value;
        }
        Object canonical = Values.canonical(new ColumnType(kind, -1, -1, Equality.EXACT), value);
        return canonical == null ? Parameters.OPAQUE : canonical;
    }

    @Test
    void textInACharacterSetThatCannotShowAllIsNotKnown() throws Exception {
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            statement.execute("SET character_set_results = utf8mb3");
            try (ResultSet live = statement.executeQuery("SELECT 'a', '😀', 3")) {
                Capture capture = MariaDbProfile.create().capture(live, Limits.DEFAULT, true);
                CachedRows rows = MariaDbRows.of(((Capture.Captured) capture).rows());
                assertThat(rows).isNotNull();
                assertThat(rows.value(0, 0)).isEqualTo(Parameters.OPAQUE);
                assertThat(rows.value(0, 1)).isEqualTo(Parameters.OPAQUE);
                assertThat(rows.value(0, 2)).isEqualTo(3L);
            }
        }
    }

    @Test
    void bytesThatAreNoResultAreNotKnown() throws Exception {
        assertThat(MariaDbProfile.create().cachedRows(new byte[] {9, 9, 9})).isNull();
    }

    /** Whatever a packet says of its lengths, nothing outside of it is read. */
    @Test
    void rowsThatAreCutOrDamagedAreNoError() throws Exception {
        Random random = new Random(7);
        for (boolean binary : new boolean[] {false, true}) {
            ResultCodec.Captured whole = ResultCodec.decode(captured(binary));
            assertThat(whole).isNotNull();
            byte[] row = whole.rows().get(0);
            List<byte[]> damaged = new ArrayList<>();
            for (int length = 1; length < row.length; length++) {
                damaged.add(Arrays.copyOf(row, length));
                byte[] other = row.clone();
                other[length] = (byte) random.nextInt();
                damaged.add(other);
            }
            List<ColumnPacket> columns =
                    whole.columns().stream().map(ColumnPacket::of).toList();
            CachedRows rows = new MariaDbRows(binary, columns, damaged);
            for (int i = 0; i < damaged.size(); i++) {
                for (int column = 0; column < columns.size(); column++) {
                    rows.value(i, column);
                }
            }
        }
    }

    private static byte[] captured(boolean binary) throws SQLException, ReflectiveOperationException {
        try (Connection connection = connect("&useServerPrepStmts=" + binary);
                PreparedStatement statement = connection.prepareStatement("SELECT * FROM " + DATABASE + ".t");
                ResultSet live = statement.executeQuery()) {
            Capture capture = MariaDbProfile.create().capture(live, Limits.DEFAULT, true);
            assertThat(capture).isInstanceOf(Capture.Captured.class);
            return ((Capture.Captured) capture).rows();
        }
    }
}
