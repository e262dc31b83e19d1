package dev.staleless.jdbc.database;

import dev.staleless.jdbc.catalog.CatalogSource;
import dev.staleless.jdbc.coordination.CoordinationDialect;
import dev.staleless.jdbc.driver.DriverProfile;
import dev.staleless.jdbc.result.mariadb.MariaDbProfile;
import dev.staleless.sql.SqlDialect;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** MariaDB, from 10.6 on. The oldest version that is still maintained, and the first whose DDL is atomic. */
final class MariaDbDatabase implements Database {

    private static final int MAJOR = 10;
    private static final int MINOR = 6;

    /** A transaction may span all databases of a server: so the server is what is to be told from others. */
    private static final String IDENTITY =
            "SELECT concat_ws('/', @@server_uid, @@server_id, @@hostname, @@port, @@datadir)," + " @@global.read_only";

    @Override
    public String name() {
        return "MariaDB from 10.6 on";
    }

    @Override
    public boolean recognises(DatabaseMetaData metaData) throws SQLException {
        int major = metaData.getDatabaseMajorVersion();
        return metaData.getDatabaseProductName().equals("MariaDB")
                && (major > MAJOR || major == MAJOR && metaData.getDatabaseMinorVersion() >= MINOR);
    }

    @Override
    public SqlDialect dialect() {
        return SqlDialect.MARIADB;
    }

    @Override
    public CoordinationDialect coordination() {
        return CoordinationDialect.MARIADB;
    }

    @Override
    public CatalogSource catalog(CatalogSource.Connections connections, String coordinationSchema) throws SQLException {
        return CatalogSource.mariadb(connections, coordinationSchema);
    }

    @Override
    public DriverProfile driver() throws ReflectiveOperationException {
        return MariaDbProfile.create();
    }

    @Override
    public Identity identity(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(IDENTITY)) {
            row.next();
            return new Identity(row.getString(1), !row.getBoolean(2));
        }
    }
}
