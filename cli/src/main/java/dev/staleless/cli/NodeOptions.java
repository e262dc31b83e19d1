package dev.staleless.cli;

import dev.staleless.jdbc.Mode;
import dev.staleless.jdbc.Staleless;
import dev.staleless.jdbc.StalelessDataSource;
import dev.staleless.jdbc.coordination.CoordinationSettings;
import dev.staleless.redis.RedisStore;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How an operator's command reaches the database and the store that the application's nodes use. */
final class NodeOptions {

    @Option(names = "--url", required = true, paramLabel = "URL", description = "The database, jdbc:...")
    private String url = "";

    @Option(names = "--user", paramLabel = "NAME", description = "The database's user, if not in the URL.")
    private @Nullable String user;

    @Option(
            names = "--password",
            paramLabel = "PASSWORD",
            description = "Its password; asked for if no value is given.",
            interactive = true,
            arity = "0..1")
    private @Nullable String password;

    @Option(
            names = "--store",
            required = true,
            paramLabel = "URI",
            description = "The store: redis://, rediss://, redis-sentinel://, redis-cluster://.")
    private String store = "";

    @Option(names = "--namespace", paramLabel = "NAME", description = "The nodes' namespace.")
    private String namespace = "default";

    @Option(names = "--prefix", paramLabel = "TEXT", description = "What the names of the store's keys begin with.")
    private String prefix = "sl:";

    @Option(names = "--coordination-schema", paramLabel = "NAME", description = "Where the coordination tables stand.")
    private String schema = CoordinationSettings.DEFAULT_SCHEMA;

    /** A node of the namespace that serves nothing. */
    StalelessDataSource open() {
        return Staleless.wrap(new Direct())
                .store(RedisStore.builder(store).prefix(prefix).build())
                .namespace(namespace)
                .coordinationSchema(schema)
                .createTables(false)
                .mode(Mode.REPORT)
                .build();
    }

    /** Connections made one by one; few are needed. */
    private final class Direct implements DataSource {
        @Override
        public Connection getConnection() throws SQLException {
            return getConnection(user, password);
        }

        @Override
        public Connection getConnection(@Nullable String name, @Nullable String secret) throws SQLException {
            Properties login = new Properties();
            if (name != null) {
                login.setProperty("user", name);
            }
            if (secret != null) {
                login.setProperty("password", secret);
            }
            return DriverManager.getConnection(url, login);
        }

        @Override
        @SuppressWarnings("NullAway") // JDBC: null is no log
        public PrintWriter getLogWriter() {
            return null;
        }

        @Override
        public void setLogWriter(PrintWriter out) {}

        @Override
        public void setLoginTimeout(int seconds) {}

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException("not logged through java.util.logging");
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLException("wraps nothing: " + type);
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}
