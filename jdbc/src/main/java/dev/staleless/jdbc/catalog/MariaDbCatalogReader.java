package dev.staleless.jdbc.catalog;

import dev.staleless.core.catalog.Catalog;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a MariaDB catalog. What information_schema shows is of no snapshot: so everything is read twice, and counts if both
 * readings are alike, since then nothing has changed between the end of the first and the beginning of the second.
 */
final class MariaDbCatalogReader implements CatalogReader {

    private static final int TRIES = 10;

    private static final List<String> QUERIES = List.of(
            MariaDbCatalogQueries.DATABASE,
            MariaDbCatalogQueries.TABLES,
            MariaDbCatalogQueries.COLUMNS,
            MariaDbCatalogQueries.UNIQUE_KEYS,
            MariaDbCatalogQueries.FOREIGN_KEYS,
            MariaDbCatalogQueries.TRIGGERS,
            MariaDbCatalogQueries.TRIGGER_PRIVILEGES,
            MariaDbCatalogQueries.FUNCTIONS,
            MariaDbCatalogQueries.VIEWS);

    private final String coordinationSchema;

    MariaDbCatalogReader(String coordinationSchema) {
        this.coordinationSchema = coordinationSchema;
    }

    /** A row of a result as texts; columns count from 1. */
    record Row(List<@Nullable String> values) {

        /** The column's text, {@code NULL} if it is NULL. */
        String text(int column) {
            String value = values.get(column - 1);
            return value == null ? "NULL" : value;
        }

        @Nullable
        String nullable(int column) {
            return values.get(column - 1);
        }
    }

    @Override
    public Catalog read(Connection connection) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        List<List<Row>> before = readAll(connection);
        for (int i = 0; i < TRIES; i++) {
            List<List<Row>> after = readAll(connection);
            if (after.equals(before)) {
                if (!autoCommit) {
                    connection.rollback();
                }
                return catalog(after);
            }
            before = after;
        }
        throw new SQLException("the catalog changes too often to be read");
    }

    private static List<List<Row>> readAll(Connection connection) throws SQLException {
        List<List<Row>> results = new ArrayList<>();
        for (String query : QUERIES) {
            results.add(rows(connection, query));
        }
        return results;
    }

    private static List<Row> rows(Connection connection, String query) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet result = statement.executeQuery()) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<@Nullable String> values = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    values.add(result.getString(i));
                }
                rows.add(new Row(values));
            }
        }
        return rows;
    }

    private Catalog catalog(List<List<Row>> results) {
        MariaDbCatalogRows rows = new MariaDbCatalogRows(coordinationSchema);
        List<Consumer<Row>> readers =
                List.of(rows::table, rows::column, rows::uniqueKey, rows::foreignKey, rows::trigger);
        for (int i = 0; i < readers.size(); i++) {
            results.get(i + 1).forEach(readers.get(i));
        }
        rows.triggersSeen(results.get(6));
        Set<String> functions = new HashSet<>();
        results.get(7).forEach(row -> functions.add(row.text(1)));
        results.get(8).forEach(rows::view);
        String database = results.get(0).get(0).nullable(1);
        return new MariaDbCatalog(
                CatalogReader.nextVersion(),
                database == null ? List.of() : List.of(database),
                rows.tables(),
                functions);
    }
}
