package dev.staleless.testkit.simulation;

import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.protocol.Lookup;
import dev.staleless.core.protocol.ResultCache;
import dev.staleless.core.protocol.Transaction;
import dev.staleless.core.protocol.Transaction.Outcome;
import dev.staleless.core.query.Query;
import dev.staleless.core.store.EntryKey;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A cache that is told another outcome of a COMMIT than it had, or whose being told is watched. */
final class OtherOutcomesCache implements ResultCache {

    private final ResultCache cache;
    private final UnaryOperator<Outcome> told;

    OtherOutcomesCache(ResultCache cache, UnaryOperator<Outcome> told) {
        this.cache = cache;
        this.told = told;
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
        return new Told(cache.begin(), told);
    }

    @Override
    public void enlist(Collection<Table> tables, Duration timeout) {
        cache.enlist(tables, timeout);
    }

    @Override
    public void close() {
        cache.close();
    }

    private record Told(Transaction transaction, UnaryOperator<Outcome> told) implements Transaction {

        @Override
        public Outcome commit(DatabaseCommit databaseCommit) {
            return transaction.commit(new DatabaseCommit() {
                @Override
                public Outcome run() {
                    return told.apply(databaseCommit.run());
                }

                @Override
                public BarrierLock lock(UUID barrier) {
                    return databaseCommit.lock(barrier);
                }
            });
        }

        @Override
        public void aboutToWrite(@Nullable Collection<TableName> tables, boolean holdsConnection) {
            transaction.aboutToWrite(tables, holdsConnection);
        }

        @Override
        public void analysedUnder(long version) {
            transaction.analysedUnder(version);
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
