package dev.staleless.jdbc.driver;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The settings of a statement that its result sets take over. */
public record ResultSettings(int holdability, int maxRows, int fetchSize, int fetchDirection) {
    /** Creates a forward-only, read-only statement with these settings. */
    public Statement statement(java.sql.Connection connection) throws SQLException {
        Statement statement =
                connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, holdability);
        statement.setMaxRows(maxRows);
        statement.setFetchSize(fetchSize);
        statement.setFetchDirection(fetchDirection);
        return statement;
    }
}
