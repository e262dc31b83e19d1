package dev.staleless.jdbc.connection;

import dev.staleless.jdbc.driver.DriverProfile;
import dev.staleless.jdbc.driver.SessionState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * How the wrapped data source hands its connections out, learned from the first one: what a logical connection tells before it
 * has borrowed one.
 */
record Defaults(
        boolean autoCommit,
        boolean readOnly,
        int holdability,
        @Nullable String catalog,
        int networkTimeout,
        Properties clientInfo,
        Map<String, Class<?>> typeMap,
        SessionState session) {
    /** Reads them from a connection that was just borrowed, and leaves it as it was. */
    static Defaults of(Connection connection, DriverProfile driver) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        SessionState session = driver.probe(connection);
        if (!autoCommit) {
            connection.rollback();
        }
        return new Defaults(
                autoCommit,
                connection.isReadOnly(),
                connection.getHoldability(),
                connection.getCatalog(),
                connection.getNetworkTimeout(),
                connection.getClientInfo(),
                connection.getTypeMap(),
                session);
    }
}
