package dev.staleless.jdbc.catalog;

import dev.staleless.core.catalog.Catalog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the latest reading of a catalog. Readings happen one at a time, so an older one never replaces a newer. */
final class LatestCatalog implements CatalogSource {

    private static final Logger LOG = LoggerFactory.getLogger(LatestCatalog.class);
    private static final long RETRY_NANOS = Duration.ofSeconds(5).toNanos();

    private final CatalogReader reader;
    private final Connections connections;
    private final LongSupplier nanoTime;
    private volatile SearchPaths current;
    /** When to try again after a failure; meaningless while {@link #failed} is false. */
    private volatile long retryAt;

    private volatile boolean failed;

    LatestCatalog(CatalogReader reader, Connections connections, LongSupplier nanoTime) throws SQLException {
        this.reader = reader;
        this.connections = connections;
        this.nanoTime = nanoTime;
        this.current = read();
    }

    private SearchPaths read() throws SQLException {
        try (Connection connection = connections.open()) {
            return new SearchPaths(reader.read(connection));
        }
    }

    @Override
    public Catalog current() {
        return latest().asRead();
    }

    @Override
    public Catalog current(List<String> searchPath) {
        return latest().within(searchPath);
    }

    private SearchPaths latest() {
        if (failed && nanoTime.getAsLong() - retryAt >= 0) {
            refresh();
        }
        return current;
    }

    @Override
    public synchronized Catalog refresh() {
        // Until the new reading is there, the old one is out of date: readers of it would take what they know for
        // granted.
        current = new SearchPaths(new UnknownCatalog(CatalogReader.nextVersion()));
        try {
            current = read();
            failed = false;
        } catch (SQLException e) {
            retryAt = nanoTime.getAsLong() + RETRY_NANOS;
            failed = true;
            LOG.warn("The catalog could not be read; nothing is cached until it is: {}", e.getMessage(), e);
        }
        return current.asRead();
    }
}
