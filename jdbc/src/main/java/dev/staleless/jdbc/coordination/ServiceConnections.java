package dev.staleless.jdbc.coordination;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalInt;
import javax.sql.DataSource;

/**
 * Opens the service connections: the two connections to the primary that a node keeps for good, besides those of the
 * application's pool, so that its watch never waits for the pool at the moment of need. Safe for any thread.
 */
public interface ServiceConnections extends AutoCloseable {

    /** Opens a connection; the caller closes it. Two are held for good, a third one at most for a moment. */
    Connection open() throws SQLException;

    /** Where the connections come from, for the log. */
    String description();

    /** Whether they are taken from the application's own pool, which has that many fewer to give. */
    boolean lent();

    /** Closes what was needed to open connections; the data source given is not closed. */
    @Override
    void close();

    /**
     * Connections for a node whose application uses this data source: from its settings if it is a HikariCP pool, which then
     * keeps all its own; lent by it for good otherwise.
     */
    static ServiceConnections beside(DataSource pool) {
        ServiceConnections own = PoolSettings.connections(pool);
        return own != null ? own : lentBy(pool);
    }

    /** How many connections a pool has at most, if it is one that tells. */
    static OptionalInt size(DataSource pool) {
        return PoolSettings.size(pool);
    }

    /** Connections of a data source that is given for this alone. */
    static ServiceConnections of(DataSource dataSource) {
        return new DataSourceConnections(dataSource, false);
    }

    /** Connections that the application's pool lends for good. */
    static ServiceConnections lentBy(DataSource pool) {
        return new DataSourceConnections(pool, true);
    }
}
