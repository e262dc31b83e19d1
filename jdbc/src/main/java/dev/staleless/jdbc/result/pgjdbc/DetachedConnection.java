package dev.staleless.jdbc.result.pgjdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.PgConnection;

/**
 * A connection of the driver without a server. It decodes results as one with the given settings does; as soon as the driver
 * wants to send something, the call fails, and {@link #wantedDatabase} says so from then on. Safe for any thread, as the driver's
 * connections are: only decoding is done, which shares nothing but the driver's type cache, and that has its lock.
 */
final class DetachedConnection {
    private final PgConnection connection;
    private final DetachedSocket socket;

    private DetachedConnection(PgConnection connection, DetachedSocket socket) {
        this.connection = connection;
        this.socket = socket;
    }

    static DetachedConnection open(DecodingSettings settings) throws SQLException {
        DetachedSocket socket = new DetachedSocket(Greeting.of(settings.server()));
        String name = UUID.randomUUID().toString();
        DetachedSocketFactory.prepare(name, socket);
        try {
            Connection connection =
                    new Driver().connect("jdbc:postgresql://127.0.0.1/detached", properties(settings, name));
            if (!(connection instanceof PgConnection driver)) {
                throw new SQLException("The PostgreSQL driver did not make a connection", "08001");
            }
            socket.detach();
            return new DetachedConnection(driver, socket);
        } finally {
            DetachedSocketFactory.forget(name);
        }
    }

    private static Properties properties(DecodingSettings settings, String socket) {
        Properties properties = settings.toProperties();
        PGProperty.SOCKET_FACTORY.set(properties, DetachedSocketFactory.class.getName());
        PGProperty.SOCKET_FACTORY_ARG.set(properties, socket);
        PGProperty.USER.set(properties, "detached");
        PGProperty.PASSWORD.set(properties, "");
        PGProperty.SSL_MODE.set(properties, "disable");
        PGProperty.GSS_ENC_MODE.set(properties, "disable");
        // The server's version is told by its greeting; assuming one spares the driver a statement.
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "9.4");
        return properties;
    }

    /** Null once the driver has closed it. */
    @Nullable
    PgConnection connection() throws SQLException {
        return socket.wasWrittenTo() || connection.isClosed() ? null : connection;
    }

    boolean wantedDatabase() {
        return socket.wasWrittenTo();
    }
}
