package dev.staleless.jdbc.coordination;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The statements on H2.
 *
 * <p>The live incarnation is {@code h2/place/mark}: the place is a digest of the database's path, which tells a copied file from
 * its original; the mark is a random id in a table that is not persistent, which every closing of the database empties, orderly
 * or by a crash. (H2 writes a commit to its file up to a second later, so a crash loses the last ones, and nothing else shows
 * it.) A database in memory that is closed loses these tables too, and another one has another id.
 */
final class H2Sql implements CoordinationSql {

    private static final String NOT_ENOUGH_RIGHTS = "90096";
    private static final String ADMIN_NEEDED = "90040";

    private static final String ADMIN =
            "(SELECT IS_ADMIN FROM INFORMATION_SCHEMA.USERS WHERE USER_NAME = CURRENT_USER)";

    /** The start of a session, to the nanosecond. */
    private static final String START =
            "CAST(CAST(EXTRACT(EPOCH FROM SESSION_START) AS DECIMAL(30, 9)) AS CHARACTER VARYING)";

    private final String schema;
    private final String schemaLiteral;
    private final String state;
    private final String node;
    private final String barrier;
    private final String incarnation;
    private final String lock;
    private final String place;
    private final String live;

    H2Sql(String schema) {
        this.schema = quote(schema);
        this.schemaLiteral = "'" + schema.replace("'", "''") + "'";
        this.state = table("state");
        this.node = table("node");
        this.barrier = table("barrier");
        this.incarnation = table("incarnation");
        this.lock = table("lock");
        this.place =
                "'h2/' || LEFT(RAWTOHEX(HASH('SHA-256', COALESCE(DATABASE_PATH(), 'mem:' || DATABASE()))), 32) || '/'";
        this.live = "(" + place + " || COALESCE((SELECT CAST(id AS CHARACTER VARYING) FROM " + incarnation + "), '"
                + UNMARKED + "'))";
    }

    private String table(String name) {
        return schema + "." + quote("staleless_" + name);
    }

    private static String quote(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    @Override
    public boolean mayCollideInCreating() {
        return true;
    }

    @Override
    public List<String> createStatements() {
        return List.of(
                "CREATE SCHEMA IF NOT EXISTS " + schema,
                // Before the others: where they all are, its row is there to be locked.
                "CREATE TABLE IF NOT EXISTS " + lock + " (one BOOLEAN PRIMARY KEY CHECK (one))",
                "MERGE INTO " + lock + " (one) KEY (one) VALUES (TRUE)",
                """
        CREATE TABLE IF NOT EXISTS %s (
          ns CHARACTER VARYING(64) PRIMARY KEY,
          database_id UUID NOT NULL,
          version BIGINT NOT NULL,
          epoch UUID NOT NULL,
          schema_version BIGINT NOT NULL,
          incarnation CHARACTER VARYING(200) NOT NULL,
          incarnation_at TIMESTAMP(9) WITH TIME ZONE NOT NULL,
          directory CHARACTER VARYING NOT NULL
        )""".formatted(state),
                """
        CREATE TABLE IF NOT EXISTS %s (
          ns CHARACTER VARYING(64) NOT NULL,
          id UUID NOT NULL,
          beat BIGINT NOT NULL,
          stopped BIGINT NOT NULL,
          seen BIGINT NOT NULL,
          alone BOOLEAN NOT NULL,
          PRIMARY KEY (ns, id)
        )""".formatted(node),
                """
        CREATE TABLE IF NOT EXISTS %s (
          id UUID PRIMARY KEY,
          ns CHARACTER VARYING(64) NOT NULL,
          node UUID NOT NULL,
          version BIGINT NOT NULL,
          kind SMALLINT NOT NULL,
          closed SMALLINT NOT NULL,
          session CHARACTER VARYING(200)
        )""".formatted(barrier),
                """
        CREATE MEMORY TABLE IF NOT EXISTS %s (
          one BOOLEAN PRIMARY KEY CHECK (one),
          id UUID NOT NULL
        ) NOT PERSISTENT""".formatted(incarnation));
    }

    private Map<String, String> rights() {
        return Map.of(
                state, "SELECT, INSERT, UPDATE",
                node, "SELECT, INSERT, UPDATE, DELETE",
                barrier, "SELECT, INSERT, UPDATE",
                incarnation, "SELECT, INSERT",
                lock, "SELECT, UPDATE");
    }

    @Override
    public List<String> grantStatements(String role) {
        return rights().entrySet().stream()
                .map(right -> "GRANT " + right.getValue() + " ON " + right.getKey() + " TO " + quote(role))
                .sorted()
                .toList();
    }

    @Override
    public String existing() {
        return "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = " + schemaLiteral
                + " AND TABLE_NAME IN ('staleless_state', 'staleless_node', 'staleless_barrier',"
                + " 'staleless_incarnation', 'staleless_lock')";
    }

    @Override
    public int tableCount() {
        return 5;
    }

    /** H2 shows rights to administrators only, who have them all: to everybody else the statements tell what they lack. */
    @Override
    public String missingPrivileges() {
        return "SELECT '' WHERE FALSE";
    }

    @Override
    public boolean saysNoPrivilege(SQLException error) {
        return NOT_ENOUGH_RIGHTS.equals(error.getSQLState()) || ADMIN_NEEDED.equals(error.getSQLState());
    }

    @Override
    public String mayIdentify() {
        return "SELECT TRUE";
    }

    @Override
    public String currentRole() {
        return "SELECT CURRENT_USER";
    }

    @Override
    public List<String> sessionSettings(long timeoutMillis) {
        return List.of("SET QUERY_TIMEOUT " + timeoutMillis, "SET LOCK_TIMEOUT " + timeoutMillis);
    }

    @Override
    public List<String> sessionResets() {
        return List.of("SET QUERY_TIMEOUT 0", """
                SET LOCK_TIMEOUT COALESCE((SELECT CAST(SETTING_VALUE AS INTEGER) FROM INFORMATION_SCHEMA.SETTINGS
                  WHERE SETTING_NAME = 'DEFAULT_LOCK_TIMEOUT'), 2000)""", "SET @STALELESS_LOCK_TIMEOUT = NULL");
    }

    @Override
    public String verify() {
        return "SELECT FALSE, READONLY(), LOWER(ISOLATION_LEVEL) FROM INFORMATION_SCHEMA.SESSIONS"
                + " WHERE SESSION_ID = SESSION_ID()";
    }

    @Override
    public String session() {
        return "SELECT SESSION_ID || '/' || " + START
                + " FROM INFORMATION_SCHEMA.SESSIONS WHERE SESSION_ID = SESSION_ID()";
    }

    /** Only an administrator sees the sessions of others: to everybody else they have not ended. */
    @Override
    public String sessionEnded() {
        return "SELECT " + ADMIN
                + " AND NOT EXISTS (SELECT 1 FROM INFORMATION_SCHEMA.SESSIONS WHERE SESSION_ID = ? AND " + START
                + " = ?)";
    }

    /** Statements that create do not wait for each other by a lock of ours, but by that of H2's own catalog. */
    @Override
    public String lockForCreating() {
        return "SELECT 1";
    }

    @Override
    public String lock() {
        return "SELECT one FROM " + lock + " FOR UPDATE";
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
        return "INSERT INTO " + incarnation + " (one, id) SELECT TRUE, CAST(? AS UUID) WHERE NOT EXISTS (SELECT 1 FROM "
                + incarnation + ")";
    }

    @Override
    public String createState() {
        return """
        INSERT INTO %1$s (ns, database_id, version, epoch, schema_version, incarnation, incarnation_at, directory)
        SELECT N.ns, N.id, 1, N.epoch, 1, %2$s, TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00', N.directory
        FROM (SELECT CAST(? AS CHARACTER VARYING) AS ns, CAST(? AS UUID) AS id, CAST(? AS UUID) AS epoch,
          CAST(? AS CHARACTER VARYING) AS directory) N
        WHERE NOT EXISTS (SELECT 1 FROM %1$s S WHERE S.ns = N.ns)""".formatted(state, live);
    }

    @Override
    public String lockState() {
        return "SELECT version FROM " + state + " WHERE ns = ? FOR UPDATE";
    }

    @Override
    public String rivals() {
        return "SELECT id, beat, stopped, seen FROM " + node + " WHERE ns = ? AND (alone OR CAST(? AS BOOLEAN))";
    }

    @Override
    public String register() {
        return "INSERT INTO " + node
                + " (ns, id, beat, stopped, seen, alone) SELECT ns, CAST(? AS UUID), 0, version, version,"
                + " CAST(? AS BOOLEAN) FROM " + state + " WHERE ns = ?";
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
        SELECT S.database_id, S.version, S.epoch, S.schema_version, S.incarnation,
          DATEDIFF(MILLISECOND, S.incarnation_at, CURRENT_TIMESTAMP), %s,
          (SELECT MAX(B.kind) FROM %s B WHERE B.ns = S.ns AND B.closed = 0), S.directory, READONLY()
        FROM %s S WHERE S.ns = ?""".formatted(live, barrier, state);
    }

    @Override
    public String nodes() {
        return "SELECT id, beat, stopped, seen FROM " + node + " WHERE ns = ?";
    }

    @Override
    public String acknowledge() {
        return "UPDATE " + node
                + " SET stopped = GREATEST(stopped, CAST(? AS BIGINT)), seen = GREATEST(seen, CAST(? AS BIGINT))"
                + " WHERE ns = ? AND id = ?";
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
        SELECT CASE WHEN S.incarnation = %s
            THEN (SELECT COUNT(*) FROM %s N WHERE N.ns = S.ns AND N.%s < ?) ELSE 2147483647 END
        FROM %s S WHERE S.ns = ?""".formatted(live, node, column, state);
    }

    @Override
    public String raise() {
        return """
        SELECT version FROM FINAL TABLE (UPDATE %s SET version = version + 1, epoch = COALESCE(CAST(? AS UUID), epoch),
          directory = COALESCE(CAST(? AS CHARACTER VARYING), directory)
        WHERE ns = ? AND incarnation = ? AND incarnation = %s AND version = COALESCE(CAST(? AS BIGINT), version))""".formatted(state, live);
    }

    @Override
    public String raiseSchema() {
        return "UPDATE " + state + " SET schema_version = schema_version + 1 WHERE ns = ?";
    }

    @Override
    public String insertBarrier() {
        return "INSERT INTO " + barrier
                + " (id, ns, node, version, kind, closed, session) SELECT CAST(? AS UUID), ns, CAST(? AS UUID), version,"
                + " CAST(? AS SMALLINT), 0, CAST(? AS CHARACTER VARYING) FROM " + state + " WHERE ns = ?";
    }

    @Override
    public String openBarriers() {
        return "SELECT id, node, kind, version, session FROM " + barrier + " WHERE ns = ? AND closed = 0";
    }

    /** H2 has no FOR SHARE: commits that are cut off wait for each other. */
    @Override
    public String lockBarrier() {
        return "SELECT 1 FROM " + barrier + " WHERE id = ? AND closed = 0 FOR UPDATE";
    }

    @Override
    public String isOpen() {
        return "SELECT 1 FROM " + barrier + " WHERE id = ? AND closed = 0";
    }

    @Override
    public String closeBarrier() {
        return "UPDATE " + barrier + " SET closed = 1 WHERE id = ? AND closed = 0";
    }

    @Override
    public List<String> shortLockWait() {
        return List.of("SET @STALELESS_LOCK_TIMEOUT = LOCK_TIMEOUT()", "SET LOCK_TIMEOUT 200");
    }

    @Override
    public List<String> shortLockWaitResets() {
        return List.of("SET LOCK_TIMEOUT @STALELESS_LOCK_TIMEOUT", "SET @STALELESS_LOCK_TIMEOUT = NULL");
    }

    @Override
    public String allNodes() {
        return "SELECT id, beat, stopped, seen FROM " + node;
    }

    @Override
    public List<String> dropStatements() {
        return Stream.of(node, barrier, state, incarnation, lock)
                .map(table -> "DROP TABLE IF EXISTS " + table)
                .toList();
    }

    @Override
    public String deleteGone() {
        return "DELETE FROM " + node + " WHERE ns = ? AND id = ? AND beat = ?";
    }

    /** Another place is another database. */
    @Override
    public String recordIncarnation() {
        return """
        UPDATE %1$s SET incarnation = %2$s, incarnation_at = CURRENT_TIMESTAMP, epoch = CAST(? AS UUID),
          version = version + 4294967296,
          database_id = CASE WHEN LOCATE(%3$s, incarnation) = 1 THEN database_id ELSE CAST(? AS UUID) END
        WHERE ns = ? AND incarnation = ?""".formatted(state, live, place);
    }
}
