package dev.staleless.spring;

import dev.staleless.jdbc.computed.ComputedKey;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cache.interceptor.SimpleKey;

/** Makes keys of values out of Spring's. */
final class CacheKeys {

    private static final Logger LOG = LoggerFactory.getLogger(CacheKeys.class);
    private static final @Nullable Field PARAMETERS = parameters();

    private CacheKeys() {}

    private static @Nullable Field parameters() {
        try {
            Field field = SimpleKey.class.getDeclaredField("params");
            field.setAccessible(true);
            return field;
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.warn("Methods of several arguments are not cached, unless a key is given for them", e);
            return null;
        }
    }

    /** The key of a cache's value; null if this key cannot be told from others by what it is. */
    static @Nullable ComputedKey of(String cache, Object key) {
        try {
            if (!(key instanceof SimpleKey)) {
                return ComputedKey.of(cache, key);
            }
            return PARAMETERS == null ? null : ComputedKey.of(cache, (Object[]) PARAMETERS.get(key));
        } catch (IllegalArgumentException | IllegalAccessException e) {
            LOG.debug("A call for {} is not cached", cache, e);
            return null;
        }
    }
}
