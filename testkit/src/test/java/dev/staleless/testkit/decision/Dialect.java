package dev.staleless.testkit.decision;

import dev.staleless.core.value.ColumnType;
import dev.staleless.core.value.ColumnType.Equality;
import dev.staleless.core.value.ColumnType.Kind;
import dev.staleless.testkit.server.PostgresServer;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A database as the decision's tests use it: its column types, and how it writes literals. */
enum Dialect {
    POSTGRES {
        @Override
        Connection connect(String schema) throws SQLException {
            Connection connection =
                    DriverManager.getConnection(PostgresServer.shared().jdbcUrl());
            try (Statement statement = connection.createStatement()) {
                statement.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
                statement.execute("CREATE SCHEMA " + schema);
                statement.execute("SET search_path TO " + schema);
                statement.execute(
                        "CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
            }
            return connection;
        }

        @Override
        List<ColumnCase> columns() {
            return List.of(
                    new ColumnCase("bigint", type(Kind.INTEGER)),
                    new ColumnCase("smallint", type(Kind.INTEGER)),
                    new ColumnCase("numeric(6,2)", type(Kind.DECIMAL, 6, 2)),
                    new ColumnCase("numeric", type(Kind.DECIMAL)),
                    new ColumnCase("double precision", type(Kind.FLOAT)),
                    new ColumnCase("real", type(Kind.FLOAT)),
                    new ColumnCase("text COLLATE \"C\"", text(-1, Equality.EXACT_ORDERED)),
                    new ColumnCase("text COLLATE \"pg_c_utf8\"", text(-1, Equality.EXACT_ORDERED)),
                    new ColumnCase("text COLLATE \"und-x-icu\"", text(-1, Equality.EXACT)),
                    new ColumnCase("varchar(4) COLLATE \"tr-x-icu\"", text(4, Equality.EXACT)),
                    new ColumnCase("text COLLATE \"lt-x-icu\"", text(-1, Equality.EXACT)),
                    new ColumnCase("text COLLATE \"el-x-icu\"", text(-1, Equality.EXACT)),
                    new ColumnCase("text COLLATE nocase", text(-1, Equality.UNKNOWN)),
                    new ColumnCase("char(4)", type(Kind.FIXED_TEXT, 4, -1)),
                    new ColumnCase("bytea", type(Kind.BYTES)),
                    new ColumnCase("date", type(Kind.DATE)),
                    new ColumnCase("time", type(Kind.TIME)),
                    new ColumnCase("time(0)", type(Kind.TIME, 0, -1)),
                    new ColumnCase("timestamp", type(Kind.TIMESTAMP)),
                    new ColumnCase("timestamp(3)", type(Kind.TIMESTAMP, 3, -1)),
                    new ColumnCase("timestamptz", type(Kind.TIMESTAMP_TZ)),
                    new ColumnCase("timestamptz(0)", type(Kind.TIMESTAMP_TZ, 0, -1)),
                    new ColumnCase("uuid", type(Kind.UUID)),
                    new ColumnCase("boolean", type(Kind.BOOLEAN)),
                    new ColumnCase("jsonb", ColumnType.UNKNOWN));
        }

        @Override
        String bytes(String hex) {
            return "'\\x" + hex + "'::bytea";
        }

        @Override
        String floating(double value) {
            return "'" + value + "'::float8";
        }

        @Override
        String uuid(UUID value) {
            return "'" + value + "'::uuid";
        }
    },

    H2 {
        @Override
        Connection connect(String schema) throws SQLException {
            return DriverManager.getConnection("jdbc:h2:mem:");
        }

        @Override
        List<ColumnCase> columns() {
            return List.of(
                    new ColumnCase("bigint", type(Kind.INTEGER)),
                    new ColumnCase("smallint", type(Kind.INTEGER)),
                    new ColumnCase("numeric(6,2)", type(Kind.DECIMAL, 6, 2)),
                    new ColumnCase("numeric(40,10)", type(Kind.DECIMAL, 40, 10)),
                    new ColumnCase("double precision", type(Kind.FLOAT)),
                    new ColumnCase("real", type(Kind.FLOAT)),
                    new ColumnCase("varchar", text(-1, Equality.EXACT)),
                    new ColumnCase("varchar(4)", text(4, Equality.EXACT)),
                    new ColumnCase("varchar_ignorecase", type(Kind.FOLDED_TEXT)),
                    new ColumnCase("char(4)", type(Kind.FIXED_TEXT, 4, -1)),
                    new ColumnCase("varbinary", type(Kind.BYTES)),
                    new ColumnCase("date", type(Kind.DATE)),
                    new ColumnCase("time(6)", type(Kind.TIME, 6, -1)),
                    new ColumnCase("time(0)", type(Kind.TIME, 0, -1)),
                    new ColumnCase("timestamp(9)", type(Kind.TIMESTAMP, 9, -1)),
                    new ColumnCase("timestamp(3)", type(Kind.TIMESTAMP, 3, -1)),
                    new ColumnCase("timestamp(6) with time zone", type(Kind.TIMESTAMP_TZ, 6, -1)),
                    new ColumnCase("uuid", type(Kind.UUID)),
                    new ColumnCase("boolean", type(Kind.BOOLEAN)));
        }

        @Override
        String bytes(String hex) {
            return "X'" + hex + "'";
        }

        @Override
        String floating(double value) {
            return "CAST('" + value + "' AS DOUBLE PRECISION)";
        }

        @Override
        String uuid(UUID value) {
            return "UUID '" + value + "'";
        }
    };

    /** A column's type, as the database and as the decision knows it. */
    record ColumnCase(String sql, ColumnType type) {}

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSSSSS");
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSSSS");

    /** A connection whose schema is its own and empty. */
    abstract Connection connect(String schema) throws SQLException;

    abstract List<ColumnCase> columns();

    abstract String bytes(String hex);

    abstract String floating(double value);

    abstract String uuid(UUID value);

    /** A canonical value as a literal. */
    String literal(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        } else if (value instanceof String text) {
            return "'" + text.replace("'", "''") + "'";
        } else if (value instanceof BigDecimal number) {
            return "(" + number.toPlainString() + ")";
        } else if (value instanceof Double number) {
            return floating(number);
        } else if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.limit()];
            buffer.duplicate().get(bytes);
            return bytes(HexFormat.of().formatHex(bytes));
        } else if (value instanceof UUID uuid) {
            return uuid(uuid);
        }
        return value instanceof Long || value instanceof Boolean ? "(" + value + ")" : time(value);
    }

    private static String time(Object value) {
        if (value instanceof LocalDate date) {
            return "DATE '" + date + "'";
        } else if (value instanceof LocalTime time) {
            return "CAST('" + CLOCK.format(time) + "' AS TIME(6))";
        } else if (value instanceof LocalDateTime time) {
            return "TIMESTAMP '" + TIMESTAMP.format(time) + "'";
        } else if (value instanceof Instant instant) {
            return "TIMESTAMP WITH TIME ZONE '" + TIMESTAMP.format(instant.atOffset(ZoneOffset.UTC)) + "+00'";
        }
        throw new IllegalArgumentException("No literal of " + value.getClass());
    }

    private static ColumnType type(Kind kind) {
        return type(kind, -1, -1);
    }

    private static ColumnType type(Kind kind, int precision, int scale) {
        return new ColumnType(kind, precision, scale, Equality.EXACT);
    }

    private static ColumnType text(int length, Equality equality) {
        return new ColumnType(Kind.TEXT, length, -1, equality);
    }
}
