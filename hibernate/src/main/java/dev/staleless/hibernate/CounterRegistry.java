package dev.staleless.hibernate;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The counters of session factories that are open, by their ids. Safe for any thread. */
final class CounterRegistry {

    private static final Map<String, Registered> COUNTERS = new ConcurrentHashMap<>();

    private record Registered(QueryCounter counter, Runnable end) {}

    private CounterRegistry() {}

    static void put(String factory, QueryCounter counter, Runnable end) {
        COUNTERS.put(factory, new Registered(counter, end));
    }

    static @Nullable QueryCounter get(String factory) {
        Registered registered = COUNTERS.get(factory);
        return registered == null ? null : registered.counter();
    }

    static void remove(String factory) {
        Registered registered = COUNTERS.remove(factory);
        if (registered != null) {
            registered.end().run();
        }
    }
}
