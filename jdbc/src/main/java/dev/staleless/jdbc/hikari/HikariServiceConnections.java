package dev.staleless.jdbc.hikari;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.staleless.jdbc.coordination.ServiceConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Service connections opened from the settings of the application's HikariCP pool, besides those of the pool. */
public final class HikariServiceConnections implements ServiceConnections {

    /** Two that are held, and one for what is read once, such as the catalog. */
    private static final int CONNECTIONS = 3;

    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int IDLE_MILLIS = 10_000;

    private final HikariDataSource own;
    private final String pool;

    private HikariServiceConnections(HikariDataSource own, String pool) {
        this.own = own;
        this.pool = pool;
    }

    /**
     * Service connections from the settings of this data source, or null if it is no HikariCP pool, or one of a class of its
     * own, which may answer with other settings than those it was given.
     */
    public static @Nullable ServiceConnections from(DataSource dataSource) throws SQLException {
        HikariDataSource pool = pool(dataSource);
        return pool == null ? null : of(pool);
    }

    /** How many connections the pool has at most; empty if it is none. */
    public static OptionalInt size(DataSource dataSource) throws SQLException {
        HikariDataSource pool = pool(dataSource);
        return pool == null ? OptionalInt.empty() : OptionalInt.of(pool.getMaximumPoolSize());
    }

    private static @Nullable HikariDataSource pool(DataSource dataSource) throws SQLException {
        if (dataSource.getClass() == HikariDataSource.class) {
            return (HikariDataSource) dataSource;
        }
        if (dataSource.isWrapperFor(HikariDataSource.class)) {
            HikariDataSource pool = dataSource.unwrap(HikariDataSource.class);
            return pool.getClass() == HikariDataSource.class ? pool : null;
        }
        return null;
    }

    private static ServiceConnections of(HikariDataSource pool) {
        HikariConfig config = new HikariConfig();
        pool.copyStateTo(config);
        config.setPoolName("staleless-service");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        // Two are held for good: neither their age nor their being away is a leak.
        config.setMaxLifetime(0);
        config.setIdleTimeout(IDLE_MILLIS);
        config.setLeakDetectionThreshold(0);
        config.setConnectionTimeout(TIMEOUT_MILLIS);
        config.setInitializationFailTimeout(-1);
        config.setReadOnly(false);
        config.setAutoCommit(true);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setRegisterMbeans(false);
        return new HikariServiceConnections(new HikariDataSource(config), pool.getPoolName());
    }

    @Override
    public Connection open() throws SQLException {
        return own.getConnection();
    }

    @Override
    public String description() {
        return "the settings of the HikariCP pool " + pool;
    }

    @Override
    public boolean lent() {
        return false;
    }

    @Override
    public void close() {
        own.close();
    }
}
