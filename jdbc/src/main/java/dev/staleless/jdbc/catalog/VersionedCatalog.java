package dev.staleless.jdbc.catalog;

import dev.staleless.core.catalog.Catalog;
import dev.staleless.core.coordination.Environment;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A catalog that is read again when the schema's version moves, and tells after which version it was read.
 *
 * <p>Whoever analyses a statement asks for the version first, then for the catalog: so the catalog is of that version or a
 * newer one. A version is in use only from when the change of the schema that it stands for has ended, and no later one has
 * begun; a catalog read in between belongs to a version that nobody goes by.
 *
 * <p>Safe for any thread.
 */
public final class VersionedCatalog implements CatalogSource {

    /** No version that is in use. */
    private static final long NONE = -3;

    private final CatalogSource source;
    private final Environment environment;
    private final Runnable changed;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile long read;
    private volatile long wanted;

    /**
     * @param source read already, after {@code version}
     * @param changed called after it was read again, in the background
     */
    public VersionedCatalog(CatalogSource source, long version, Environment environment, Runnable changed) {
        this.source = source;
        this.environment = environment;
        this.changed = changed;
        read = version < 0 ? NONE : version;
        wanted = read;
    }

    /** The schema's version after which the catalog that {@link #current()} returns from now on was read. */
    @Override
    public long schemaVersion() {
        return read;
    }

    /** Has the catalog read again in the background, if it was not read after this version yet. */
    public void require(long version) {
        wanted = version;
        if (read != version && running.compareAndSet(false, true)) {
            environment.start("staleless-catalog", this::run);
        }
    }

    private void run() {
        try {
            while (read != wanted) {
                long version = wanted;
                var unused = source.refresh();
                read = version;
                changed.run();
            }
        } finally {
            running.set(false);
        }
        // one that was wanted in between
        if (read != wanted) {
            require(wanted);
        }
    }

    @Override
    public Catalog current() {
        return source.current();
    }

    @Override
    public Catalog current(List<String> searchPath) {
        return source.current(searchPath);
    }

    @Override
    public Catalog refresh() {
        return source.refresh();
    }
}
