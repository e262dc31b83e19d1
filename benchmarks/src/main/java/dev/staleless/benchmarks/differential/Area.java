package dev.staleless.benchmarks.differential;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.jdbc.catalog.CatalogSource;
import dev.staleless.jdbc.database.Database;
import dev.staleless.jdbc.driver.DriverProfile;
import dev.staleless.sql.SqlAnalyser;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A database in which one thread makes schemas, one after another. */
final class Area implements AutoCloseable {

    private final Connection connection;
    private final Target target;
    private final SqlAnalyser analyser;
    private final CatalogSource catalogs;
    private final DriverProfile driver;

    Area(String url, Target target) throws SQLException {
        this.target = target;
        connection = DriverManager.getConnection(url);
        try {
            Database database = Database.of(connection);
            catalogs = database.catalog(() -> DriverManager.getConnection(url), "staleless");
            analyser = SqlAnalyser.create(database.dialect());
            driver = database.driver();
            connection.setAutoCommit(false);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        } catch (ReflectiveOperationException e) {
            connection.close();
            throw new SQLException("The driver's results cannot be captured", e);
        }
    }

    Target target() {
        return target;
    }

    /** In a transaction. */
    Connection connection() {
        return connection;
    }

    /** Which captures results. */
    DriverProfile driver() {
        return driver;
    }

    SqlAnalyser analyser() {
        return analyser;
    }

    /** Replaces what is there by the schema, committed, and reads the catalog. */
    Catalog make(FuzzSchema schema) throws SQLException {
        return make(schema.ddl());
    }

    /** As {@link #make(FuzzSchema)}. */
    Catalog make(List<String> schema) throws SQLException {
        connection.rollback();
        try (Statement statement = connection.createStatement()) {
            for (String reset : target.reset()) {
                statement.execute(reset);
            }
            for (String ddl : schema) {
                statement.execute(ddl);
            }
        }
        connection.commit();
        return catalogs.refresh();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
