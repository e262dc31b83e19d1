package dev.staleless.testkit.simulation;

import dev.staleless.core.catalog.Table;
import dev.staleless.core.coordination.Coordinator;
import dev.staleless.core.coordination.Turn;
import dev.staleless.core.protocol.Lookup;
import dev.staleless.core.protocol.MissReason;
import dev.staleless.core.protocol.ResultCache;
import dev.staleless.core.protocol.Transaction;
import dev.staleless.core.query.Query;
import dev.staleless.core.store.EntryKey;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A cache that asks whether its node may serve when it has what it would serve. */
final class LateAskingCache implements ResultCache {

    private final ResultCache cache;
    private final Coordinator coordinator;

    LateAskingCache(ResultCache cache, Coordinator coordinator) {
        this.cache = cache;
        this.coordinator = coordinator;
    }

    @Override
    public Lookup lookup(
            Query query,
            EntryKey key,
            Duration ttl,
            @Nullable Transaction transaction,
            boolean mayWait,
            long schemaVersion) {
        Lookup lookup = cache.lookup(query, key, ttl, transaction, mayWait, schemaVersion);
        if (!(lookup instanceof Lookup.Hit)) {
            return lookup;
        }
        try (Turn turn = coordinator.begin(Turn.Kind.SERVE)) {
            return turn.mayServe() ? lookup : new Lookup.Bypass(MissReason.NOT_FRESH, "asked late");
        }
    }

    @Override
    public Transaction begin() {
        return cache.begin();
    }

    @Override
    public void enlist(Collection<Table> tables, Duration timeout) {
        cache.enlist(tables, timeout);
    }

    @Override
    public void close() {
        cache.close();
    }
}
