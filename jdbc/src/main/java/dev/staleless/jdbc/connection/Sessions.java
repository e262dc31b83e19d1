package dev.staleless.jdbc.connection;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The sessions behind a data source, known for as long as they live. A setting that somebody left behind goes back to the pool
 * with its session: while there is such a session, nobody can tell what the next connection would return. Safe for any thread.
 */
final class Sessions {
    private final Map<Object, Session> sessions = Collections.synchronizedMap(new WeakHashMap<>());
    private final Set<Object> strange = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /** The session that this object of the driver stands for. */
    Session of(Object driverSession) {
        return sessions.computeIfAbsent(driverSession, unknown -> new Session());
    }

    /** The session went back to the pool, in the state in which it had come from there, or not. */
    void returned(Object driverSession, boolean asDefault) {
        if (asDefault) {
            strange.remove(driverSession);
        } else {
            strange.add(driverSession);
        }
    }

    /** Whether each session that is known to live is as it was handed out first. */
    boolean areUniform() {
        return strange.isEmpty();
    }
}
