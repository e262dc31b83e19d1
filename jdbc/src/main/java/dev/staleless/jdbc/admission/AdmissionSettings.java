package dev.staleless.jdbc.admission;

import java.time.Duration;

/**
 * When a query text is taken out of the cache, and when it is tried again.
 *
 * @param executions so many are looked at before anything is decided
 * @param longest after so many the next ones are looked at by themselves
 * @param loss nothing is decided before caching has cost so much time more than it has saved
 * @param margin the share of the database's time that caching has to cost, or save, to change anything: what takes about as long
 *     either way is cached, since that spares the database
 * @param pause before it is tried again; doubled each time that it was not worth it
 * @param longestPause the most that this becomes
 * @param trialShare the share of the time that the database takes which trials may cost
 * @param timedOneIn of so many hits, one is timed
 */
public record AdmissionSettings(
        int executions,
        int longest,
        Duration loss,
        double margin,
        Duration pause,
        Duration longestPause,
        double trialShare,
        int timedOneIn) {

    public static final AdmissionSettings DEFAULTS = new AdmissionSettings(
            128, 8_192, Duration.ofMillis(50), 0.1, Duration.ofSeconds(5), Duration.ofMinutes(10), 0.02, 8);
}
