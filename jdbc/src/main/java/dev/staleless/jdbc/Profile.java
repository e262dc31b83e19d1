package dev.staleless.jdbc;

import java.time.Duration;

/** What is cached of the tables that a pattern matches, and for how long. */
record Profile(TablePattern pattern, Ops ops, Duration ttl) {

    Profile {
        if (ttl.isNegative() || ttl.isZero()) {
            throw new IllegalArgumentException(
                    "ttl of profile '" + pattern + "' = " + ttl + ": more than 0 is allowed");
        }
    }
}
