package dev.staleless.sql;

import dev.staleless.core.catalog.Catalog;

/**
 * Says what a statement reads or changes. Each text is analysed once per version of the catalog and then remembered in a
 * bounded cache, so asking again does no parsing. Never throws for a text, whatever it is: what is not understood is never
 * cached and, if it may write, counts as a change of everything.
 *
 * <p>One instance belongs to one database, since versions of different catalogs cannot be told apart. Safe for any thread.
 */
public interface SqlAnalyser {

    /** An analyser for PostgreSQL, as {@link #create(SqlDialect)}. */
    static SqlAnalyser create() {
        return create(SqlDialect.POSTGRESQL);
    }

    /** An analyser that remembers statements of about 16 million characters in all. */
    static SqlAnalyser create(SqlDialect dialect) {
        return new CachingSqlAnalyser(dialect, 16_000_000);
    }

    /**
     * What the statement is.
     *
     * @param sql as given to JDBC: parameters are {@code ?}, operators with question marks are doubled
     * @param catalog whose names the statement's names are, search path included
     */
    Analysis analyse(String sql, Catalog catalog);
}
