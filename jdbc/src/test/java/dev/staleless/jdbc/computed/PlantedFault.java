package dev.staleless.jdbc.computed;

import dev.staleless.core.catalog.Table;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.protocol.Evidence;
import dev.staleless.core.protocol.Lookup;
import dev.staleless.core.protocol.ResultCache;
import dev.staleless.core.protocol.Transaction;
import dev.staleless.core.protocol.ValueCache;
import dev.staleless.core.query.Query;
import dev.staleless.core.store.EntryKey;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What somebody could have got wrong. */
enum PlantedFault {
    NONE,
    /** The changelog's heads are read when the value is published, and not before each query. */
    HEADS_READ_AFTER,
    /** A query that was answered from the cache is no dependency. */
    HITS_FORGOTTEN,
    /** What is asked within a call within is no dependency of the outer one. */
    NESTED_FORGOTTEN;

    /** A cache that does it wrong. */
    ResultCache in(ResultCache cache) {
        Set<String> forgotten = ConcurrentHashMap.newKeySet();
        Values values = new Values(this, cache.values(), forgotten);
        return new Forwarding(cache, values, forgotten);
    }

    private record Forwarding(ResultCache cache, ValueCache values, Set<String> forgotten) implements ResultCache {
        @Override
        public Lookup lookup(
                Query query,
                EntryKey key,
                Duration ttl,
                @Nullable Transaction transaction,
                boolean mayWait,
                long schemaVersion) {
            Lookup lookup = cache.lookup(query, key, ttl, transaction, mayWait, schemaVersion);
            if (lookup instanceof Lookup.Hit) {
                forgotten.add(name(query));
            } else {
                forgotten.remove(name(query));
            }
            return lookup;
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

    private static String name(Query query) {
        return query.sql() + query.parameters();
    }

    private static final class Values implements ValueCache {
        private final PlantedFault fault;
        private final ValueCache values;
        private final Set<String> forgotten;

        Values(PlantedFault fault, ValueCache values, Set<String> forgotten) {
            this.fault = fault;
            this.values = values;
            this.forgotten = forgotten;
        }

        @Override
        public Observation observe(Query query, long schemaVersion) {
            return values.observe(query, schemaVersion);
        }

        @Override
        public Found find(EntryKey key, List<Query> queries, long schemaVersion, boolean observed) {
            return values.find(key, remaining(queries), schemaVersion, observed);
        }

        private List<Query> remaining(List<Query> queries) {
            return fault != HITS_FORGOTTEN
                    ? queries
                    : queries.stream()
                            .filter(query -> !forgotten.contains(name(query)))
                            .toList();
        }

        @Override
        public CompletionStage<Void> publish(Value value) {
            Map<Partition, Offset> offsets = new HashMap<>(value.evidence().offsets());
            List<byte @Nullable []> rows = value.rows();
            if (fault == HEADS_READ_AFTER) {
                value.queries().forEach(query -> {
                    if (values.observe(query, -1) instanceof Seen seen) {
                        offsets.putAll(seen.evidence().offsets());
                    }
                });
            }
            Evidence evidence =
                    new Evidence(value.evidence().epoch(), value.evidence().generations(), offsets);
            List<Query> queries = remaining(value.queries());
            return values.publish(new Value(
                    value.key(),
                    value.computation(),
                    queries,
                    queries.size() == rows.size() ? rows : List.of(),
                    evidence,
                    value.bytes(),
                    value.ttl()));
        }

        @Override
        public byte @Nullable [] note(EntryKey key) {
            return values.note(key);
        }

        @Override
        public CompletionStage<Void> putNote(EntryKey key, byte[] note, Evidence evidence, Duration ttl) {
            return values.putNote(key, note, evidence, ttl);
        }
    }
}
