package dev.staleless.jdbc;

import dev.staleless.core.store.Store;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node has opened, closed in the opposite order, whatever one of them throws. Not safe for several threads at once. */
final class Resources implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Resources.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private @Nullable Store store;

    <T extends AutoCloseable> T add(T resource) {
        opened.push(resource);
        return resource;
    }

    Store open(Settings settings, UUID database) {
        Store open = add(settings.store().open(database, settings.coordination().namespace()));
        store = open;
        return open;
    }

    Store store() {
        return Objects.requireNonNull(store, "no store was opened");
    }

    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            AutoCloseable resource = opened.pop();
            try {
                resource.close();
            } catch (Exception e) {
                LOG.warn("{} could not be closed in order", resource, e);
            }
        }
    }
}
