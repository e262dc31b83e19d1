package dev.staleless.jdbc.statistics;

import java.time.Duration;

/**
 * What was counted of one statement that can be cached, whatever its parameters.
 *
 * @param sql normalised text
 * @param hits results served from the cache
 * @param misses results that the database has given
 * @param dropped cached results that a change has made wrong
 * @param needless those of them that were the same when they were computed anew
 * @param reportedOnly results that would have been cached if the node served
 * @param again those of them that were asked before within their time: hits at most
 * @param cacheTime what the hits took together
 * @param databaseTime what the misses took together
 */
public record StatementStatistics(
        String sql,
        long hits,
        long misses,
        long dropped,
        long needless,
        long reportedOnly,
        long again,
        Duration cacheTime,
        Duration databaseTime) {

    /** What the hits have spared: as long as the misses took on average, for each, less what they took themselves. */
    public Duration saved() {
        return misses == 0
                ? Duration.ZERO
                : databaseTime.dividedBy(misses).multipliedBy(hits).minus(cacheTime);
    }
}
