package dev.staleless.jdbc.result.pgjdbc;

import dev.staleless.jdbc.driver.SessionState;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;

/**
 * Reads the state of a PostgreSQL session in one statement.
 *
 * <p>Every setting that a session can change counts, except those listed here, which change how long or in which way a statement
 * runs but not what it returns. A setting is rather asked for once too often than forgotten.
 */
final class SessionProbe {
    private static final String IRRELEVANT = """
            'application_name', 'transaction_isolation', 'transaction_read_only', 'transaction_deferrable',
            'default_transaction_isolation', 'default_transaction_read_only', 'default_transaction_deferrable',
            'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'idle_session_timeout',
            'transaction_timeout', 'seed'""";

    /**
     * A session with relations in its temporary schema may mean one of those by any name. The settings of an extension are there once
     * something has loaded it: as it comes, they say no more than if it were not loaded.
     */
    private static final String SQL = """
            SELECT pg_catalog.pg_backend_pid(),
              pg_catalog.pg_is_in_recovery(),
              pg_catalog.current_setting('transaction_isolation'),
              pg_catalog.current_schemas(false)::text[],
              EXISTS (SELECT 1 FROM pg_catalog.pg_class WHERE relnamespace = pg_catalog.pg_my_temp_schema()),
              (SELECT extract(epoch FROM backend_start)
                 FROM pg_catalog.pg_stat_get_activity(pg_catalog.pg_backend_pid()))::text,
              pg_catalog.concat_ws(E'\\n', session_user, current_user, pg_catalog.current_setting('role'),
                pg_catalog.current_database()),
              (SELECT pg_catalog.string_agg(pg_catalog.concat(name, '=', setting), E'\\n' ORDER BY name)
                 FROM pg_catalog.pg_settings
                WHERE context IN ('user', 'superuser') AND name NOT IN (%s)
                  AND (name NOT LIKE '%%.%%' OR setting IS DISTINCT FROM boot_val)),
              pg_catalog.current_setting('session_replication_role')""".formatted(IRRELEVANT);

    /** Reported settings that say nothing about results. */
    private static final Set<String> IRRELEVANT_REPORTED =
            Set.of("application_name", "default_transaction_read_only", "in_hot_standby");

    private SessionProbe() {}

    /** What the driver's decoding depends on and, beside it, all the parameters that the server reports by itself. */
    record Reported(DecodingSettings settings, Map<String, String> parameters) {}

    static SessionState probe(PgConnection connection) throws SQLException {
        Reported decoding = reported(connection);
        try (Statement statement = connection.createStatement()) {
            // A setting of the connection, not of this statement.
            statement.setQueryTimeout(0);
            try (ResultSet rows = statement.executeQuery(SQL)) {
                rows.next();
                return state(connection, rows, decoding);
            }
        }
    }

    private static SessionState state(PgConnection connection, ResultSet rows, Reported decoding) throws SQLException {
        List<String> searchPath = Arrays.asList((String[]) rows.getArray(4).getArray());
        return new SessionState(
                digest(rows.getString(7), rows.getString(8), searchPath.toString(), decoding.toString()),
                searchPath,
                isolation(rows.getString(3)),
                rows.getInt(1) + "@" + rows.getString(6),
                decoding,
                uncacheable(connection, rows));
    }

    private static String digest(String... parts) {
        try {
            byte[] bytes = String.join("\n", parts).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static @Nullable String uncacheable(PgConnection connection, ResultSet rows) throws SQLException {
        if (rows.getInt(1) != connection.getBackendPID()) {
            return "the session is not the server's own: a transaction pooler stands between";
        }
        if (rows.getBoolean(2)) {
            return "the server is not a primary";
        }
        if (rows.getBoolean(5)) {
            return "the session has temporary tables";
        }
        if (rows.getString(9).equals("replica")) {
            return "foreign keys and triggers are switched off in it (session_replication_role is replica)";
        }
        if (!"on".equals(connection.getParameterStatus("standard_conforming_strings"))) {
            return "backslashes are escapes in its strings (standard_conforming_strings is off)";
        }
        return "UTF8".equals(connection.getParameterStatus("client_encoding"))
                ? null
                : "the client encoding is not UTF8";
    }

    private static int isolation(String level) {
        return switch (level) {
            case "serializable" -> Connection.TRANSACTION_SERIALIZABLE;
            case "repeatable read" -> Connection.TRANSACTION_REPEATABLE_READ;
            // PostgreSQL treats READ UNCOMMITTED as READ COMMITTED.
            default -> Connection.TRANSACTION_READ_COMMITTED;
        };
    }

    static boolean seemsUnchanged(PgConnection connection, SessionState state) throws SQLException {
        if (!(state.decoding() instanceof Reported reported)) {
            return false;
        }
        Comparison comparison = new Comparison(reported.parameters());
        connection.getParameterStatuses().forEach(comparison);
        return comparison.found == reported.parameters().size()
                && reported.settings().otherThanReportedAre(connection);
    }

    /** Counts the relevant parameters that are as they were; one that is not makes more of them than there can be. */
    private static final class Comparison implements BiConsumer<String, String> {
        private final Map<String, String> before;
        private int found;

        Comparison(Map<String, String> before) {
            this.before = before;
        }

        @Override
        public void accept(String name, String value) {
            if (!IRRELEVANT_REPORTED.contains(name)) {
                found += value.equals(before.get(name)) ? 1 : before.size() + 1;
            }
        }
    }

    private static Reported reported(PgConnection connection) throws SQLException {
        Map<String, String> parameters = new TreeMap<>(connection.getParameterStatuses());
        parameters.keySet().removeAll(IRRELEVANT_REPORTED);
        return new Reported(DecodingSettings.of(connection), Map.copyOf(parameters));
    }
}
