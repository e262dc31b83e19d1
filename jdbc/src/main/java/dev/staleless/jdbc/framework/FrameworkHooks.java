package dev.staleless.jdbc.framework;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.statistics.CacheListener;
import dev.staleless.jdbc.Caching;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What a framework may tell a wrapped data source after that was started, and ask it. Safe for any thread. */
public interface FrameworkHooks {

    /** Those of a data source, or of the wrapped one that it leads to; null if it leads to none. */
    static @Nullable FrameworkHooks of(DataSource dataSource) throws SQLException {
        return dataSource.isWrapperFor(FrameworkHooks.class) ? dataSource.unwrap(FrameworkHooks.class) : null;
    }

    /** What was set for models, by patterns of their names: {@code staleless.entities.PATTERN}. */
    Map<String, Caching> entityProfiles();

    /**
     * The tables that a name means: those that a statement would find under it, or else those whose names differ by letter case alone.
     *
     * @param schema null for those in which the data source's sessions look
     * @return empty if there is none; views are left out
     */
    List<TableName> tables(@Nullable String schema, String name);

    /**
     * Caches queries on these tables. A profile that was given to the builder for the very table comes before it. What is given for a
     * table later replaces what was given here. Waits until the other nodes know of tables that were not cacheable before, for ten
     * seconds at most.
     */
    void profiles(Map<TableName, Caching> profiles);

    /** Adds a listener of what the cache does. It is called on the thread whose statement it concerns. */
    void listen(CacheListener listener);

    /** Takes a listener away. */
    void unlisten(CacheListener listener);
}
