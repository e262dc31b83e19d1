package dev.staleless.core.protocol;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.change.ChangeEvent;
import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.coordination.Environment;
import dev.staleless.core.coordination.Reading;
import dev.staleless.core.decision.Decision;
import dev.staleless.core.decision.IndexedRows;
import dev.staleless.core.decision.Verdict;
import dev.staleless.core.query.CachedRows;
import dev.staleless.core.query.Query;
import dev.staleless.core.store.Entry;
import dev.staleless.core.store.EntryKey;
import dev.staleless.core.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a value of several queries may be served: what {@link EntryCheck} decides of a result, for each of the queries,
 * by the same rules. Every event of every log since the value's offsets is judged by all of them. Safe for any thread.
 */
final class ValueCheck {

    /** A value this many elements behind is rewritten. */
    private static final int REWRITE_AFTER = 32;

    /** Larger values are not rewritten only to advance. */
    private static final int REWRITE_BYTES = 1 << 16;

    private record Advance(Map<Partition, Offset> offsets, int elements) {}

    /** The outcome. */
    sealed interface Outcome {}

    /** The value may be served: it was judged up to these offsets. */
    record Holds(Entry entry, Map<Partition, Offset> offsets) implements Outcome {}

    /** It may not. */
    record Fails(ValueCache.Missed missed) implements Outcome {
        Fails(MissReason reason, String detail) {
            this(new ValueCache.Missed(reason, detail, null));
        }
    }

    /** The results of a value's queries, read from the store when they are asked for first. Not safe for several threads. */
    static final class Rows {
        private final Supplier<List<byte @Nullable []>> source;
        private @Nullable List<byte @Nullable []> read;

        Rows(Supplier<List<byte @Nullable []>> source) {
            this.source = source;
        }

        /** Empty if there are none, or nobody has asked for them. */
        List<byte @Nullable []> read() {
            List<byte @Nullable []> known = read;
            return known == null ? List.of() : known;
        }

        private @Nullable IndexedRows of(int query, CachedRows.Reader reader) {
            List<byte @Nullable []> all = read;
            if (all == null) {
                all = source.get();
                read = all;
            }
            byte[] rows = query < all.size() ? all.get(query) : null;
            return rows == null ? null : IndexedRows.lazily(reader, rows);
        }
    }

    private final Store store;
    private final Environment environment;
    private final Listeners listeners;
    private final CachedRows.Reader reader;
    private final Cache<UUID, Advance> advances;

    ValueCheck(Store store, Environment environment, Listeners listeners, long remembered, CachedRows.Reader reader) {
        this.store = store;
        this.environment = environment;
        this.listeners = listeners;
        this.reader = reader;
        advances = Caffeine.newBuilder()
                .maximumSize(remembered)
                .executor(Runnable::run)
                .build();
    }

    Outcome check(
            List<Query> queries,
            EntryKey key,
            Reading reading,
            List<Partition> partitions,
            Store.Snapshot snapshot,
            Rows rows) {
        Entry entry = snapshot.entry();
        if (entry == null) {
            return new Fails(MissReason.ABSENT, "there is no value");
        }
        Set<TableName> tables = new LinkedHashSet<>();
        queries.forEach(query -> tables.addAll(query.template().tables()));
        EntryCheck.Missed unfit = EntryCheck.unfit(entry, key, reading, tables, partitions);
        if (unfit != null) {
            return new Fails(unfit.reason(), unfit.detail());
        }
        Advance known = advances.getIfPresent(entry.id());
        if (known == null) {
            known = new Advance(entry.offsets(), 0);
        }
        List<Partition> moved = new ArrayList<>(0);
        List<Offset> heads = new ArrayList<>(0);
        for (int i = 0; i < partitions.size(); i++) {
            Offset head = snapshot.heads().get(i);
            if (head == null) {
                return new Fails(MissReason.OFFSET_LOST, "there is no log " + partitions.get(i));
            }
            if (!head.equals(known.offsets().get(partitions.get(i)))) {
                moved.add(partitions.get(i));
                heads.add(head);
            }
        }
        return moved.isEmpty()
                ? new Holds(entry, known.offsets())
                : judge(queries, key, entry, known, moved, store.logs(moved, heads), rows);
    }

    private Outcome judge(
            List<Query> queries,
            EntryKey key,
            Entry entry,
            Advance known,
            List<Partition> moved,
            List<Store.Log> logs,
            Rows rows) {
        Map<Partition, Offset> offsets = new HashMap<>(known.offsets());
        int passed = known.elements();
        Set<ChangeEvent> judged = new LinkedHashSet<>();
        for (int i = 0; i < moved.size(); i++) {
            Partition partition = moved.get(i);
            Store.Log log = logs.get(i);
            List<Element> since = EntryCheck.since(log, known.offsets().get(partition));
            if (since == null || log.head() == null) {
                return new Fails(MissReason.OFFSET_LOST, "the log " + partition + " no longer tells what came since");
            }
            since.forEach(element -> judged.addAll(element.events()));
            passed += since.size();
            offsets.put(partition, log.head());
        }
        Fails affected = affected(queries, judged, rows);
        if (affected != null) {
            return affected;
        }
        Advance advance = new Advance(Map.copyOf(offsets), passed);
        advance(key, entry, advance);
        return new Holds(entry, advance.offsets());
    }

    private @Nullable Fails affected(List<Query> queries, Set<ChangeEvent> events, Rows rows) {
        for (int i = 0; i < queries.size(); i++) {
            Query query = queries.get(i);
            IndexedRows cached = null;
            for (ChangeEvent event : events) {
                if (!query.template().tables().contains(event.table())
                        || !Decision.decide(query, event).affected()) {
                    continue;
                }
                cached = cached == null ? rows.of(i, reader) : cached;
                Verdict verdict = Decision.decide(query, cached, event);
                if (verdict.affected()) {
                    return new Fails(
                            new ValueCache.Missed(MissReason.CHANGED, query.sql() + ": " + verdict.reason(), event));
                }
            }
        }
        return null;
    }

    private void advance(EntryKey key, Entry entry, Advance advance) {
        advances.put(entry.id(), advance);
        if (advance.elements() < REWRITE_AFTER || entry.rows().length > REWRITE_BYTES) {
            return;
        }
        advances.put(entry.id(), new Advance(advance.offsets(), 0));
        Entry rewritten = new Entry(
                environment.freshId(),
                entry.key(),
                entry.epoch(),
                entry.generations(),
                advance.offsets(),
                entry.rows());
        var unused = store.replace(key, rewritten).whenComplete((done, failure) -> {
            if (failure != null) {
                listeners.failed("A value could not be rewritten", failure);
            }
        });
    }
}
