package dev.staleless.jdbc;

import dev.staleless.core.protocol.Keeping;
import java.time.Duration;

/** What is cached of the tables that a pattern matches, and how it is kept. */
record Profile(TablePattern pattern, Ops ops, Keeping keeping) {

    Profile(TablePattern pattern, Ops ops, Duration ttl) {
        this(pattern, ops, keeping(pattern, ttl));
    }

    private static Keeping keeping(TablePattern pattern, Duration ttl) {
        if (ttl.isNegative() || ttl.isZero()) {
            throw new IllegalArgumentException(
                    "ttl of profile '" + pattern + "' = " + ttl + ": more than 0 is allowed");
        }
        return Keeping.of(ttl).withLock(true);
    }
}
