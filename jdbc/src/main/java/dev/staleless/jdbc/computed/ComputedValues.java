package dev.staleless.jdbc.computed;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Values computed from queries, such as view models and pages. A value is kept with every query that was asked while it was
 * computed, and is served as long as none of their results can have changed: once a commit that could have changed one of them has
 * returned, no call that starts later, on any node of the namespace, returns a value from before it.
 *
 * <p>A computation depends on its key and on what it asks of the wrapped data source, and on nothing else; what it asks on other
 * threads is seen if the work was handed over to them. It is not kept if it changes something, if the thread has an open transaction
 * that has, or if it asks what is not understood. A call within a computation makes both depend on the same.
 *
 * <p>Safe for any thread. Faults of the store never reach a caller: the value is computed then.
 */
public interface ComputedValues {

    /**
     * The value of a key: as it was kept, or computed now.
     *
     * @throws E what the computation throws; nothing is kept then
     */
    default <T extends @Nullable Object, E extends Exception> T computed(
            ComputedKey key, Duration ttl, ValueFormat<T> format, Computation<T, E> work) throws E {
        return computed(key, ComputedSettings.of(ttl), format, work);
    }

    /** As {@link #computed(ComputedKey, Duration, ValueFormat, Computation)}. */
    <T extends @Nullable Object, E extends Exception> T computed(
            ComputedKey key, ComputedSettings settings, ValueFormat<T> format, Computation<T, E> work) throws E;

    /** The value of a key that is kept for a time, whatever changes, unless it is removed. */
    default <T extends @Nullable Object, E extends Exception> T timed(
            ComputedKey key, Duration ttl, ValueFormat<T> format, Computation<T, E> work) throws E {
        return computed(key, ComputedSettings.of(ttl).in(ComputedSettings.Scope.TIME), format, work);
    }

    /**
     * Looks a value up. If there is none the caller is to compute it, within the {@link ValueLookup.Filling} that is returned.
     *
     * @param mayWait whether to wait for another thread that computes it already
     */
    ValueLookup lookup(ComputedKey key, ComputedSettings settings, boolean mayWait);

    /**
     * Begins to compute a value, whatever is kept of it: that is removed, as by {@link #remove}.
     *
     * @throws dev.staleless.core.protocol.ReportException if that could not be told; nothing was begun
     */
    ValueLookup.Filling compute(ComputedKey key, ComputedSettings settings);

    /**
     * The value of a key as it was kept.
     *
     * @return null if there is none, or the value is null
     */
    default <T> @Nullable T get(ComputedKey key, ValueFormat<T> format) {
        return get(key, null, format);
    }

    /** As {@link #get(ComputedKey, ValueFormat)}, of a variant. */
    <T> @Nullable T get(ComputedKey key, @Nullable String variant, ValueFormat<T> format);

    /**
     * Keeps a value for a time, unless it is removed, or what is declared in the settings can have changed. Once this has returned
     * no node serves another that was there before.
     *
     * @throws dev.staleless.core.protocol.ReportException if that could not be told
     */
    <T> void put(ComputedKey key, ComputedSettings settings, ValueFormat<T> format, @Nullable T value);

    /**
     * Removes a value. Once this has returned, no call that starts later, on any node, returns it, nor one whose computation had
     * begun before.
     *
     * @throws dev.staleless.core.protocol.ReportException if that could not be told
     */
    void remove(ComputedKey key);

    /** Removes all values of a function, as {@link #remove}. */
    void removeAll(String function);

    /** The same work, to be done on another thread as a part of what this thread computes. */
    <V extends @Nullable Object> Callable<V> handOver(Callable<V> work);

    /** The same work, to be done on another thread as a part of what this thread computes. */
    Runnable handOver(Runnable work);

    /** An executor that does work as a part of what the thread computes that gives it. */
    default Executor handOver(Executor executor) {
        return work -> executor.execute(handOver(work));
    }

    /** Adds somebody who is asked before anything is served or kept. */
    void guard(ComputationGuard guard);

    /** What was counted since the start. */
    ComputedStatistics statistics();
}
