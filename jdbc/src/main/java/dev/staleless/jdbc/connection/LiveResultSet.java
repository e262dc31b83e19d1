package dev.staleless.jdbc.connection;

import dev.staleless.jdbc.result.ForwardingResultSet;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;

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

    // ---- what is called most, without an object for each call

    @Override
    public boolean next() throws SQLException {
        return rows.next();
    }

    @Override
    public boolean wasNull() throws SQLException {
        return rows.wasNull();
    }

    @Override
    public int getInt(int index) throws SQLException {
        return rows.getInt(index);
    }

    @Override
    public long getLong(int index) throws SQLException {
        return rows.getLong(index);
    }

    @Override
    public boolean getBoolean(int index) throws SQLException {
        return rows.getBoolean(index);
    }

    @Override
    public double getDouble(int index) throws SQLException {
        return rows.getDouble(index);
    }

    @Override
    public String getString(int index) throws SQLException {
        return rows.getString(index);
    }

    @Override
    public BigDecimal getBigDecimal(int index) throws SQLException {
        return rows.getBigDecimal(index);
    }

    @Override
    public Timestamp getTimestamp(int index) throws SQLException {
        return rows.getTimestamp(index);
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
