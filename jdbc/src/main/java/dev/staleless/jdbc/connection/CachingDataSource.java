package dev.staleless.jdbc.connection;

import dev.staleless.jdbc.driver.SessionState;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.ShardingKeyBuilder;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source whose connections serve cached results, and report what they change.
 *
 * <p>It stands directly before the pool of one database. The connections that the wrapped data source hands out must be alike: one
 * that chooses a database, a schema or a role by the caller (routing, tenants) is put before this one, not behind it.
 */
public final class CachingDataSource implements DataSource {
    private final DataSource delegate;
    private final Front front;

    private CachingDataSource(DataSource delegate, Wiring wiring) {
        this.delegate = delegate;
        this.front = new Front(delegate, wiring);
    }

    /** Wraps a data source. Nothing is borrowed yet. */
    public static CachingDataSource create(DataSource delegate, Wiring wiring) {
        return new CachingDataSource(delegate, wiring);
    }

    /**
     * The state of the sessions as they are handed out; null if their driver is another one than was thought. Borrows a
     * connection if none was borrowed yet.
     */
    public @Nullable SessionState usualSession() throws SQLException {
        if (front.defaults() == null && !front.isForeign()) {
            front.borrow().close();
        }
        Defaults defaults = front.defaults();
        return defaults == null ? null : defaults.session();
    }

    @Override
    public Connection getConnection() throws SQLException {
        LogicalConnection connection = new LogicalConnection(front);
        if (front.defaults() == null) {
            // The first connection tells how the others will be.
            connection.borrow();
        }
        return connection;
    }

    /** Not supported: connections of another user would have to be told from the others in every key. */
    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException(
                "Connections of a caching data source are of one user: wrap a data source for each", "0A000");
    }

    /** Not supported, as {@link #getConnection(String, String)}. */
    @Override
    public ConnectionBuilder createConnectionBuilder() throws SQLException {
        throw new SQLFeatureNotSupportedException("A caching data source has no connection builder", "0A000");
    }

    @Override
    public ShardingKeyBuilder createShardingKeyBuilder() throws SQLException {
        return delegate.createShardingKeyBuilder();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return delegate.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        delegate.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        delegate.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return delegate.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return delegate.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        return type.isInstance(delegate) ? type.cast(delegate) : delegate.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || type.isInstance(delegate) || delegate.isWrapperFor(type);
    }
}
