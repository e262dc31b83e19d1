package dev.staleless.jdbc;

/**
 * Does something, and may throw exceptions of one type.
 *
 * @param <E> what it may throw; a lambda that throws nothing checked makes it {@link RuntimeException}
 */
@FunctionalInterface
public interface ThrowingRunnable<E extends Exception> {
    void run() throws E;
}
