package dev.staleless.benchmarks.speed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * One statement of a workload.
 *
 * @param tables that a query reads, or the one that a write changes
 */
record MixStep(String sql, List<Object> parameters, boolean write, List<String> tables) {

    static MixStep query(String sql, List<String> tables, Object... parameters) {
        return new MixStep(sql, List.of(parameters), false, tables);
    }

    static MixStep write(String sql, String table, Object... parameters) {
        return new MixStep(sql, List.of(parameters), true, List.of(table));
    }

    /**
     * Takes a connection, executes, reads all values, gives the connection back.
     *
     * @return a hash of the values; 0 of a write
     */
    long run(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            if (write) {
                statement.executeUpdate();
                return 0;
            }
            try (ResultSet rows = statement.executeQuery()) {
                return hash(rows);
            }
        }
    }

    private static long hash(ResultSet rows) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        long hash = 1;
        while (rows.next()) {
            for (int i = 1; i <= columns; i++) {
                hash = 31 * hash + String.valueOf(rows.getObject(i)).hashCode();
            }
        }
        return hash;
    }
}
