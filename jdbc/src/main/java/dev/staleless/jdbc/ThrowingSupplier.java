package dev.staleless.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * Yields something, and may throw exceptions of one type.
 *
 * @param <T> what it yields
 * @param <E> what it may throw; a lambda that throws nothing checked makes it {@link RuntimeException}
 */
@FunctionalInterface
public interface ThrowingSupplier<T extends @Nullable Object, E extends Exception> {
    T get() throws E;
}
