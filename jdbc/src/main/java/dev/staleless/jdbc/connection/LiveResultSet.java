package dev.staleless.jdbc.connection;

import dev.staleless.jdbc.result.ForwardingResultSet;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A result set of the driver whose statement is the wrapped one, and whose changes of rows are reported. */
final class LiveResultSet extends ForwardingResultSet {
    private final ResultSet rows;
    private final CachingStatement statement;

    LiveResultSet(ResultSet rows, CachingStatement statement) {
        this.rows = rows;
        this.statement = statement;
    }

    @Override
    protected ResultSet delegate() {
        return rows;
    }

    @Override
    @SuppressWarnings("NullAway") // JDBC: null for what no statement has produced
    public Statement getStatement() throws SQLException {
        return rows.getStatement() == null ? null : statement;
    }

    @Override
    public void insertRow() throws SQLException {
        UpdatedRows.insert(rows, statement);
    }

    @Override
    public void updateRow() throws SQLException {
        UpdatedRows.update(rows, statement);
    }

    @Override
    public void deleteRow() throws SQLException {
        UpdatedRows.delete(rows, statement);
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        T unwrapped = rows.unwrap(type);
        statement.connection.handOut();
        return unwrapped;
    }
}
