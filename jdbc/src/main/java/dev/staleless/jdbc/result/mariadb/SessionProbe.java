package dev.staleless.jdbc.result.mariadb;

import dev.staleless.core.catalog.TableName;
import dev.staleless.jdbc.driver.SessionState;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Connection;
import org.mariadb.jdbc.export.HaMode;

/**
 * Reads the state of a MariaDB session in one statement, on information_schema alone: it takes no snapshot, so that a
 * transaction at REPEATABLE READ still has none afterwards.
 *
 * <p>Every variable of the session counts, except those listed here, which change how long or in which way a statement runs
 * but not what it returns. A session in which reading a statement, or storing what it says, follows other rules than those that
 * are known, is one of which nothing is cached.
 */
final class SessionProbe {
    private static final Set<String> IRRELEVANT = Set.of(
            "autocommit",
            "error_count",
            "external_user",
            "gtid_seq_no",
            "identity",
            "idle_readonly_transaction_timeout",
            "idle_transaction_timeout",
            "idle_write_transaction_timeout",
            "in_transaction",
            "innodb_lock_wait_timeout",
            "insert_id",
            "interactive_timeout",
            "last_gtid",
            "last_insert_id",
            "lock_wait_timeout",
            "max_statement_time",
            "net_read_timeout",
            "net_write_timeout",
            "proxy_user",
            "pseudo_thread_id",
            "rand_seed1",
            "rand_seed2",
            "redirect_url",
            "timestamp",
            "transaction_isolation",
            "transaction_read_only",
            "tx_isolation",
            "tx_read_only",
            "wait_timeout",
            "warning_count",
            "wsrep_gtid_seq_no");

    /** Modes under which statements read as they are read here, and what is stored is never surely another value. */
    private static final Set<String> MODES = Set.of(
            "",
            "ALLOW_INVALID_DATES",
            "ERROR_FOR_DIVISION_BY_ZERO",
            "IGNORE_BAD_TABLE_OPTIONS",
            "IGNORE_SPACE",
            "NO_AUTO_CREATE_USER",
            "NO_AUTO_VALUE_ON_ZERO",
            "NO_DIR_IN_CREATE",
            "NO_ENGINE_SUBSTITUTION",
            "NO_FIELD_OPTIONS",
            "NO_KEY_OPTIONS",
            "NO_TABLE_OPTIONS",
            "NO_ZERO_DATE",
            "NO_ZERO_IN_DATE",
            "ONLY_FULL_GROUP_BY",
            "STRICT_ALL_TABLES",
            "STRICT_TRANS_TABLES",
            "TRADITIONAL");

    private static final String SQL = """
            SELECT lower(variable_name), session_value FROM information_schema.system_variables
             WHERE session_value IS NOT NULL
            UNION ALL SELECT '#read_only', @@global.read_only
            UNION ALL SELECT '#session', connection_id()
            UNION ALL SELECT '#user', user()
            UNION ALL SELECT '#current_user', current_user()
            UNION ALL SELECT '#role', current_role()
            UNION ALL SELECT '#database', database()
            UNION ALL SELECT '#temporary', %s FROM information_schema.session_status
             WHERE variable_name = 'COM_CREATE_TEMPORARY_TABLE'""";

    /** How many temporary tables there ever were; the tables themselves are listed from 11.2 on. */
    private static final String EVER_TEMPORARY = "variable_value";

    private static final String TEMPORARY = "CASE variable_value WHEN '0' THEN '0' ELSE"
            + " (SELECT count(*) FROM information_schema.tables WHERE table_type LIKE 'TEMPORARY%') END";

    private static final String NAMES = "SELECT lower(table_schema), lower(table_name) FROM information_schema.tables"
            + " WHERE table_type LIKE 'TEMPORARY%'";

    private SessionProbe() {}

    static SessionState probe(Connection connection) throws SQLException {
        Decoding decoding = Decoding.of(connection);
        Map<String, String> values = new TreeMap<>();
        try (Statement statement = connection.createStatement()) {
            // Settings of the connection, not of this statement.
            statement.setQueryTimeout(0);
            statement.setFetchSize(0);
            String sql = String.format(SQL, isListed(connection) ? TEMPORARY : EVER_TEMPORARY);
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    values.put(rows.getString(1), String.valueOf(rows.getString(2)));
                }
            }
        }
        boolean named = isListed(connection) && !"0".equals(values.get("#temporary"));
        Set<TableName> temporary = named ? temporaryTables(connection) : Set.of();
        return state(connection, values, temporary, decoding);
    }

    private static boolean isListed(Connection connection) {
        return connection.getContext().getVersion().versionGreaterOrEqual(11, 2, 0);
    }

    /** The session's own, which hide others of their names. */
    private static Set<TableName> temporaryTables(Connection connection) throws SQLException {
        Set<TableName> names = new TreeSet<>(Comparator.comparing(TableName::toString));
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(0);
            statement.setFetchSize(0);
            try (ResultSet rows = statement.executeQuery(NAMES)) {
                while (rows.next()) {
                    names.add(new TableName(rows.getString(1), rows.getString(2)));
                }
            }
        }
        return names;
    }

    private static SessionState state(
            Connection connection, Map<String, String> values, Set<TableName> temporary, Decoding decoding) {
        String uncacheable = uncacheable(connection, values);
        String database = values.get("#database");
        String session = values.getOrDefault("#session", "0");
        int isolation = isolation(values.getOrDefault("tx_isolation", values.get("transaction_isolation")));
        Map<String, String> relevant = new TreeMap<>(values);
        relevant.keySet().removeAll(IRRELEVANT);
        relevant.keySet().removeAll(Set.of("#session", "#read_only", "#temporary"));
        return new SessionState(
                digest(relevant + "\n" + decoding.shared() + (temporary.isEmpty() ? "" : "\n" + temporary)),
                database == null || database.equals("null") ? List.of() : List.of(database),
                isolation,
                session + "@" + user(values.getOrDefault("#user", "")),
                decoding,
                semiJoins(values.getOrDefault("optimizer_switch", "")),
                temporary,
                uncacheable);
    }

    /**
     * Up to 11.4.5 at least, a LooseScan of an index may be carried out as a scan of the table, and then repeats rows (decision 9).
     */
    private static @Nullable String semiJoins(String optimizerSwitch) {
        List<String> switches = List.of(optimizerSwitch.split(","));
        return switches.contains("semijoin=off") || switches.contains("loosescan=off")
                ? null
                : "a semi-join by LooseScan may repeat rows; optimizer_switch='loosescan=off' rules it out";
    }

    private static String digest(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static @Nullable String uncacheable(Connection connection, Map<String, String> values) {
        if (connection.getContext().getConf().haMode() != HaMode.NONE) {
            return "the driver chooses among several servers";
        }
        if (!String.valueOf(connection.getThreadId()).equals(values.get("#session"))) {
            return "the session is not the server's own: a proxy stands between";
        }
        if (!"0".equals(values.get("#read_only"))) {
            return "the server is read-only, and so may be a replica";
        }
        if (!isListed(connection) && !"0".equals(values.get("#temporary"))) {
            return "the session had temporary tables, and the server does not tell which there are";
        }
        if (!"NO_CHAIN".equals(values.get("completion_type"))) {
            return "completion_type is not NO_CHAIN";
        }
        if (!"utf8mb4".equals(values.get("character_set_client"))
                || !"utf8mb4".equals(values.get("character_set_connection"))) {
            return "the character set of the client is not utf8mb4";
        }
        for (String mode : values.getOrDefault("sql_mode", "unknown").split(",")) {
            if (!MODES.contains(mode)) {
                return "sql_mode has " + mode;
            }
        }
        return "ON".equals(values.get("sql_auto_is_null")) ? "sql_auto_is_null is on" : null;
    }

    /** The account's name, as the list of processes has it. */
    private static String user(String account) {
        int at = account.indexOf('@');
        return at < 0 ? account : account.substring(0, at);
    }

    private static int isolation(@Nullable String level) {
        return switch (String.valueOf(level)) {
            case "READ-UNCOMMITTED" -> java.sql.Connection.TRANSACTION_READ_UNCOMMITTED;
            case "READ-COMMITTED" -> java.sql.Connection.TRANSACTION_READ_COMMITTED;
            case "REPEATABLE-READ" -> java.sql.Connection.TRANSACTION_REPEATABLE_READ;
            default -> java.sql.Connection.TRANSACTION_SERIALIZABLE;
        };
    }

    static boolean seemsUnchanged(Connection connection, SessionState state) throws SQLException {
        return state.decoding().equals(Decoding.of(connection));
    }
}
