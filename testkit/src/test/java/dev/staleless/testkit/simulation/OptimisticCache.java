package dev.staleless.testkit.simulation;

import dev.staleless.core.catalog.Table;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.protocol.Lookup;
import dev.staleless.core.protocol.ResultCache;
import dev.staleless.core.protocol.Transaction;
import dev.staleless.core.query.Query;
import dev.staleless.core.store.EntryKey;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A cache that takes a COMMIT without an answer for one that did not happen. */
final class OptimisticCache implements ResultCache {

    private final ResultCache cache;

    OptimisticCache(ResultCache cache) {
        this.cache = cache;
    }

    @Override
    public Lookup lookup(
            Query query,
            EntryKey key,
            Duration ttl,
            @Nullable Transaction transaction,
            boolean mayWait,
            long schemaVersion) {
        return cache.lookup(query, key, ttl, transaction, mayWait, schemaVersion);
    }

    @Override
    public Transaction begin() {
        return new Optimist(cache.begin());
    }

    @Override
    public void enlist(Collection<Table> tables, Duration timeout) {
        cache.enlist(tables, timeout);
    }

    @Override
    public void close() {
        cache.close();
    }

    private record Optimist(Transaction transaction) implements Transaction {

        @Override
        public Outcome commit(DatabaseCommit databaseCommit) {
            return transaction.commit(() -> {
                Outcome outcome = databaseCommit.run();
                return outcome == Outcome.UNKNOWN ? Outcome.ROLLED_BACK : outcome;
            });
        }

        @Override
        public void changed(Collection<ChangeEvent> events) {
            transaction.changed(events);
        }

        @Override
        public void changedEverything(String why) {
            transaction.changedEverything(why);
        }

        @Override
        public boolean affects(Query query) {
            return transaction.affects(query);
        }

        @Override
        public Object savepoint() {
            return transaction.savepoint();
        }

        @Override
        public void rollbackTo(Object savepoint) {
            transaction.rollbackTo(savepoint);
        }

        @Override
        public void reportNow(@Nullable Collection<ChangeEvent> events, String session) {
            transaction.reportNow(events, session);
        }

        @Override
        public void rollback() {
            transaction.rollback();
        }

        @Override
        public void connectionLost() {
            transaction.connectionLost();
        }
    }
}
