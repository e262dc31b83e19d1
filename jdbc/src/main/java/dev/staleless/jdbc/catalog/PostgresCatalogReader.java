package dev.staleless.jdbc.catalog;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.value.ColumnType.Equality;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a PostgreSQL catalog in one snapshot, by as many queries as there are kinds of things in it. */
final class PostgresCatalogReader implements CatalogReader {

    private final String coordinationSchema;

    PostgresCatalogReader(String coordinationSchema) {
        this.coordinationSchema = coordinationSchema;
    }

    @Override
    public Catalog read(Connection connection) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        int isolation = connection.getTransactionIsolation();
        connection.setAutoCommit(false);
        try {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return readSnapshot(connection);
        } finally {
            connection.rollback();
            connection.setTransactionIsolation(isolation);
            connection.setAutoCommit(autoCommit);
        }
    }

    private PostgresCatalog readSnapshot(Connection connection) throws SQLException {
        boolean movesAreDeletes = connection.getMetaData().getDatabaseMajorVersion() < 15;
        CatalogRows rows = new CatalogRows(coordinationSchema, movesAreDeletes);
        each(connection, PostgresCatalogQueries.RELATIONS, rows::relation);
        Set<Long> collations = new HashSet<>();
        each(connection, PostgresCatalogQueries.PARENTS, rows::parent);
        each(connection, PostgresCatalogQueries.COLUMNS, row -> {
            rows.column(row);
            collations.add(row.getLong("attcollation"));
        });
        each(connection, PostgresCatalogQueries.UNIQUE_KEYS, rows::uniqueKey);
        each(connection, PostgresCatalogQueries.FOREIGN_KEYS, rows::foreignKey);
        each(connection, PostgresCatalogQueries.UNPROVEN_NOT_NULL, rows::unprovenNotNull);
        Set<String> functions = new HashSet<>();
        each(connection, PostgresCatalogQueries.FUNCTIONS, row -> functions.add(row.getString(1)));
        List<String> searchPath = new ArrayList<>();
        PostgresTypes types = types(connection, collations, searchPath);
        try (Statement statement = connection.createStatement()) {
            statement.execute(PostgresCatalogQueries.SEARCH_NOTHING);
        }
        each(connection, PostgresCatalogQueries.DEFINITIONS, rows::definition);
        return new PostgresCatalog(
                CatalogReader.nextVersion(), searchPath, rows.tables(types), rows.sequences(), functions);
    }

    private static PostgresTypes types(Connection connection, Set<Long> used, List<String> searchPath)
            throws SQLException {
        Map<Long, Equality> equality = new HashMap<>();
        String[] encoding = new String[1];
        each(connection, PostgresCatalogQueries.DATABASE, row -> {
            searchPath.addAll(List.of((String[]) row.getArray(1).getArray()));
            encoding[0] = row.getString(5);
            char provider = row.getString(2).charAt(0);
            String locale = row.getString(provider == 'c' ? 3 : 4);
            // The database's own collation is always deterministic.
            equality.put(PostgresTypes.DEFAULT_COLLATION, PostgresTypes.equality(provider, locale, true, encoding[0]));
        });
        used.remove(PostgresTypes.DEFAULT_COLLATION);
        Array oids = connection.createArrayOf("oid", used.toArray());
        try (PreparedStatement statement = connection.prepareStatement(PostgresCatalogQueries.COLLATIONS)) {
            statement.setArray(1, oids);
            each(statement, row -> {
                char provider = row.getString(2).charAt(0);
                String locale = row.getString(provider == 'c' ? 3 : 4);
                equality.put(row.getLong(1), PostgresTypes.equality(provider, locale, row.getBoolean(5), encoding[0]));
            });
        }
        Map<Long, PostgresTypes.Domain> domains = new HashMap<>();
        each(
                connection,
                PostgresCatalogQueries.DOMAINS,
                row -> domains.put(
                        row.getLong(1), new PostgresTypes.Domain(row.getLong(2), row.getInt(3), row.getBoolean(4))));
        return new PostgresTypes(domains, equality);
    }

    /** Takes one row of a result. */
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private static void each(Connection connection, String query, RowReader reader) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            each(statement, reader);
        }
    }

    private static void each(PreparedStatement statement, RowReader reader) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                reader.read(row);
            }
        }
    }
}
