package dev.staleless.spring;

import dev.staleless.jdbc.computed.ValueLookup;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The call of a cacheable method, from before its caches are asked until it has returned. What is computed for a cache that had no
 * value is recorded from then on. Used by one thread.
 */
final class MethodFrame implements AutoCloseable {

    private static final ThreadLocal<@Nullable MethodFrame> CURRENT = new ThreadLocal<>();

    /** A value that one of the method's caches had not. */
    private record Missing(String cache, Object key, ValueLookup.Filling filling, boolean asked) {}

    private final @Nullable MethodFrame around;
    private final Type type;
    private @Nullable String refusal;
    private final Deque<Missing> missing = new ArrayDeque<>();

    private MethodFrame(@Nullable MethodFrame around, Type type) {
        this.around = around;
        this.type = type;
    }

    /** @param type what the method returns, without Optional */
    static MethodFrame enter(Type type) {
        MethodFrame frame = new MethodFrame(CURRENT.get(), type);
        CURRENT.set(frame);
        return frame;
    }

    /** The innermost call of this thread; null if there is none. */
    static @Nullable MethodFrame current() {
        return CURRENT.get();
    }

    Type type() {
        return type;
    }

    /** A cache was asked, and has no value. */
    void missing(String cache, Object key, ValueLookup.Filling filling) {
        missing.push(new Missing(cache, key, filling, true));
    }

    /** The method will put a value, whatever the cache has. */
    void willPut(String cache, Object key, ValueLookup.Filling filling) {
        missing.push(new Missing(cache, key, filling, false));
    }

    /** Whether a cache was asked for a value, and had none. */
    boolean asked(String cache, Object key) {
        return missing.stream()
                .anyMatch(each ->
                        each.asked() && each.cache().equals(cache) && each.key().equals(key));
    }

    /** A value that the method has put is not kept. */
    void refused(String why) {
        refusal = why;
    }

    /** Why a value was not kept; null if none was refused. */
    @Nullable
    String refusal() {
        return refusal;
    }

    /** What records a value that is missing; null if it is not. */
    ValueLookup.@Nullable Filling filling(String cache, Object key) {
        for (Missing each : missing) {
            if (each.cache().equals(cache) && each.key().equals(key)) {
                return each.filling();
            }
        }
        return null;
    }

    @Override
    public void close() {
        while (!missing.isEmpty()) {
            missing.pop().filling().close();
        }
        if (around == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(around);
        }
    }
}
