package dev.staleless.jdbc;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.statistics.CacheStatistics;
import dev.staleless.jdbc.admission.ShapeReport;
import dev.staleless.jdbc.computed.ComputedValues;
import dev.staleless.jdbc.explain.Explanation;
import dev.staleless.jdbc.statistics.FrontStatistics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

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
     * What was measured of the queries that were asked lately, and whether they are cached because of it; those on which most time was
     * spent first.
     */
    List<ShapeReport> admission();

    /** What was counted of statements, and of what is left to the database, since the start. */
    FrontStatistics.Snapshot queries();

    /** The profiles, the most specific first: pattern, and kinds of queries and times as in {@link StalelessBuilder#properties}. */
    Map<String, String> profiles();

    /** The share of hits that the database answers as well; see {@link StalelessBuilder#verify}. */
    double verify();

    /**
     * Changes that share.
     *
     * @param share from 0 for none to 1 for all, so that nothing is served
     */
    void verify(double share);

    /** What this node does. */
    Mode mode();

    /**
     * Changes what this node does. Its writes are reported in every mode, so that other nodes need not be told. When this returns no
     * query that is executed later is served from the cache, unless the mode is {@link Mode#SERVE}; with that one, tables become
     * cacheable in the background.
     */
    void mode(Mode value);

    /**
     * What the cache makes of a statement: whether a query is cached or why not, and by which changes its result is dropped.
     * Nothing is executed, and no connection is taken.
     *
     * @param parameters bound as by {@code setObject}; those that are missing may have any value
     */
    Explanation explain(String sql, @Nullable Object... parameters);

    /**
     * Values computed from queries of this data source. The first call makes them cacheable, for which it waits until the other
     * nodes know.
     */
    ComputedValues computed();

    /**
     * Tells that a table was changed by something that does not go through Staleless. When this returns, no read that starts
     * later, on any node, returns a result from before this call that the table's rows took part in.
     *
     * @param schema as the catalog spells it, or in other letter case; on MariaDB the database
     * @param table as the catalog spells it, or in other letter case: where several tables differ by that alone, the one of exactly
     *     this name, and if there is none, all of them
     * @throws IllegalArgumentException if there is no such table, or it is a view; nothing was told
     * @throws dev.staleless.core.protocol.ReportException if that could not be told
     */
    void invalidate(String schema, String table);

    /**
     * As {@link #invalidate(String, String)}, where it is known which rows were changed: each of them meets a condition, before the
     * change and after it. Results that such rows cannot have taken part in stay.
     *
     * @param where as in SQL, without parameters, such as {@code customer_id = 5 AND status IN ('new', 'paid')}; it is not executed.
     *     Where it is not understood, every row may have been changed
     */
    void invalidate(String schema, String table, String where);

    /**
     * Frees the store's memory of results that can never be served again, slowly, so that nobody notices: about two thousand keys a
     * second. Nothing depends on it, since they expire by themselves. Returns when everything was looked at.
     *
     * @return how many were freed
     * @throws dev.staleless.core.store.StoreException if the store does not answer
     */
    long reclaim() throws InterruptedException;

    /**
     * Takes tables that no node caches any more out of the directory, so that writes to them cost nothing: those of profiles that are gone,
     * for example. Of the others nothing is served for a few seconds meanwhile.
     *
     * @return those taken out; none if not all nodes have confirmed in time that they do not read them
     */
    Set<TableName> takeOutUnused(Duration timeout);

    /**
     * Makes every cached result of the namespace a miss, on all nodes.
     *
     * @param timeout how long to wait until no node serves one of them
     * @return false if it is not known by then that none does
     */
    boolean invalidateAll(Duration timeout);

    /**
     * Runs something that changes the schema by several statements, through this data source: no node serves from the cache
     * from before the first until after the last. Without it each statement that changes the schema waits by itself, about a
     * second, unless it soon follows another one.
     *
     * @throws dev.staleless.core.protocol.ReportException if it is not certain in time that no node serves any more; nothing
     *     was run
     */
    <E extends Exception> void migrate(ThrowingRunnable<E> work) throws E;

    /** Closes the node; later calls of {@link #getConnection()} fail. A second call does nothing. */
    @Override
    void close();
}
