package dev.staleless.benchmarks.differential;

import dev.staleless.jdbc.driver.Capture;
import dev.staleless.jdbc.driver.DriverProfile;
import dev.staleless.jdbc.policy.Limits;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Executes statements on the database, within its transaction. */
final class Oracle {

    private final Connection connection;
    private final DriverProfile driver;

    Oracle(Area area) {
        this.connection = area.connection();
        this.driver = area.driver();
    }

    /** What a query returned: its rows to be compared, and as the product publishes them. */
    record Result(List<String> rows, byte[] published) {}

    /** A query that is executed again and again. */
    final class Prepared implements AutoCloseable {
        private final FuzzStatement statement;
        private final PreparedStatement prepared;

        private Prepared(FuzzStatement statement, PreparedStatement prepared) {
            this.statement = statement;
            this.prepared = prepared;
        }

        /** Its rows, sorted where the statement leaves their order open; null if it fails, which it undoes. */
        @Nullable
        List<String> rows(Savepoint before) throws SQLException {
            try (ResultSet result = prepared.executeQuery()) {
                return read(result);
            } catch (SQLException e) {
                connection.rollback(before);
                return null;
            }
        }

        /** As {@link #rows}, with the rows as they are published. */
        @Nullable
        Result result(Savepoint before) throws SQLException {
            try (ResultSet result = prepared.executeQuery()) {
                byte[] published = captured(result);
                return new Result(read(result), published);
            } catch (SQLException e) {
                connection.rollback(before);
                return null;
            }
        }

        private List<String> read(ResultSet result) throws SQLException {
            int columns = result.getMetaData().getColumnCount();
            List<String> rows = new ArrayList<>();
            StringBuilder row = new StringBuilder();
            while (result.next()) {
                row.setLength(0);
                for (int i = 1; i <= columns; i++) {
                    append(result.getObject(i), row);
                }
                rows.add(row.toString());
            }
            if (!statement.ordered()) {
                Collections.sort(rows);
            }
            return rows;
        }

        /** In one form, whichever format the driver has asked for this time. */
        private static void append(@Nullable Object value, StringBuilder row) throws SQLException {
            if (value instanceof byte[] bytes) {
                row.append(HexFormat.of().formatHex(bytes));
            } else if (value instanceof Array array) {
                row.append(Arrays.deepToString((Object[]) array.getArray()));
            } else {
                row.append(value);
            }
            row.append('|');
        }

        @Override
        public void close() throws SQLException {
            prepared.close();
        }
    }

    /** Prepares a query; null if the database refuses it already. */
    @Nullable
    Prepared query(FuzzStatement statement) {
        try {
            return new Prepared(statement, prepare(statement));
        } catch (SQLException e) {
            return null;
        }
    }

    /** Executes a statement that the database takes. */
    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Executes a change; how many rows the database says were changed, 1 if it says nothing, -1 if it fails, which it undoes. */
    int attempt(FuzzStatement statement) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            executeAll(statement.before());
            int changed = executed(statement);
            executeAll(statement.after());
            connection.releaseSavepoint(before);
            return Math.max(changed, 0);
        } catch (SQLException e) {
            connection.rollback(before);
            return -1;
        }
    }

    private int executed(FuzzStatement statement) throws SQLException {
        try (PreparedStatement prepared = prepare(statement)) {
            return prepared.execute() ? 1 : prepared.getUpdateCount();
        }
    }

    private void executeAll(List<String> statements) throws SQLException {
        for (String each : statements) {
            execute(each);
        }
    }

    /** Executes a change as a query that returns something of it, as it would be published; null if it fails, which it undoes. */
    byte @Nullable [] attempt(FuzzStatement statement, String query) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            executeAll(statement.before());
            byte[] returned = returned(statement, query);
            executeAll(statement.after());
            connection.releaseSavepoint(before);
            return returned;
        } catch (SQLException e) {
            connection.rollback(before);
            return null;
        }
    }

    private byte[] returned(FuzzStatement statement, String query) throws SQLException {
        try (PreparedStatement prepared = prepare(statement, query)) {
            prepared.execute();
            return captured(prepared.getResultSet());
        }
    }

    private byte[] captured(ResultSet result) throws SQLException {
        if (driver.capture(result, Limits.DEFAULT, false) instanceof Capture.Captured captured) {
            return captured.rows();
        }
        throw new SQLException("The result cannot be captured");
    }

    private PreparedStatement prepare(FuzzStatement statement) throws SQLException {
        return prepare(statement, statement.sql());
    }

    private PreparedStatement prepare(FuzzStatement statement, String sql) throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(sql);
        List<Object> parameters = statement.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            prepared.setObject(i + 1, parameters.get(i));
        }
        return prepared;
    }

    Savepoint savepoint() throws SQLException {
        return connection.setSavepoint();
    }

    void rollback(Savepoint savepoint) throws SQLException {
        connection.rollback(savepoint);
    }

    void rollback() throws SQLException {
        connection.rollback();
    }
}
