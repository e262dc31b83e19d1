package dev.staleless.jdbc;

import dev.staleless.jdbc.coordination.ServiceConnections;
import dev.staleless.jdbc.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** Which database a data source leads to, and of which kind it is. */
record DatabaseIdentity(Database kind, Database.Identity identity) {

    private static final Set<String> CLAIMED = ConcurrentHashMap.newKeySet();

    /**
     * Asks the application's data source.
     *
     * @throws SQLException if it leads to a database of another kind than those supported, too
     * @throws StalelessStartException if it leads to something else than a primary
     */
    static DatabaseIdentity of(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Database kind = Database.of(connection);
            return new DatabaseIdentity(kind, identity(kind, connection));
        }
    }

    private static Database.Identity identity(Database kind, Connection connection) throws SQLException {
        Database.Identity identity = kind.identity(connection);
        if (!identity.primary()) {
            throw new StalelessStartException("The data source leads to a standby: it must lead to the primary");
        }
        return identity;
    }

    /** Fails if the service connections lead to another database. */
    void check(ServiceConnections service) throws SQLException {
        try (Connection connection = service.open()) {
            Database.Identity other = identity(kind, connection);
            if (!identity.equals(other)) {
                throw new StalelessStartException(
                        "The service connections (" + service.description() + ") lead to another database ("
                                + other.text() + ") than the data source (" + identity.text()
                                + "): they must lead to the same");
            }
        }
    }

    /**
     * Refuses a second node of this process that keeps its results for itself: neither would hear of the other's writes.
     *
     * @return to be closed when the node is
     */
    AutoCloseable claim(String namespace) {
        String claim = identity.text() + "/" + namespace;
        if (!CLAIMED.add(claim)) {
            throw new StalelessStartException(
                    "This process already has a data source wrapped for this database, with a store that"
                            + " only it hears the writes of: use that one, or a shared store for both");
        }
        return () -> CLAIMED.remove(claim);
    }
}
