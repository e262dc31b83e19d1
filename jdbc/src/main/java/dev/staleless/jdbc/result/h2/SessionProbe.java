package dev.staleless.jdbc.result.h2;

import dev.staleless.jdbc.driver.SessionState;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.jspecify.annotations.Nullable;

/**
 * Reads the state of an H2 session in one statement.
 *
 * <p>Every setting of the session and the database counts, except those listed here, which change how long or in which way a
 * statement runs, or what is traced, but not what a query returns. A setting is rather asked for once too often than forgotten.
 */
final class SessionProbe {
    private static final String SESSION = "session.";

    private static final String SQL = """
            SELECT 'setting.' || SETTING_NAME, SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS
            UNION ALL SELECT 'state.' || STATE_KEY, STATE_COMMAND FROM INFORMATION_SCHEMA.SESSION_STATE
            UNION ALL SELECT 'session.id', CAST(SESSION_ID() AS VARCHAR)
            UNION ALL SELECT 'session.start', CAST(CAST(EXTRACT(EPOCH FROM SESSION_START) AS DECIMAL(30, 9)) AS VARCHAR)
              FROM INFORMATION_SCHEMA.SESSIONS WHERE SESSION_ID = SESSION_ID()
            UNION ALL SELECT 'session.isolation', ISOLATION_LEVEL
              FROM INFORMATION_SCHEMA.SESSIONS WHERE SESSION_ID = SESSION_ID()
            UNION ALL SELECT 'session.user', CURRENT_USER
            UNION ALL SELECT 'session.role', CURRENT_ROLE
            UNION ALL SELECT 'session.catalog', DATABASE()
            UNION ALL SELECT 'session.schema', CURRENT_SCHEMA""";

    private static final Set<String> IRRELEVANT = Set.of(
            "session.id",
            "session.start",
            "session.isolation",
            "setting.QUERY_TIMEOUT",
            "setting.DEFAULT_LOCK_TIMEOUT",
            "setting.MAX_QUERY_TIMEOUT",
            "setting.CACHE_SIZE",
            "setting.CLUSTER",
            "setting.EXCLUSIVE",
            "setting.MAX_LOG_SIZE",
            "setting.MAX_MEMORY_ROWS",
            "setting.MAX_OPERATION_MEMORY",
            "setting.RETENTION_TIME",
            "setting.THROTTLE",
            "setting.TRACE_LEVEL_FILE",
            "setting.TRACE_LEVEL_SYSTEM_OUT",
            "setting.TRACE_MAX_FILE_SIZE",
            "setting.WRITE_DELAY",
            "setting.ANALYZE_AUTO",
            "setting.ANALYZE_SAMPLE",
            "setting.DB_CLOSE_DELAY",
            "setting.DB_CLOSE_ON_EXIT",
            "setting.COMPRESS",
            "setting.DEFAULT_CONNECTION",
            "setting.MAX_COMPACT_TIME",
            "setting.AUTO_COMPACT_FILL_RATE",
            "setting.LOB_TIMEOUT",
            "setting.QUERY_CACHE_SIZE",
            "setting.REUSE_SPACE",
            "setting.SHARE_LINKED_CONNECTIONS");

    private SessionProbe() {}

    /** What the driver knows of a session by itself: nothing of it changes without a statement, and nothing is sent for it. */
    record Observed(DecodingSettings settings, List<String> known) {
        Observed {
            known = List.copyOf(known);
        }
    }

    static SessionState probe(JdbcConnection connection) throws SQLException {
        if (connection.getSession().isOldInformationSchema()) {
            throw new SQLException("OLD_INFORMATION_SCHEMA = TRUE: only FALSE is supported", "0A000");
        }
        Map<String, String> state = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SQL)) {
            while (rows.next()) {
                String value = rows.getString(2);
                state.put(rows.getString(1), value == null ? "" : value);
            }
        }
        return state(connection, state);
    }

    private static SessionState state(JdbcConnection connection, Map<String, String> state) {
        DecodingSettings decoding = new DecodingSettings(
                of(state, SESSION + "catalog"),
                of(state, "setting.TIME ZONE"),
                connection.getSession().isRemote());
        return new SessionState(
                digest(state),
                searchPath(state),
                isolation(of(state, SESSION + "isolation")),
                of(state, SESSION + "id") + "@" + of(state, SESSION + "start"),
                new Observed(decoding, known(connection)),
                uncacheable(state));
    }

    private static String of(Map<String, String> state, String key) {
        return state.getOrDefault(key, "");
    }

    private static String digest(Map<String, String> state) {
        StringBuilder text = new StringBuilder();
        state.forEach((key, value) -> {
            boolean counts = !IRRELEVANT.contains(key)
                    && !key.startsWith("setting.info.")
                    && !key.startsWith("setting.property.");
            if (counts) {
                text.append(key).append('=').append(value).append('\n');
            }
        });
        try {
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The current schema, then the search path: {@code SET SCHEMA_SEARCH_PATH "A", "B"}. */
    private static List<String> searchPath(Map<String, String> state) {
        List<String> path = new ArrayList<>();
        path.add(of(state, SESSION + "schema"));
        String command = of(state, "state.SCHEMA_SEARCH_PATH");
        StringBuilder name = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            boolean doubled = quoted && c == '"' && i + 1 < command.length() && command.charAt(i + 1) == '"';
            if (doubled || quoted && c != '"') {
                name.append(c);
                i += doubled ? 1 : 0;
            } else if (c == '"') {
                quoted = !quoted;
                if (!quoted) {
                    path.add(name.toString());
                    name.setLength(0);
                }
            }
        }
        return path;
    }

    private static int isolation(String level) {
        return switch (level) {
            case "SERIALIZABLE" -> Connection.TRANSACTION_SERIALIZABLE;
            // SNAPSHOT is stricter than REPEATABLE READ, and has no constant of its own.
            case "SNAPSHOT", "REPEATABLE READ" -> Connection.TRANSACTION_REPEATABLE_READ;
            case "READ COMMITTED" -> Connection.TRANSACTION_READ_COMMITTED;
            default -> Connection.TRANSACTION_READ_UNCOMMITTED;
        };
    }

    private static @Nullable String uncacheable(Map<String, String> state) {
        if (!of(state, "setting.MODE").equalsIgnoreCase("REGULAR")) {
            return "the compatibility mode is " + of(state, "setting.MODE") + ": REGULAR is supported";
        }
        String names = names(state);
        if (names != null) {
            return names;
        }
        if (isolation(of(state, SESSION + "isolation")) == Connection.TRANSACTION_READ_UNCOMMITTED) {
            return "the session is READ UNCOMMITTED";
        }
        for (String key : state.keySet()) {
            if (key.startsWith("state.TABLE ")) {
                return "the session has temporary tables";
            }
        }
        return null;
    }

    /** Settings by which statements mean something else than they say. */
    private static @Nullable String names(Map<String, String> state) {
        if (!isTrue(state, "setting.DATABASE_TO_UPPER", true)
                || isTrue(state, "setting.CASE_INSENSITIVE_IDENTIFIERS", false)) {
            return "names are not folded to upper case (DATABASE_TO_UPPER, CASE_INSENSITIVE_IDENTIFIERS)";
        }
        if (state.containsKey("setting.NON_KEYWORDS")) {
            return "NON_KEYWORDS is set";
        }
        String ignoreCase = of(state, "setting.IGNORECASE");
        if (!ignoreCase.isEmpty() && !ignoreCase.equals("0")) {
            return "IGNORECASE is set";
        }
        return isTrue(state, "setting.ZERO_BASED_ENUMS", false) ? "ZERO_BASED_ENUMS is set" : null;
    }

    private static boolean isTrue(Map<String, String> state, String key, boolean otherwise) {
        String value = state.get(key);
        return value == null ? otherwise : value.equalsIgnoreCase("TRUE");
    }

    static boolean seemsUnchanged(JdbcConnection connection, SessionState state) {
        return state.decoding() instanceof Observed before && before.known().equals(known(connection));
    }

    /** Of a session in this process. A remote driver knows nothing that it does not have to ask for. */
    private static List<String> known(JdbcConnection connection) {
        if (!(connection.getSession() instanceof SessionLocal session) || session.isClosed()) {
            return List.of();
        }
        return List.of(
                String.valueOf(session.getCurrentSchemaName()),
                Arrays.toString(session.getSchemaSearchPath()),
                session.currentTimeZone().getId(),
                session.getIsolationLevel().toString(),
                session.getMode().getName(),
                String.valueOf(session.getNonKeywords()),
                Boolean.toString(session.isVariableBinary()),
                Boolean.toString(session.isTruncateLargeLength()),
                Boolean.toString(session.isLazyQueryExecution()),
                Integer.toString(session.getLocalTempTables().size()),
                Arrays.toString(session.getVariableNames()));
    }
}
