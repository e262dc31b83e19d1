package dev.staleless.jdbc;

import dev.staleless.core.statistics.CacheStatistics;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * A data source whose queries are cached. Safe for any thread.
 *
 * <p>It is to be closed before the data source that it wraps, and before the store's servers go away: transactions that are
 * being committed are waited for, and the other nodes are told that this one is gone. Closing it closes the store that it
 * opened, and neither the data source that it wraps nor the one given for the service connections.
 */
public interface StalelessDataSource extends DataSource, AutoCloseable {

    /** What was counted since the start. */
    CacheStatistics.Snapshot statistics();

    /**
     * Tells that a table was changed by something that does not go through Staleless. When this returns, no read that starts
     * later, on any node, returns a result from before this call that the table's rows took part in.
     *
     * @param schema as the catalog spells it
     * @param table as the catalog spells it
     * @throws dev.staleless.core.protocol.ReportException if that could not be told
     */
    void invalidate(String schema, String table);

    /**
     * Makes every cached result of the namespace a miss, on all nodes.
     *
     * @param timeout how long to wait until no node serves one of them
     * @return false if it is not known by then that none does
     */
    boolean invalidateAll(Duration timeout);

    /** Closes the node; later calls of {@link #getConnection()} fail. A second call does nothing. */
    @Override
    void close();
}
