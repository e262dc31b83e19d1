package dev.staleless.hibernate;

/**
 * What became of the statements of a query, or of those on an entity's tables.
 *
 * @param hits answered by the cache
 * @param misses answered by the database
 * @param servedStale answered by the cache within the bound that a profile allows, though a change had made the result wrong
 * @param dropped cached results found affected by a change
 * @param kept changes found not to affect a cached result
 */
public record QueryCounts(long hits, long misses, long servedStale, long dropped, long kept) {}
