package dev.staleless.sql;

import java.time.Duration;

/**
 * What a comment in the statement says about caching: {@code /* staleless: off *}{@code /}, {@code /* staleless:
 * ttl=60 *}{@code /} (seconds, or with a unit: {@code 500ms 60s 5m 2h}), or {@code /* staleless: refresh *}{@code /}. A hint narrows or widens what is asked for,
 * never what is safe.
 */
public sealed interface CacheHint {

    /** The statement says nothing. */
    record None() implements CacheHint {}

    /** The result is not to be cached. */
    record Off() implements CacheHint {}

    /** The database is to be asked, and what is cached of the result to be replaced. */
    record Refresh() implements CacheHint {}

    /** The result is to be cached, at most this long. */
    record Ttl(Duration ttl) implements CacheHint {}

    /**
     * A hint that is not understood, or two that differ. The statement is not cached, since it may have been meant to
     * say so, and the message is to be logged.
     */
    record Invalid(String message) implements CacheHint {}
}
