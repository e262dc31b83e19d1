package dev.staleless.benchmarks.fuzz;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Executes statements on the database, within its transaction. */
final class Oracle {

    private final Connection connection;

    Oracle(Connection connection) {
        this.connection = connection;
    }

    /** A query that is executed again and again. */
    final class Prepared implements AutoCloseable {
        private final FuzzStatement statement;
        private final PreparedStatement prepared;

        private Prepared(FuzzStatement statement) throws SQLException {
            this.statement = statement;
            this.prepared = prepare(statement);
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

        private List<String> read(ResultSet result) throws SQLException {
            int columns = result.getMetaData().getColumnCount();
            List<String> rows = new ArrayList<>();
            StringBuilder row = new StringBuilder();
            while (result.next()) {
                row.setLength(0);
                for (int i = 1; i <= columns; i++) {
                    row.append(result.getString(i)).append('|');
                }
                rows.add(row.toString());
            }
            if (!statement.ordered()) {
                Collections.sort(rows);
            }
            return rows;
        }

        @Override
        public void close() throws SQLException {
            prepared.close();
        }
    }

    Prepared query(FuzzStatement statement) throws SQLException {
        return new Prepared(statement);
    }

    /** Executes a change; false if it fails, which it undoes. */
    boolean attempt(FuzzStatement statement) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (PreparedStatement prepared = prepare(statement)) {
            prepared.execute();
            connection.releaseSavepoint(before);
            return true;
        } catch (SQLException e) {
            connection.rollback(before);
            return false;
        }
    }

    private PreparedStatement prepare(FuzzStatement statement) throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(statement.sql());
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
