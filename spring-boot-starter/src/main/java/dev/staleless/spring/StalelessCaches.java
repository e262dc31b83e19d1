package dev.staleless.spring;

import dev.staleless.jdbc.computed.ComputedSettings;
import dev.staleless.jdbc.computed.ComputedValues;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;

/** Spring's caches over the computed values of a data source: one for each name that is asked for. */
final class StalelessCaches implements CacheManager {

    private final Map<String, Cache> caches = new ConcurrentHashMap<>();
    private final StalelessSettings settings;
    private final Supplier<ComputedValues> values;
    private final JsonValues json = new JsonValues();

    StalelessCaches(StalelessSettings settings, Supplier<ComputedValues> values) {
        this.settings = settings;
        this.values = values;
    }

    @Override
    public Cache getCache(String name) {
        return caches.computeIfAbsent(
                name, key -> new StalelessCache(key, values, ComputedSettings.of(settings.cacheTtl(key)), json));
    }

    @Override
    public Collection<String> getCacheNames() {
        return List.copyOf(caches.keySet());
    }
}
