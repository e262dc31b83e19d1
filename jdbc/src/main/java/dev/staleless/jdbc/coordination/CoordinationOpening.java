package dev.staleless.jdbc.coordination;

import dev.staleless.core.coordination.CoordinationException;

/** Finds or creates the tables, checks the role's rights, and decides what the live incarnation is made of. */
record CoordinationOpening(ServiceConnection connection, CoordinationSql sql, CoordinationSettings settings) {

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
        if (!exists) {
            connection.transaction("creating the tables", c -> {
                schema.create(c);
                return true;
            });
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
}
