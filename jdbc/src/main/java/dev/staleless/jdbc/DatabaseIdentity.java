package dev.staleless.jdbc;

import dev.staleless.jdbc.coordination.ServiceConnections;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** Which database a connection leads to, as long as its server runs: the database's oid and the server's start. */
record DatabaseIdentity(String text) {

    private static final Set<String> CLAIMED = ConcurrentHashMap.newKeySet();

    private static final String QUERY = """
      SELECT d.oid || '/' || pg_catalog.pg_postmaster_start_time(), pg_catalog.pg_is_in_recovery()
      FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()""";

    /**
     * Asks the application's data source.
     *
     * @throws StalelessStartException if it leads to something else than the primary of a PostgreSQL database
     */
    static DatabaseIdentity of(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            if (!product.equals("PostgreSQL")) {
                throw new StalelessStartException("The data source leads to " + product + ": allowed is PostgreSQL");
            }
            return of(connection);
        }
    }

    private static DatabaseIdentity of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            if (!row.next()) {
                throw new SQLException("the current database is not in pg_database");
            }
            if (row.getBoolean(2)) {
                throw new StalelessStartException("The data source leads to a standby: it must lead to the primary");
            }
            return new DatabaseIdentity(row.getString(1));
        }
    }

    /** Fails if the service connections lead to another database. */
    void check(ServiceConnections service) throws SQLException {
        try (Connection connection = service.open()) {
            DatabaseIdentity other = of(connection);
            if (!equals(other)) {
                throw new StalelessStartException(
                        "The service connections (" + service.description() + ") lead to another database ("
                                + other.text + ") than the data source (" + text + "): they must lead to the same");
            }
        }
    }

    /**
     * Refuses a second node of this process that keeps its results for itself: neither would hear of the other's writes.
     *
     * @return to be closed when the node is
     */
    AutoCloseable claim(String namespace) {
        String claim = text + "/" + namespace;
        if (!CLAIMED.add(claim)) {
            throw new StalelessStartException(
                    "This process already has a data source wrapped for this database, with a store that"
                            + " only it hears the writes of: use that one, or a shared store for both");
        }
        return () -> CLAIMED.remove(claim);
    }
}
