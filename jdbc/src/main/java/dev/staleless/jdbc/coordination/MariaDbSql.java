package dev.staleless.jdbc.coordination;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The statements on MariaDB, where a schema is a database.
 *
 * <p>The live incarnation is {@code schema/created/server/mark}:
 * <ul>
 * <li>schema and creation time of the state's table tell a database that a dump was loaded into from its original; a physical
 *     copy has the same, as it has on PostgreSQL;
 * <li>the server's uid and id change with each fail-over to another server;
 * <li>the mark is a random id in a table that is kept in memory, which every end of the server empties, whether it was in order
 *     or not. A replica may hold the same mark; it is another server.
 * </ul>
 * There is no lock for the first recording: of two nodes that write the same row, the second one finds it there.
 */
final class MariaDbSql implements CoordinationSql {

    /** Errors that say that a privilege is missing: on a database, on a table, on the server. */
    private static final Set<Integer> DENIED = Set.of(1044, 1142, 1143, 1227);

    private final String schema;
    private final String schemaLiteral;
    private final String state;
    private final String node;
    private final String barrier;
    private final String incarnation;
    private final String live;

    MariaDbSql(String schema) {
        this.schema = quote(schema);
        this.schemaLiteral = literal(schema);
        this.state = this.schema + ".staleless_state";
        this.node = this.schema + ".staleless_node";
        this.barrier = this.schema + ".staleless_barrier";
        this.incarnation = this.schema + ".staleless_incarnation";
        this.live = """
        concat_ws('/', replace(%1$s, '/', '_'), (SELECT cast(unix_timestamp(t.create_time) AS SIGNED)
            FROM information_schema.tables t WHERE t.table_schema = %1$s AND t.table_name = 'staleless_state'),
          concat(replace(@@server_uid, '/', '_'), '.', @@server_id), coalesce((SELECT i.id FROM %2$s i), '-'))""".formatted(schemaLiteral, incarnation);
    }

    private static String quote(String identifier) {
        return "`" + identifier.replace("`", "``") + "`";
    }

    private static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    @Override
    public List<String> createStatements() {
        String options = " ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
        return List.of(
                "CREATE DATABASE IF NOT EXISTS " + schema,
                """
        CREATE TABLE IF NOT EXISTS %s (
          ns varchar(64) PRIMARY KEY,
          database_id char(36) NOT NULL,
          version bigint NOT NULL,
          epoch char(36) NOT NULL,
          schema_version bigint NOT NULL,
          incarnation varchar(200) NOT NULL,
          incarnation_at datetime(6) NOT NULL,
          directory mediumtext NOT NULL
        )""".formatted(state) + options,
                """
        CREATE TABLE IF NOT EXISTS %s (
          ns varchar(64) NOT NULL,
          id char(36) NOT NULL,
          beat bigint NOT NULL,
          stopped bigint NOT NULL,
          seen bigint NOT NULL,
          alone boolean NOT NULL,
          PRIMARY KEY (ns, id)
        )""".formatted(node) + options,
                """
        CREATE TABLE IF NOT EXISTS %s (
          id char(36) PRIMARY KEY,
          ns varchar(64) NOT NULL,
          node char(36) NOT NULL,
          version bigint NOT NULL,
          kind smallint NOT NULL,
          closed smallint NOT NULL,
          session varchar(200),
          KEY (ns, closed)
        )""".formatted(barrier) + options,
                """
        CREATE TABLE IF NOT EXISTS %s (
          one tinyint PRIMARY KEY,
          id char(36) NOT NULL
        ) ENGINE = MEMORY DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin""".formatted(incarnation));
    }

    @Override
    public List<String> grantStatements(String role) {
        int at = role.lastIndexOf('@');
        String account =
                at < 0 ? literal(role) : literal(role.substring(0, at)) + "@" + literal(role.substring(at + 1));
        String to = " TO " + account;
        return List.of(
                "GRANT SELECT, INSERT, UPDATE ON " + state + to,
                "GRANT SELECT, INSERT, UPDATE, DELETE ON " + node + to,
                "GRANT SELECT, INSERT, UPDATE ON " + barrier + to,
                "GRANT SELECT, INSERT ON " + incarnation + to);
    }

    @Override
    public String existing() {
        return """
        SELECT table_name FROM information_schema.tables WHERE table_schema = %s
          AND table_name IN ('staleless_state', 'staleless_node', 'staleless_barrier', 'staleless_incarnation')""".formatted(schemaLiteral);
    }

    @Override
    public int tableCount() {
        return 4;
    }

    /** What is missing is told by the first statement that needs it: privileges of roles are not to be seen from outside. */
    @Override
    public String missingPrivileges() {
        return "SELECT 1 FROM DUAL WHERE false";
    }

    @Override
    public boolean saysNoPrivilege(SQLException error) {
        return DENIED.contains(error.getErrorCode());
    }

    @Override
    public String mayIdentify() {
        return "SELECT true";
    }

    @Override
    public String currentRole() {
        return "SELECT current_user()";
    }

    @Override
    public List<String> sessionSettings(long timeoutMillis) {
        long seconds = Math.max(1, timeoutMillis / 1000);
        return List.of(
                "SET SESSION max_statement_time = " + timeoutMillis / 1000.0,
                "SET SESSION lock_wait_timeout = " + seconds,
                "SET SESSION innodb_lock_wait_timeout = " + seconds,
                "SET SESSION time_zone = '+00:00'",
                "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'",
                "SET @staleless_session = coalesce(@staleless_session, uuid())");
    }

    @Override
    public List<String> sessionResets() {
        return List.of(
                "SET SESSION max_statement_time = DEFAULT",
                "SET SESSION lock_wait_timeout = DEFAULT",
                "SET SESSION innodb_lock_wait_timeout = DEFAULT",
                "SET SESSION time_zone = DEFAULT",
                "SET SESSION sql_mode = DEFAULT",
                "SET @staleless_session = NULL");
    }

    @Override
    public String verify() {
        return "SELECT false, @@global.read_only OR @@session.tx_read_only,"
                + " lower(replace(@@session.tx_isolation, '-', ' '))";
    }

    /** Ids of connections begin anew with each start of the server: so each session is given a name of its own. */
    @Override
    public String session() {
        return "SELECT concat_ws('/', @@server_uid, @@server_id, connection_id(), @staleless_session, @@global.read_only)";
    }

    /**
     * A session is named by its id and its user. Those of other users are hidden from a user without the privilege to see them:
     * then they may go on.
     */
    @Override
    public String sessionEnded() {
        return """
        SELECT NOT EXISTS (SELECT 1 FROM information_schema.processlist p WHERE p.id = ?)
          AND (substring_index(user(), '@', 1) = ? OR EXISTS (SELECT 1 FROM information_schema.user_privileges u
            WHERE u.privilege_type = 'PROCESS' AND u.grantee = concat('''', replace(current_user(), '@', '''@'''), '''')))""";
    }

    @Override
    public String lock() {
        return "DO 0";
    }

    @Override
    public String recordedIncarnation() {
        return "SELECT incarnation FROM " + state + " WHERE ns = ?";
    }

    @Override
    public String live() {
        return "SELECT " + live;
    }

    @Override
    public String mark() {
        return "INSERT IGNORE INTO " + incarnation + " (one, id) VALUES (1, ?)";
    }

    @Override
    public String createState() {
        return """
        INSERT IGNORE INTO %s (ns, database_id, version, epoch, schema_version, incarnation, incarnation_at, directory)
        SELECT ?, ?, 1, ?, 1, %s, '1970-01-01 00:00:00', ?""".formatted(state, live);
    }

    @Override
    public String lockState() {
        return "SELECT version FROM " + state + " WHERE ns = ? FOR UPDATE";
    }

    @Override
    public String rivals() {
        return "SELECT id, beat, stopped, seen FROM " + node + " WHERE ns = ? AND (alone OR ?)";
    }

    @Override
    public String register() {
        return "INSERT INTO " + node
                + " (ns, id, beat, stopped, seen, alone) SELECT ns, ?, 0, version, version, ? FROM " + state
                + " WHERE ns = ?";
    }

    @Override
    public String unregister() {
        return "DELETE FROM " + node + " WHERE ns = ? AND id = ?";
    }

    @Override
    public String beat() {
        return "UPDATE " + node + " SET beat = beat + 1 WHERE ns = ? AND id = ?";
    }

    @Override
    public String read() {
        return """
        SELECT s.database_id, s.version, s.epoch, s.schema_version, s.incarnation,
          timestampdiff(MICROSECOND, s.incarnation_at, utc_timestamp(6)) DIV 1000, %s,
          (SELECT max(b.kind) FROM %s b WHERE b.ns = s.ns AND b.closed = 0), s.directory,
          @@global.read_only OR @@session.tx_read_only
        FROM %s s WHERE s.ns = ?""".formatted(live, barrier, state);
    }

    @Override
    public String nodes() {
        return "SELECT id, beat, stopped, seen FROM " + node + " WHERE ns = ?";
    }

    @Override
    public String acknowledge() {
        return "UPDATE " + node
                + " SET stopped = greatest(stopped, ?), seen = greatest(seen, ?) WHERE ns = ? AND id = ?";
    }

    @Override
    public String behindStopped() {
        return behind("stopped");
    }

    @Override
    public String behindSeen() {
        return behind("seen");
    }

    private String behind(String column) {
        return """
        SELECT CASE WHEN s.incarnation = %s
            THEN (SELECT count(*) FROM %s n WHERE n.ns = s.ns AND n.%s < ?) ELSE 2147483647 END
        FROM %s s WHERE s.ns = ?""".formatted(live, node, column, state);
    }

    @Override
    public String raise() {
        return """
        UPDATE %s SET epoch = coalesce(?, epoch), directory = coalesce(?, directory), version = last_insert_id(version + 1)
        WHERE ns = ? AND incarnation = ? AND incarnation = %s AND version = coalesce(?, version)""".formatted(state, live);
    }

    @Override
    public String raised() {
        return "SELECT CAST(last_insert_id() AS SIGNED)";
    }

    @Override
    public String raiseSchema() {
        return "UPDATE " + state + " SET schema_version = schema_version + 1 WHERE ns = ?";
    }

    @Override
    public String insertBarrier() {
        return "INSERT INTO " + barrier
                + " (id, ns, node, version, kind, closed, session) SELECT ?, ns, ?, version, ?, 0, ? FROM " + state
                + " WHERE ns = ?";
    }

    @Override
    public String openBarriers() {
        return "SELECT id, node, kind, version, session FROM " + barrier + " WHERE ns = ? AND closed = 0";
    }

    /** Reads the latest row at every level of isolation, with the right to SELECT alone, in read-only transactions too. */
    @Override
    public String lockBarrier() {
        return "SELECT 1 FROM " + barrier + " WHERE id = ? AND closed = 0 LOCK IN SHARE MODE";
    }

    @Override
    public String isOpen() {
        return "SELECT 1 FROM " + barrier + " WHERE id = ? AND closed = 0";
    }

    @Override
    public String closeBarrier() {
        return "UPDATE " + barrier + " SET closed = 1 WHERE id = ? AND closed = 0";
    }

    /** Whole seconds, of which one is the shortest wait. */
    @Override
    public List<String> shortLockWait() {
        return List.of(
                "SET @staleless_wait = @@session.innodb_lock_wait_timeout, SESSION innodb_lock_wait_timeout = 1");
    }

    @Override
    public List<String> shortLockWaitResets() {
        return List.of("SET SESSION innodb_lock_wait_timeout = @staleless_wait");
    }

    @Override
    public String allNodes() {
        return "SELECT id, beat, stopped, seen FROM " + node;
    }

    @Override
    public List<String> dropStatements() {
        return Stream.of(node, barrier, state, incarnation)
                .map(table -> "DROP TABLE IF EXISTS " + table)
                .toList();
    }

    @Override
    public String deleteGone() {
        return "DELETE FROM " + node + " WHERE ns = ? AND id = ? AND beat = ?";
    }

    /** Assignments are made from left to right: the incarnation is the last. */
    @Override
    public String recordIncarnation() {
        return """
        UPDATE %1$s SET incarnation_at = utc_timestamp(6), epoch = ?, version = version + 4294967296,
          database_id = CASE WHEN substring_index(incarnation, '/', 2) = substring_index(%2$s, '/', 2)
            THEN database_id ELSE ? END,
          incarnation = %2$s
        WHERE ns = ? AND incarnation = ?""".formatted(state, live);
    }
}
