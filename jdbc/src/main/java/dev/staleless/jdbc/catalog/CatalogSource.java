package dev.staleless.jdbc.catalog;

import dev.staleless.core.catalog.Catalog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The latest reading of the catalog. Safe for any thread. */
public interface CatalogSource {

    /** Opens a connection of the application's role and settings, for one reading; it is closed afterwards. */
    @FunctionalInterface
    interface Connections {
        Connection open() throws SQLException;
    }

    /**
     * The latest reading. Where the last try to read failed, a catalog that knows no table: then nothing is cached, and every
     * write counts as a change of everything.
     */
    Catalog current();

    /**
     * As {@link #current()}, with unqualified names looked for in these schemas instead of those of the connection that the
     * catalog was read through. The same path and reading yield the same version.
     *
     * @param searchPath in order; the system's schema comes first where it is not in it
     */
    Catalog current(List<String> searchPath);

    /**
     * Reads the catalog again, which takes a connection. A reading that fails is logged, and tried again by the next call of
     * {@link #current} after some seconds.
     *
     * @return what {@link #current} returns from now on
     */
    Catalog refresh();

    /** The schema's version after which {@link #current} was read; a negative number if that is not known. */
    default long schemaVersion() {
        return -1;
    }

    /**
     * A source that reads a PostgreSQL catalog, now for the first time.
     *
     * @param coordinationSchema where the coordination tables stand, which count as the database's own
     * @throws SQLException if the first reading fails
     */
    static CatalogSource postgres(Connections connections, String coordinationSchema) throws SQLException {
        return new LatestCatalog(new PostgresCatalogReader(coordinationSchema), connections, System::nanoTime);
    }

    /** A source that reads an H2 catalog, as {@link #postgres}. */
    static CatalogSource h2(Connections connections, String coordinationSchema) throws SQLException {
        return new LatestCatalog(new H2CatalogReader(coordinationSchema), connections, System::nanoTime);
    }

    /** A source that reads a MariaDB catalog, as {@link #postgres}. */
    static CatalogSource mariadb(Connections connections, String coordinationSchema) throws SQLException {
        return new LatestCatalog(new MariaDbCatalogReader(coordinationSchema), connections, System::nanoTime);
    }
}
