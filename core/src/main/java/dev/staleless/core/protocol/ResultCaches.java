package dev.staleless.core.protocol;

import dev.staleless.core.coordination.Coordinator;
import dev.staleless.core.coordination.Environment;
import dev.staleless.core.query.CachedRows;
import dev.staleless.core.statistics.CacheListener;
import dev.staleless.core.store.Store;

/** Makes {@link ResultCache}s. */
public final class ResultCaches {

    private ResultCaches() {}

    /**
     * A cache over a store. Closing it waits for its commits, resolves their marks and closes the coordinator; the store is
     * closed by whoever made it.
     *
     * @param environment the same as the coordinator's
     */
    public static ResultCache create(
            Store store,
            Coordinator coordinator,
            Environment environment,
            CacheListener listener,
            ResultCacheSettings settings) {
        return create(store, coordinator, environment, listener, settings, CachedRows.Reader.NONE);
    }

    /**
     * As {@link #create(Store, Coordinator, Environment, CacheListener, ResultCacheSettings)}, deciding by the cached rows too.
     *
     * @param reader tells what is known of the rows that are published
     */
    public static ResultCache create(
            Store store,
            Coordinator coordinator,
            Environment environment,
            CacheListener listener,
            ResultCacheSettings settings,
            CachedRows.Reader reader) {
        return new ProtocolResultCache(store, coordinator, environment, listener, settings, reader);
    }
}
