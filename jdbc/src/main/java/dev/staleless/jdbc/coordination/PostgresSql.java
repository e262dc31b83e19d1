package dev.staleless.jdbc.coordination;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements on PostgreSQL.
 *
 * <p>The live incarnation is {@code database/system/timeline/start/files/mark}:
 * <ul>
 * <li>the database's oid and the cluster's system identifier tell a copy from its original (CREATE DATABASE ... TEMPLATE,
 *     a dump loaded elsewhere);
 * <li>the timeline changes with each promotion; it is read from the name of the current WAL file, since the control file
 *     tells it only after the next checkpoint;
 * <li>the postmaster's start changes with each start. By itself it is not enough: crash recovery after the end of one
 *     backend does not change it. A restart in order loses nothing, but one on a folder restored from a cold copy looks
 *     the same otherwise;
 * <li>the file numbers of two tables change when they are restored from a dump over themselves;
 * <li>the mark is a random id in an unlogged table, which crash recovery empties and which no standby and no base backup
 *     holds.
 * </ul>
 * Every function used may be called by PUBLIC in a new database. Where that was revoked or is not offered, system identifier
 * and timeline are left out ({@code identified} is false); what remains still changes in each of these events.
 */
final class PostgresSql implements CoordinationSql {

    /** Any number will do; "Staleles" in ASCII. */
    private static final long LOCK = 0x5374616c656c6573L;

    private static final String QUIET = "set_config('synchronous_commit', 'off', true) = 'off'";

    private final String schema;
    private final String state;
    private final String node;
    private final String barrier;
    private final String incarnation;
    private final String schemaLiteral;
    private final String live;

    PostgresSql(String schema, boolean identified) {
        this.schema = quote(schema);
        this.schemaLiteral = "'" + schema.replace("'", "''") + "'";
        this.state = this.schema + ".staleless_state";
        this.node = this.schema + ".staleless_node";
        this.barrier = this.schema + ".staleless_barrier";
        this.incarnation = this.schema + ".staleless_incarnation";
        this.live = liveExpression(identified);
    }

    private String liveExpression(boolean identified) {
        String system = identified ? "(SELECT system_identifier FROM pg_control_system())" : "'-'";
        String timeline = identified ? "substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)" : "'-'";
        return """
        concat_ws('/', (SELECT oid FROM pg_database WHERE datname = current_database()), %s, %s,
          (extract(epoch FROM pg_postmaster_start_time()) * 1000000)::bigint,
          pg_relation_filenode(%s::regclass) || '.' || pg_relation_filenode(%s::regclass),
          coalesce((SELECT id::text FROM %s), '-'))""".formatted(system, timeline, literal(state), literal(incarnation), incarnation);
    }

    private static String quote(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @Override
    public List<String> createStatements() {
        return List.of(
                "CREATE SCHEMA IF NOT EXISTS " + schema,
                """
        CREATE TABLE IF NOT EXISTS %s (
          ns varchar(64) PRIMARY KEY,
          database_id uuid NOT NULL,
          version bigint NOT NULL,
          epoch uuid NOT NULL,
          schema_version bigint NOT NULL,
          incarnation varchar(200) NOT NULL,
          incarnation_at timestamptz NOT NULL,
          directory text NOT NULL
        )""".formatted(state),
                """
        CREATE TABLE IF NOT EXISTS %s (
          ns varchar(64) NOT NULL,
          id uuid NOT NULL,
          beat bigint NOT NULL,
          stopped bigint NOT NULL,
          seen bigint NOT NULL,
          alone boolean NOT NULL,
          PRIMARY KEY (ns, id)
        ) WITH (fillfactor = 50)""".formatted(node),
                """
        CREATE TABLE IF NOT EXISTS %s (
          id uuid PRIMARY KEY,
          ns varchar(64) NOT NULL,
          node uuid NOT NULL,
          version bigint NOT NULL,
          kind smallint NOT NULL,
          closed smallint NOT NULL,
          session varchar(200)
        )""".formatted(barrier),
                """
        CREATE UNLOGGED TABLE IF NOT EXISTS %s (
          one boolean PRIMARY KEY CHECK (one),
          id uuid NOT NULL
        )""".formatted(incarnation));
    }

    @Override
    public List<String> grantStatements(String role) {
        String to = " TO " + quote(role);
        return List.of(
                "GRANT USAGE ON SCHEMA " + schema + to,
                "GRANT SELECT, INSERT, UPDATE ON " + state + to,
                "GRANT SELECT, INSERT, UPDATE, DELETE ON " + node + to,
                "GRANT SELECT, INSERT, UPDATE (closed) ON " + barrier + to,
                "GRANT SELECT, INSERT ON " + incarnation + to);
    }

    @Override
    public String existing() {
        return """
        SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = %s
          AND c.relname IN ('staleless_state', 'staleless_node', 'staleless_barrier', 'staleless_incarnation')""".formatted(schemaLiteral);
    }

    @Override
    public int tableCount() {
        return 4;
    }

    @Override
    public String missingPrivileges() {
        Stream<String[]> needed = Stream.of(
                new String[] {state, "SELECT", "INSERT", "UPDATE"},
                new String[] {node, "SELECT", "INSERT", "UPDATE", "DELETE"},
                new String[] {barrier, "SELECT", "INSERT"},
                new String[] {incarnation, "SELECT", "INSERT"});
        String tables = needed.flatMap(
                        row -> Stream.of(row).skip(1).map(right -> "(" + literal(row[0]) + ", '" + right + "')"))
                .collect(Collectors.joining(", "));
        // CASE, since without USAGE on the schema its tables cannot even be named.
        return """
        SELECT p FROM (
          SELECT CASE WHEN NOT has_schema_privilege(%1$s, 'USAGE') THEN 'USAGE on schema ' || %1$s
            WHEN NOT has_table_privilege(t, r) THEN r || ' on ' || t END AS p
          FROM (VALUES %2$s) AS v (t, r)
          UNION ALL
          SELECT CASE WHEN NOT has_schema_privilege(%1$s, 'USAGE') THEN NULL
            WHEN NOT has_column_privilege(%3$s, 'closed', 'UPDATE') THEN 'UPDATE (closed) on ' || %3$s END
        ) AS q WHERE p IS NOT NULL GROUP BY p ORDER BY p""".formatted(schemaLiteral, tables, literal(barrier));
    }

    @Override
    public String mayIdentify() {
        return """
        SELECT has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE')
          AND has_function_privilege('pg_catalog.pg_walfile_name(pg_lsn)', 'EXECUTE')
          AND has_function_privilege('pg_catalog.pg_current_wal_lsn()', 'EXECUTE')""";
    }

    @Override
    public String currentRole() {
        return "SELECT current_user";
    }

    @Override
    public List<String> sessionSettings(long timeoutMillis) {
        return List.of("SET statement_timeout = " + timeoutMillis, "SET lock_timeout = " + timeoutMillis);
    }

    @Override
    public List<String> sessionResets() {
        return List.of("RESET statement_timeout", "RESET lock_timeout");
    }

    @Override
    public String verify() {
        return """
        SELECT pg_is_in_recovery(), current_setting('transaction_read_only') <> 'off',
          current_setting('transaction_isolation')""";
    }

    @Override
    public String session() {
        return """
                SELECT concat_ws('/', (SELECT oid FROM pg_database WHERE datname = current_database()),
                  pg_postmaster_start_time(), a.pid, a.backend_start, pg_is_in_recovery())
                FROM pg_stat_get_activity(pg_backend_pid()) a""";
    }

    @Override
    public String sessionEnded() {
        // The start of another role's session is hidden: then a session of this process id may still be the one meant.
        return """
        SELECT NOT EXISTS (SELECT FROM pg_stat_get_activity(?) a
          WHERE a.backend_start IS NULL OR extract(epoch FROM a.backend_start)::text = ?)""";
    }

    @Override
    public String lock() {
        return "SELECT pg_advisory_xact_lock(" + LOCK + ")";
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
        return "INSERT INTO " + incarnation + " (one, id) VALUES (true, ?) ON CONFLICT DO NOTHING";
    }

    @Override
    public String createState() {
        return """
        INSERT INTO %s (ns, database_id, version, epoch, schema_version, incarnation, incarnation_at, directory)
        SELECT ?, ?, 1, ?, 1, %s, timestamptz 'epoch', ? ON CONFLICT DO NOTHING""".formatted(state, live);
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
        return "UPDATE " + node + " SET beat = beat + 1 WHERE ns = ? AND id = ? AND " + QUIET;
    }

    @Override
    public String read() {
        return """
        SELECT s.database_id, s.version, s.epoch, s.schema_version, s.incarnation,
          (extract(epoch FROM clock_timestamp() - s.incarnation_at) * 1000)::bigint, %s,
          (SELECT max(b.kind) FROM %s b WHERE b.ns = s.ns AND b.closed = 0), s.directory,
          pg_is_in_recovery() OR current_setting('transaction_read_only') <> 'off'
        FROM %s s WHERE s.ns = ?""".formatted(live, barrier, state);
    }

    @Override
    public String nodes() {
        return "SELECT id, beat, stopped, seen FROM " + node + " WHERE ns = ?";
    }

    @Override
    public String acknowledge() {
        return "UPDATE " + node
                + " SET stopped = greatest(stopped, ?), seen = greatest(seen, ?) WHERE ns = ? AND id = ? AND " + QUIET;
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
        UPDATE %s SET version = version + 1, epoch = coalesce(?::uuid, epoch), directory = coalesce(?::text, directory)
        WHERE ns = ? AND incarnation = ? AND incarnation = %s AND version = coalesce(?::bigint, version)
        RETURNING version""".formatted(state, live);
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

    @Override
    public String lockBarrier() {
        return "SELECT 1 FROM " + barrier + " WHERE id = ? AND closed = 0 FOR SHARE";
    }

    @Override
    public String lockShared() {
        return "SELECT pg_advisory_xact_lock_shared(?)";
    }

    @Override
    public String lockAlone() {
        return "SELECT pg_advisory_xact_lock(?)";
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
        return List.of("SET LOCAL lock_timeout = 200");
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

    @Override
    public String recordIncarnation() {
        return """
        UPDATE %1$s SET incarnation = live.text, incarnation_at = clock_timestamp(), epoch = ?,
          version = version + 4294967296,
          database_id = CASE WHEN split_part(incarnation, '/', 1) = split_part(live.text, '/', 1)
            AND split_part(incarnation, '/', 2) = split_part(live.text, '/', 2) THEN database_id ELSE ? END
        FROM (SELECT %2$s AS text) AS live WHERE ns = ? AND incarnation = ?""".formatted(state, live);
    }
}
