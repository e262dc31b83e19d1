package dev.staleless.jdbc.connection;

import dev.staleless.jdbc.result.ForwardingResultSet;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A result set of the driver whose statement is the wrapped one. */
final class LiveResultSet extends ForwardingResultSet {
    private final ResultSet rows;
    private final Statement statement;

    LiveResultSet(ResultSet rows, Statement statement) {
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
}
