package dev.staleless.jdbc.coordination;

import dev.staleless.core.coordination.CoordinationException;
import java.sql.SQLException;

/** Finds or creates the tables, checks the role's rights, and decides what the live incarnation is made of. */
record CoordinationOpening(ServiceConnection connection, CoordinationSql sql, CoordinationSettings settings) {

    private static final int ATTEMPTS = 5;

    /**
     * Opens the tables.
     *
     * @return whether the incarnation holds what names the cluster. All nodes of a namespace must agree on that, whatever
     *     their rights, or each would take what another recorded for another incarnation: so the recorded one decides, and
     *     the rights of the first node only where there is none
     */
    boolean open() {
        CoordinationSchema schema = new CoordinationSchema(sql);
        boolean exists = connection.call("looking for the tables", schema::exists);
        if (!exists && !settings.create()) {
            throw connection.call("looking for the tables", schema::missing);
        }
        for (int attempt = 1; !exists; attempt++) {
            exists = create(schema, attempt);
        }
        return connection.call("checking rights", c -> {
            schema.checkPrivileges(c);
            boolean may = JdbcCoordinationTables.isTrue(JdbcCoordinationTables.first(c, sql.mayIdentify()));
            Object recorded = JdbcCoordinationTables.first(c, sql.recordedIncarnation(), settings.namespace());
            if (recorded == null) {
                return may;
            }
            boolean identified = !recorded.toString().split("/", -1)[1].equals("-");
            if (identified && !may) {
                throw new CoordinationException(
                        "Other nodes of namespace '" + settings.namespace() + "' may execute pg_control_system(),"
                                + " pg_walfile_name(pg_lsn) and pg_current_wal_lsn(), and this role may not: grant it EXECUTE on them");
            }
            return identified;
        });
    }

    /**
     * Creates the tables. On H2 two nodes that do so at once may collide in {@code CREATE SCHEMA IF NOT EXISTS}, of which one fails: it
     * finds the other's tables, or makes them itself when it tries again.
     *
     * @return whether they are there
     */
    private boolean create(CoordinationSchema schema, int attempt) {
        try {
            return connection.transaction("creating the tables", c -> {
                schema.create(c);
                return true;
            });
        } catch (CoordinationException e) {
            boolean collided = sql.mayCollideInCreating() && e.getCause() instanceof SQLException;
            if (!collided || attempt == ATTEMPTS) {
                throw e;
            }
            return connection.call("looking for the tables", schema::exists);
        }
    }
}
