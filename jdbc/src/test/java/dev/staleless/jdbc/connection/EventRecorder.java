package dev.staleless.jdbc.connection;

import dev.staleless.core.catalog.Table;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.protocol.Lookup;
import dev.staleless.core.protocol.MissReason;
import dev.staleless.core.protocol.ResultCache;
import dev.staleless.core.protocol.Transaction;
import dev.staleless.core.query.Query;
import dev.staleless.core.store.EntryKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A cache that serves nothing, and keeps what transactions report. */
final class EventRecorder implements ResultCache {
    private final List<ChangeEvent> events = new ArrayList<>();
    private @Nullable String everything;

    /** What was reported since it was asked last. */
    List<ChangeEvent> take() {
        List<ChangeEvent> taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    /** Why everything was reported since it was asked last, or null. */
    @Nullable
    String takeEverything() {
        String taken = everything;
        everything = null;
        return taken;
    }

    @Override
    public Lookup lookup(
            Query query,
            EntryKey key,
            Duration ttl,
            @Nullable Transaction transaction,
            boolean mayWait,
            long schemaVersion) {
        return new Lookup.Bypass(MissReason.NOT_FRESH, "recording");
    }

    @Override
    public Transaction begin() {
        return new Recorded();
    }

    @Override
    public void enlist(Collection<Table> tables, Duration timeout) {}

    @Override
    public void close() {}

    private final class Recorded implements Transaction {
        @Override
        public void changed(Collection<ChangeEvent> changed) {
            events.addAll(changed);
        }

        @Override
        public void changedEverything(String why) {
            everything = why;
        }

        @Override
        public boolean affects(Query query) {
            return true;
        }

        @Override
        public Object savepoint() {
            return events.size();
        }

        @Override
        public void rollbackTo(Object savepoint) {
            events.subList((Integer) savepoint, events.size()).clear();
        }

        @Override
        public void reportNow(@Nullable Collection<ChangeEvent> changed, String session) {
            if (changed == null) {
                everything = "reported at once";
            } else {
                events.addAll(changed);
            }
        }

        @Override
        public Outcome commit(DatabaseCommit databaseCommit) {
            return databaseCommit.run();
        }

        @Override
        public void rollback() {}

        @Override
        public void connectionLost() {}
    }
}
