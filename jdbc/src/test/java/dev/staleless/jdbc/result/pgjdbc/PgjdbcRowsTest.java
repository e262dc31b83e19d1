package dev.staleless.jdbc.result.pgjdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.query.CachedRows;
import dev.staleless.core.value.AbstractValue;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.ColumnType.Equality;
import dev.staleless.core.value.ColumnType.Kind;
import dev.staleless.core.value.Parameters;
import dev.staleless.core.value.Values;
import dev.staleless.jdbc.driver.Capture;
import dev.staleless.jdbc.policy.Limits;
import dev.staleless.testkit.server.PostgresServer;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is known of captured values, by text and by binary transfer, in the canonical form of the column's type. */
class PgjdbcRowsTest {

    /** A value as SQL, the kind of its column, and its canonical form; null for NULL, opaque where it is not known. */
    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("true", Kind.BOOLEAN, true),
                Arguments.of("7::int2", Kind.INTEGER, 7L),
                Arguments.of("-70000", Kind.INTEGER, -70000L),
                Arguments.of("900000000000000000::int8", Kind.INTEGER, 900000000000000000L),
                Arguments.of("null::int", Kind.INTEGER, null),
                Arguments.of("12.50::numeric(10,2)", Kind.DECIMAL, new BigDecimal("12.5")),
                Arguments.of("-0.001::numeric", Kind.DECIMAL, new BigDecimal("-0.001")),
                Arguments.of("'NaN'::numeric", Kind.DECIMAL, Parameters.OPAQUE),
                Arguments.of("'ä\u20ac\uD83D\uDE00'::text", Kind.TEXT, "ä\u20ac\uD83D\uDE00"),
                Arguments.of("''::varchar(3)", Kind.TEXT, ""),
                Arguments.of("'ab '::char(5)", Kind.FIXED_TEXT, "ab"),
                Arguments.of("'2024-02-29'::date", Kind.DATE, LocalDate.of(2024, 2, 29)),
                Arguments.of("'1999-12-31'::date", Kind.DATE, LocalDate.of(1999, 12, 31)),
                Arguments.of("'infinity'::date", Kind.DATE, Parameters.OPAQUE),
                Arguments.of("'0044-03-15 BC'::date", Kind.DATE, Parameters.OPAQUE),
                Arguments.of("'23:59:58.25'::time", Kind.TIME, LocalTime.of(23, 59, 58, 250_000_000)),
                Arguments.of("'24:00'::time", Kind.TIME, Parameters.OPAQUE),
                Arguments.of(
                        "'1969-07-20 20:17:40.123456'::timestamp",
                        Kind.TIMESTAMP,
                        LocalDateTime.of(1969, 7, 20, 20, 17, 40, 123_456_000)),
                Arguments.of("'-infinity'::timestamp", Kind.TIMESTAMP, Parameters.OPAQUE),
                Arguments.of(
                        "'2024-06-01 12:00:00+05:30'::timestamptz",
                        Kind.TIMESTAMP_TZ,
                        Instant.parse("2024-06-01T06:30:00Z")),
                Arguments.of("'infinity'::timestamptz", Kind.TIMESTAMP_TZ, Parameters.OPAQUE),
                Arguments.of(
                        "'0a3b1c2d-0000-4000-8000-00000000000f'::uuid",
                        Kind.UUID,
                        UUID.fromString("0a3b1c2d-0000-4000-8000-00000000000f")),
                Arguments.of("'[1,2)'::int4range", Kind.OTHER, Parameters.OPAQUE));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueIsKnownAsWhatItIs(String sql, Kind kind, @Nullable Object expected) throws Exception {
        ColumnType type = new ColumnType(kind, -1, -1, Equality.EXACT);
        for (boolean binary : new boolean[] {false, true}) {
            CachedRows rows = rows("SELECT 1, " + sql, binary);
            assertThat(rows.size()).isEqualTo(1);
            assertThat(rows.columns()).isEqualTo(2);
            Object value = rows.value(0, 1);
            Object canonical = value == null || value == Parameters.OPAQUE ? value : Values.canonical(type, value);
            assertThat(canonical == null && value != null ? Parameters.OPAQUE : canonical)
                    .as(sql + (binary ? " in binary" : " as text"))
                    .isEqualTo(expected);
        }
    }

    @Test
    void bytesAreKnownWhereTheyAreSentAsTheyAre() throws Exception {
        assertThat(rows("SELECT '\\x00ff'::bytea", true).value(0, 0))
                .isEqualTo(ByteBuffer.wrap(new byte[] {0, (byte) 0xff}));
    }

    @Test
    void aDateInAnotherNotationIsNotTakenForAnotherDay() throws Exception {
        Object value = KnownValue.ofText(org.postgresql.core.Oid.DATE, "01/02/2020".getBytes("US-ASCII"));
        ColumnType date = new ColumnType(Kind.DATE, -1, -1, Equality.EXACT);
        assertThat(value == null ? Parameters.OPAQUE : Values.constant(date, value))
                .isEqualTo(Parameters.OPAQUE);
        assertThat(Values.store(date, value)).isEqualTo(AbstractValue.UNKNOWN);
    }

    @Test
    void bytesThatAreNoResultAreNotKnown() throws Exception {
        assertThat(PgjdbcProfile.create().cachedRows(new byte[] {9, 9, 9})).isNull();
    }

    private static CachedRows rows(String sql, boolean binary) throws SQLException, ReflectiveOperationException {
        var profile = PgjdbcProfile.create();
        String url = PostgresServer.shared().jdbcUrl();
        String transfer = binary ? "&prepareThreshold=-1&binaryTransfer=true" : "&binaryTransfer=false";
        try (Connection connection = DriverManager.getConnection(url + transfer);
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet live = statement.executeQuery()) {
            Capture capture = profile.capture(live, Limits.DEFAULT, true);
            assertThat(capture).isInstanceOf(Capture.Captured.class);
            CachedRows rows = profile.cachedRows(((Capture.Captured) capture).rows());
            assertThat(rows).isNotNull();
            return rows;
        }
    }
}
