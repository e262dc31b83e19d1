package dev.staleless.jdbc.coordination;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Service connections of a data source that somebody else closes. */
record DataSourceConnections(DataSource dataSource, boolean lent) implements ServiceConnections {

    @Override
    public Connection open() throws SQLException {
        return dataSource.getConnection();
    }

    @Override
    public String description() {
        return lent
                ? "the application's own pool, which lends two connections for good"
                : "the data source given for it";
    }

    @Override
    public void close() {
        // Not ours.
    }
}
