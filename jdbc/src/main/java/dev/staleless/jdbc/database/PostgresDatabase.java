package dev.staleless.jdbc.database;

import dev.staleless.jdbc.catalog.CatalogSource;
import dev.staleless.jdbc.coordination.CoordinationDialect;
import dev.staleless.jdbc.driver.DriverProfile;
import dev.staleless.jdbc.result.pgjdbc.PgjdbcProfile;
import dev.staleless.sql.SqlDialect;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** PostgreSQL. */
final class PostgresDatabase implements Database {

    private static final String IDENTITY = """
      SELECT d.oid || '/' || pg_catalog.pg_postmaster_start_time(), pg_catalog.pg_is_in_recovery()
      FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()""";

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public boolean recognises(DatabaseMetaData metaData) throws SQLException {
        return metaData.getDatabaseProductName().equals("PostgreSQL");
    }

    @Override
    public SqlDialect dialect() {
        return SqlDialect.POSTGRESQL;
    }

    @Override
    public CoordinationDialect coordination() {
        return CoordinationDialect.POSTGRESQL;
    }

    @Override
    public CatalogSource catalog(CatalogSource.Connections connections, String coordinationSchema) throws SQLException {
        return CatalogSource.postgres(connections, coordinationSchema);
    }

    @Override
    public DriverProfile driver() throws ReflectiveOperationException {
        return PgjdbcProfile.create();
    }

    @Override
    public Identity identity(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(IDENTITY)) {
            if (!row.next()) {
                throw new SQLException("the current database is not in pg_database");
            }
            return new Identity(row.getString(1), !row.getBoolean(2));
        }
    }
}
