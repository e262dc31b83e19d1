package dev.staleless.jdbc.result.h2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.staleless.core.query.CachedRows;
import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.ColumnType.Equality;
import dev.staleless.core.value.ColumnType.Kind;
import dev.staleless.core.value.Parameters;
import dev.staleless.core.value.Values;
import dev.staleless.jdbc.driver.Capture;
import dev.staleless.jdbc.policy.Limits;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
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

/** What is known of captured values, in the canonical form of the column's type. */
class H2RowsTest {

    /** A value as SQL, the kind of its column, and its canonical form; null for NULL, opaque where it is not known. */
    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("TRUE", Kind.BOOLEAN, true),
                Arguments.of("CAST(-7 AS TINYINT)", Kind.INTEGER, -7L),
                Arguments.of("CAST(300 AS SMALLINT)", Kind.INTEGER, 300L),
                Arguments.of("-70000", Kind.INTEGER, -70000L),
                Arguments.of("9223372036854775807", Kind.INTEGER, Long.MAX_VALUE),
                Arguments.of("CAST(NULL AS INT)", Kind.INTEGER, null),
                Arguments.of("CAST(12.5 AS NUMERIC(10,2))", Kind.DECIMAL, new BigDecimal("12.5")),
                Arguments.of("CAST(1000 AS NUMERIC(10,2))", Kind.DECIMAL, new BigDecimal("1E+3")),
                Arguments.of("CAST(1.5 AS DECFLOAT)", Kind.DECIMAL, Parameters.OPAQUE),
                Arguments.of("CAST(1.5 AS REAL)", Kind.FLOAT, Parameters.OPAQUE),
                Arguments.of("CAST(-0.0 AS DOUBLE PRECISION)", Kind.FLOAT, Parameters.OPAQUE),
                Arguments.of("'\u00e4\u20ac\uD83D\uDE00 '", Kind.TEXT, "\u00e4\u20ac\uD83D\uDE00 "),
                Arguments.of("CAST('ab' AS CHAR(5))", Kind.FIXED_TEXT, Parameters.OPAQUE),
                Arguments.of("CAST('Ab' AS VARCHAR_IGNORECASE)", Kind.TEXT, Parameters.OPAQUE),
                Arguments.of("X'00ff'", Kind.BYTES, ByteBuffer.wrap(new byte[] {0, (byte) 0xff})),
                Arguments.of("CAST(X'00ff' AS BINARY(3))", Kind.BYTES, Parameters.OPAQUE),
                Arguments.of("DATE '2024-02-29'", Kind.DATE, LocalDate.of(2024, 2, 29)),
                Arguments.of("DATE '-0044-03-15'", Kind.DATE, Parameters.OPAQUE),
                Arguments.of("TIME '23:59:58.25'", Kind.TIME, LocalTime.of(23, 59, 58, 250_000_000)),
                Arguments.of("TIME WITH TIME ZONE '23:59:58+01'", Kind.TIME, Parameters.OPAQUE),
                Arguments.of(
                        "TIMESTAMP '1969-07-20 20:17:40.123456'",
                        Kind.TIMESTAMP,
                        LocalDateTime.of(1969, 7, 20, 20, 17, 40, 123_456_000)),
                Arguments.of(
                        "TIMESTAMP WITH TIME ZONE '2024-06-01 12:00:00+05:30'",
                        Kind.TIMESTAMP_TZ,
                        Instant.parse("2024-06-01T06:30:00Z")),
                Arguments.of(
                        "UUID '0a3b1c2d-0000-4000-8000-00000000000f'",
                        Kind.UUID,
                        UUID.fromString("0a3b1c2d-0000-4000-8000-00000000000f")),
                Arguments.of("INTERVAL '1' DAY", Kind.OTHER, Parameters.OPAQUE),
                Arguments.of("ARRAY[1, 2]", Kind.OTHER, Parameters.OPAQUE));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueIsKnownAsWhatItIs(String sql, Kind kind, @Nullable Object expected) throws Exception {
        var profile = H2Profile.create();
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
                Statement statement = connection.createStatement();
                ResultSet live = statement.executeQuery("SELECT 1, " + sql)) {
            Capture capture = profile.capture(live, Limits.DEFAULT, true);
            CachedRows rows = profile.cachedRows(((Capture.Captured) capture).rows());
            assertThat(rows).isNotNull();
            assertThat(rows.size()).isEqualTo(1);
            assertThat(rows.columns()).isEqualTo(2);
            assertThat(rows.value(0, 0)).isEqualTo(1L);
            assertThat(canonical(kind, rows.value(0, 1))).isEqualTo(expected);
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
    void bytesThatAreNoResultAreNotKnown() throws Exception {
        assertThat(H2Profile.create().cachedRows(new byte[] {9, 9, 9})).isNull();
    }
}
