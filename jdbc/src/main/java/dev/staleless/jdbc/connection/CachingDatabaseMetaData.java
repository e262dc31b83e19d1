package dev.staleless.jdbc.connection;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Metadata of the database whose connection is the logical one. */
final class CachingDatabaseMetaData extends ForwardingDatabaseMetaData {
    private final LogicalConnection connection;

    CachingDatabaseMetaData(DatabaseMetaData metaData, LogicalConnection connection) {
        super(metaData);
        this.connection = connection;
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    ResultSet result(ResultSet rows) throws SQLException {
        return new LiveResultSet(rows, CachingStatement.of(rows.getStatement(), connection));
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        T unwrapped = metaData.unwrap(type);
        connection.handOut();
        return unwrapped;
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || metaData.isWrapperFor(type);
    }
}
