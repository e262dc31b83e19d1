package dev.staleless.jdbc.database;

import dev.staleless.jdbc.catalog.CatalogSource;
import dev.staleless.jdbc.coordination.CoordinationDialect;
import dev.staleless.jdbc.driver.DriverProfile;
import dev.staleless.jdbc.result.h2.H2Profile;
import dev.staleless.sql.SqlDialect;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** H2 from version 2 on, embedded or as a server, in memory or in a file. */
final class H2Database implements Database {

    /** A database in memory has no path; its name tells it from others in the same process. */
    private static final String IDENTITY = "SELECT COALESCE(DATABASE_PATH(), 'mem:' || DATABASE()), NOT READONLY()";

    private static final int OLDEST = 2;

    @Override
    public String name() {
        return "H2 2";
    }

    @Override
    public boolean recognises(DatabaseMetaData metaData) throws SQLException {
        return metaData.getDatabaseProductName().equals("H2") && metaData.getDatabaseMajorVersion() >= OLDEST;
    }

    @Override
    public SqlDialect dialect() {
        return SqlDialect.H2;
    }

    @Override
    public CoordinationDialect coordination() {
        return CoordinationDialect.H2;
    }

    @Override
    public CatalogSource catalog(CatalogSource.Connections connections, String coordinationSchema) throws SQLException {
        return CatalogSource.h2(connections, coordinationSchema);
    }

    @Override
    public DriverProfile driver() throws ReflectiveOperationException {
        return H2Profile.create();
    }

    @Override
    public Identity identity(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(IDENTITY)) {
            row.next();
            return new Identity(row.getString(1), row.getBoolean(2));
        }
    }
}
