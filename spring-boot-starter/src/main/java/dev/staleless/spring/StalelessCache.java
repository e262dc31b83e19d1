package dev.staleless.spring;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.staleless.jdbc.computed.ComputedKey;
import dev.staleless.jdbc.computed.ComputedSettings;
import dev.staleless.jdbc.computed.ComputedValues;
import dev.staleless.jdbc.computed.ValueLookup;
import java.io.IOException;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cache.Cache;
import org.springframework.cache.support.SimpleValueWrapper;

/**
 * A cache of Spring's whose values are dropped by themselves when something that they were computed from can have changed.
 *
 * <p>A value is kept when a method has returned it after this cache was asked for it within the same call, or after the call was known to
 * put one under this key ({@link #willPut}): so all that the method asked was recorded. One that is put in any other way is not, nor one
 * of a method that changes something, such as an update that returns what it has written: nobody knows what that depends on. The key is
 * removed instead, and the next call of the cacheable method computes it.
 *
 * <p>Methods that return a future or a publisher are run each time: what they ask on other threads is not seen.
 */
final class StalelessCache implements Cache {

    private static final Logger LOG = LoggerFactory.getLogger(StalelessCache.class);

    private final String name;
    private final Supplier<ComputedValues> values;
    private final ComputedSettings settings;
    private final JsonValues json;

    /** Keys that a future's value will be put under. */
    private final com.github.benmanes.caffeine.cache.Cache<Object, Boolean> later = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .executor(Runnable::run)
            .build();

    private final AtomicBoolean told = new AtomicBoolean();

    StalelessCache(String name, Supplier<ComputedValues> values, ComputedSettings settings, JsonValues json) {
        this.name = name;
        this.values = values;
        this.settings = settings;
        this.json = json;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Object getNativeCache() {
        return values.get();
    }

    private @Nullable ComputedKey key(Object key) {
        return CacheKeys.of(name, key);
    }

    @Override
    public @Nullable ValueWrapper get(Object key) {
        MethodFrame frame = MethodFrame.current();
        return frame == null ? null : get(key, frame, false);
    }

    private @Nullable ValueWrapper get(Object key, MethodFrame frame, boolean mayWait) {
        ComputedKey computed = key(key);
        if (computed == null) {
            return null;
        }
        ValueLookup lookup = values.get().lookup(computed, settings, mayWait);
        if (lookup instanceof ValueLookup.Filling filling) {
            frame.missing(name, key, filling);
            return null;
        }
        return read(((ValueLookup.Hit) lookup).bytes(), frame.type());
    }

    private @Nullable ValueWrapper read(byte @Nullable [] bytes, Type type) {
        try {
            return new SimpleValueWrapper(bytes == null ? null : json.read(bytes, type));
        } catch (IOException e) {
            LOG.debug("A value of {} is computed again, since it cannot be read", name, e);
            return null;
        }
    }

    @Override
    public <T> @Nullable T get(Object key, @Nullable Class<T> type) {
        ComputedKey computed = key(key);
        if (computed == null || type == null) {
            return null;
        }
        return values.get().get(computed, new dev.staleless.jdbc.computed.ValueFormat<T>() {
            @Override
            public byte[] write(T value) throws IOException {
                return json.write(value, type);
            }

            @Override
            public T read(byte[] bytes) throws IOException {
                return type.cast(json.read(bytes, type));
            }
        });
    }

    @Override
    @SuppressWarnings("unchecked") // what the method returns
    public <T> @Nullable T get(Object key, Callable<T> loader) {
        MethodFrame frame = MethodFrame.current();
        ValueWrapper wrapper = frame == null ? null : get(key, frame, true);
        if (wrapper != null) {
            return (T) wrapper.get();
        }
        T value;
        try {
            value = loader.call();
        } catch (Exception e) {
            throw new ValueRetrievalException(key, loader, e);
        }
        if (frame != null) {
            keep(key, frame, value);
        }
        return value;
    }

    /**
     * To be called before a method that puts its value under this key.
     *
     * @return false if its value is not kept
     */
    boolean willPut(Object key, MethodFrame frame) {
        ComputedKey computed = key(key);
        if (computed == null) {
            return false;
        }
        frame.willPut(name, key, values.get().compute(computed, settings));
        return true;
    }

    /** Whether the value is kept, or a later call computes it again. */
    private boolean keep(Object key, MethodFrame frame, @Nullable Object value) {
        ValueLookup.Filling filling = frame.filling(name, key);
        if (filling == null) {
            return false;
        }
        try {
            String why = filling.keep(value == null ? null : json.write(value, frame.type()));
            if (why != null) {
                LOG.debug("A value of {} is not kept: {}", name, why);
                frame.refused(why);
            }
            return why == null;
        } catch (IOException e) {
            LOG.warn("Values of {} are not kept: {}", name, e.getMessage());
            return false;
        }
    }

    @Override
    public void put(Object key, @Nullable Object value) {
        MethodFrame frame = MethodFrame.current();
        if (later.asMap().remove(key) != null) {
            return;
        }
        boolean kept = frame != null && keep(key, frame, value);
        if (!kept && (frame == null || !frame.asked(name, key))) {
            evict(key);
        }
    }

    @Override
    public void evict(Object key) {
        ComputedKey computed = key(key);
        if (computed == null) {
            clear();
        } else {
            values.get().remove(computed);
        }
    }

    @Override
    public boolean evictIfPresent(Object key) {
        evict(key);
        return true;
    }

    @Override
    public void clear() {
        values.get().removeAll(name);
    }

    @Override
    public boolean invalidate() {
        clear();
        return true;
    }

    /** What is computed on other threads is not seen: it is not kept. */
    @Override
    public @Nullable CompletableFuture<?> retrieve(Object key) {
        tellOfFutures();
        later.put(key, true);
        return null;
    }

    @Override
    public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> loader) {
        tellOfFutures();
        return loader.get();
    }

    private void tellOfFutures() {
        if (told.compareAndSet(false, true)) {
            LOG.warn(
                    "Methods cached in {} that return a future or a publisher are run each time: what they ask on other threads is not"
                            + " seen. Cache the method that they call, with a plain value",
                    name);
        }
    }
}
