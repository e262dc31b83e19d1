package dev.staleless.testkit.staleness;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A statement and its parameters.
 *
 * @param ordered whether the order of its rows is fixed by the statement
 */
record Sql(String text, List<@Nullable Object> parameters, boolean ordered) {
    /** Runs it as a query. Rows whose order is not fixed are sorted, so that equal results are equal lists. */
    List<List<@Nullable Object>> query(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            RandomSchema.bind(statement, parameters);
            try (ResultSet rows = statement.executeQuery()) {
                return read(rows);
            }
        }
    }

    private List<List<@Nullable Object>> read(ResultSet rows) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        List<List<@Nullable Object>> read = new ArrayList<>();
        while (rows.next()) {
            List<@Nullable Object> row = new ArrayList<>(columns);
            for (int i = 1; i <= columns; i++) {
                row.add(comparable(rows.getObject(i)));
            }
            read.add(row);
        }
        if (!ordered) {
            read.sort(Comparator.comparing(Objects::toString));
        }
        return read;
    }

    private static @Nullable Object comparable(@Nullable Object value) {
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value;
    }

    int update(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            RandomSchema.bind(statement, parameters);
            return statement.executeUpdate();
        }
    }

    /** The same query, asked of the database whatever is cached. */
    Sql uncached() {
        return new Sql("/* staleless: off */ " + text, parameters, ordered);
    }

    @Override
    public String toString() {
        return text + " " + parameters;
    }
}
