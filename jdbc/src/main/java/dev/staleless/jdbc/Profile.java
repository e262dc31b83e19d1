package dev.staleless.jdbc;

import dev.staleless.core.protocol.Admission;
import dev.staleless.core.protocol.Keeping;
import java.time.Duration;

/** What is cached of the tables that a pattern matches, and how it is kept. */
record Profile(TablePattern pattern, Ops ops, Keeping keeping) {

    Profile(TablePattern pattern, Ops ops, Duration ttl) {
        this(pattern, ops, keeping(pattern, ttl));
    }

    /** As a property says it: {@code get,fetch ttl=600s lock=off}. */
    String text() {
        StringBuilder text = new StringBuilder(ops.text()).append(" ttl=").append(millis(keeping.ttl()));
        if (!keeping.lock()) {
            text.append(" lock=off");
        }
        if (!keeping.allowStale().isZero()) {
            text.append(" allow-stale=").append(millis(keeping.allowStale()));
        }
        if (keeping.admission() == Admission.ALWAYS) {
            text.append(" admission=always");
        }
        return text.toString();
    }

    private static String millis(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }

    private static Keeping keeping(TablePattern pattern, Duration ttl) {
        if (ttl.isNegative() || ttl.isZero()) {
            throw new IllegalArgumentException(
                    "ttl of profile '" + pattern + "' = " + ttl + ": more than 0 is allowed");
        }
        return Keeping.of(ttl).withLock(true);
    }
}
