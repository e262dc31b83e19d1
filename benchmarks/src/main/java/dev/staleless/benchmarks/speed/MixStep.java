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
     * @return a hash of the values, in whose order there is no meaning without ORDER BY; 0 of a write
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
                return hash(rows, sql.contains("ORDER BY"));
            }
        }
    }

    /** Where the database has put an updated row is not the same each time, and so is not the order in which it finds it. */
    private static long hash(ResultSet rows, boolean ordered) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        long hash = 1;
        while (rows.next()) {
            long row = 1;
            for (int i = 1; i <= columns; i++) {
                row = 31 * row + String.valueOf(rows.getObject(i)).hashCode();
            }
            hash = ordered ? 31 * hash + row : hash + row * 0x9E3779B97F4A7C15L;
        }
        return hash;
    }
}
