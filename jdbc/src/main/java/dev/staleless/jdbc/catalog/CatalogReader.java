package dev.staleless.jdbc.catalog;

import dev.staleless.core.catalog.Catalog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/** Reads the catalog of one kind of database. Safe for any thread. */
interface CatalogReader {

    /** Reads the catalog; leaves the connection as it was. */
    Catalog read(Connection connection) throws SQLException;

    /** The next version of a catalog: one counter for the JVM, so that two readings never look the same. */
    static long nextVersion() {
        return Versions.LAST.incrementAndGet();
    }

    /** Holds the counter. */
    final class Versions {
        private static final AtomicLong LAST = new AtomicLong();

        private Versions() {}
    }
}
