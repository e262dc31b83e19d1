package dev.staleless.core.protocol;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.staleless.core.decision.IndexedRows;
import dev.staleless.core.query.CachedRows;
import dev.staleless.core.store.Entry;
import java.util.UUID;

/**
 * The rows of entries that were decided on, with the indexes that were made over them. They are remembered by the entry's
 * unique id, which belongs to one immutable value, up to a total size of the results. Safe for any thread.
 */
final class RememberedRows {

    private static final long MAX_BYTES = 64 << 20;

    /** What even an empty result takes. */
    private static final int OVERHEAD = 256;

    private final CachedRows.Reader reader;
    private final Cache<UUID, IndexedRows> remembered = Caffeine.newBuilder()
            .maximumWeight(MAX_BYTES)
            .weigher((UUID id, IndexedRows rows) -> rows.bytes() + OVERHEAD)
            .executor(Runnable::run)
            .build();

    RememberedRows(CachedRows.Reader reader) {
        this.reader = reader;
    }

    /** The rows of an entry. They are not looked at before a rule asks for them. */
    IndexedRows of(Entry entry) {
        IndexedRows known = remembered.getIfPresent(entry.id());
        return known == null ? IndexedRows.lazily(reader, entry.rows()) : known;
    }

    /** To be called after deciding: what was made is kept for the next event. */
    void remember(Entry entry, IndexedRows rows) {
        if (rows.wereRead() && remembered.getIfPresent(entry.id()) == null) {
            remembered.put(entry.id(), rows);
        }
    }
}
