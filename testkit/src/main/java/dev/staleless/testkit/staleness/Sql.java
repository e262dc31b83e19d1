package dev.staleless.testkit.staleness;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement and its parameters.
 *
 * @param ordered whether the order of its rows is fixed by the statement
 */
record Sql(String text, List<@Nullable Object> parameters, boolean ordered) {
    private static final Pattern ONE_OF_SEVERAL = Pattern.compile(" (DISTINCT|GROUP BY|UNION|EXCEPT|INTERSECT) ");

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

    /**
     * Of numbers that are equal and written differently, 2.5 and 2.50, the database may show any where it makes one row of several;
     * which one it shows changes with the order in which it finds them. Such results are compared by value.
     */
    private @Nullable Object comparable(@Nullable Object value) {
        return value instanceof BigDecimal number
                        && ONE_OF_SEVERAL.matcher(text).find()
                ? number.stripTrailingZeros()
                : value;
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
