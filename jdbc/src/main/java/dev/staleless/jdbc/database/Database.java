package dev.staleless.jdbc.database;

import dev.staleless.jdbc.catalog.CatalogSource;
import dev.staleless.jdbc.coordination.CoordinationDialect;
import dev.staleless.jdbc.driver.DriverProfile;
import dev.staleless.sql.SqlDialect;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.stream.Collectors;

/** A kind of database: everything that a node does in another way on each. Immutable, safe for any thread. */
public interface Database {

    /**
     * The kind of the database that a connection leads to.
     *
     * @throws SQLFeatureNotSupportedException if it is none that is known; the message names those that are
     */
    static Database of(Connection connection) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        for (Database database : Kinds.ALL) {
            if (database.recognises(metaData)) {
                return database;
            }
        }
        throw new SQLFeatureNotSupportedException(
                "The data source leads to " + metaData.getDatabaseProductName() + " "
                        + metaData.getDatabaseProductVersion() + ": allowed "
                        + (Kinds.ALL.size() == 1 ? "is " : "are ")
                        + Kinds.ALL.stream().map(Database::name).collect(Collectors.joining(", ")),
                "0A000");
    }

    /** Its name and the oldest version that is supported, for people. */
    String name();

    /** Whether this is the kind of a database that calls itself so. */
    boolean recognises(DatabaseMetaData metaData) throws SQLException;

    /** The SQL that its statements are written in. */
    SqlDialect dialect();

    /** The SQL of the coordination tables. */
    CoordinationDialect coordination();

    /**
     * Its catalog, which is read now for the first time.
     *
     * @param coordinationSchema where the coordination tables stand, which count as the database's own
     */
    CatalogSource catalog(CatalogSource.Connections connections, String coordinationSchema) throws SQLException;

    /**
     * Its driver, and the sessions that it opens.
     *
     * @throws ReflectiveOperationException if the driver is a version whose results cannot be captured
     * @throws LinkageError if it is not on the class path
     */
    DriverProfile driver() throws ReflectiveOperationException;

    /** Which database of this kind a connection leads to. */
    Identity identity(Connection connection) throws SQLException;

    /**
     * One database.
     *
     * @param text tells it from every other one, as long as its server runs
     * @param primary whether it takes writes, and is no copy of another one that does
     */
    record Identity(String text, boolean primary) {}

    /** The kinds that are known. */
    final class Kinds {
        private static final List<Database> ALL =
                List.of(new PostgresDatabase(), new MariaDbDatabase(), new H2Database());

        private Kinds() {}
    }
}
