package dev.staleless.jdbc.computed;

import org.jspecify.annotations.Nullable;

/**
 * Computes a value from nothing but its key, constants, and what it asks of the wrapped data source, on this thread or on threads
 * that it hands work over to ({@link ComputedValues#handOver(java.util.concurrent.Callable)}).
 */
@FunctionalInterface
public interface Computation<T extends @Nullable Object, E extends Exception> {
    T compute() throws E;
}
