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
import dev.staleless.core.decision.Doubt;
import dev.staleless.core.decision.IndexedRows;
import dev.staleless.core.decision.Judgement;
import dev.staleless.core.decision.Verdict;
import dev.staleless.core.query.CachedRows;
import dev.staleless.core.query.Query;
import dev.staleless.core.store.Entry;
import dev.staleless.core.store.EntryKey;
import dev.staleless.core.store.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an entry may be served: it is of this epoch and these generations, of the partitions that would be chosen
 * now, and no change event since its offsets affects it.
 *
 * <p>Events are judged per log, each up to the log's head as read here. Those heads may be of different moments: an entry's
 * offsets say, log by log, how far it was judged, and nothing about any moment.
 *
 * <p>An advance is remembered here by the entry's unique id, which belongs to one immutable value; the entry itself is only
 * ever written whole. Safe for any thread.
 */
final class EntryCheck {

    /** An entry this many elements behind is rewritten, for the sake of other nodes and of a log that is trimmed. */
    private static final int REWRITE_AFTER = 32;

    /** Larger results are not rewritten only to advance. */
    private static final int REWRITE_BYTES = 1 << 16;

    /** The outcome. */
    sealed interface Outcome {}

    /** The entry may be served, though these events have happened since. */
    record Served(Entry entry, List<Judgement.Kept> kept) implements Outcome {}

    /**
     * The entry may not be served.
     *
     * @param previous the entry, if it was right once by all that is agreed on now; null if not
     * @param doubtful the same, if the database can tell that it still is; null if not
     */
    record Missed(
            MissReason reason,
            String detail,
            @Nullable ChangeEvent event,
            Verdict.@Nullable Affected verdict,
            @Nullable Entry previous,
            @Nullable Doubtful doubtful)
            implements Outcome {
        Missed(MissReason reason, String detail) {
            this(reason, detail, null);
        }

        Missed(MissReason reason, String detail, @Nullable Entry previous) {
            this(reason, detail, null, null, previous, null);
        }
    }

    /**
     * An entry that changes have left in doubt.
     *
     * @param known how far it was judged before them
     * @param doubts of which each has to be settled
     */
    record Doubtful(Entry entry, Advance known, Set<Doubt> doubts) {}

    /** How far an entry was judged by this node, and how many elements that is past its own offsets. */
    record Advance(Map<Partition, Offset> offsets, int elements) {}

    private final Store store;
    private final Environment environment;
    private final Listeners listeners;
    private final Cache<UUID, Advance> advances;
    private final RememberedRows rows;

    EntryCheck(Store store, Environment environment, Listeners listeners, long remembered, CachedRows.Reader reader) {
        this.store = store;
        this.environment = environment;
        this.listeners = listeners;
        advances = Caffeine.newBuilder()
                .maximumSize(remembered)
                .executor(Runnable::run)
                .build();
        rows = new RememberedRows(reader);
    }

    Outcome check(Query query, EntryKey key, Reading reading, List<Partition> partitions, Store.Snapshot snapshot) {
        Entry entry = snapshot.entry();
        if (entry == null) {
            return new Missed(MissReason.ABSENT, "there is no entry");
        }
        Outcome outcome = check(query, key, reading, partitions, snapshot, entry);
        if (outcome instanceof Missed) {
            store.outdated(key, entry);
        }
        return outcome;
    }

    private Outcome check(
            Query query,
            EntryKey key,
            Reading reading,
            List<Partition> partitions,
            Store.Snapshot snapshot,
            Entry entry) {
        Missed unfit = unfit(entry, key, reading, query.template().tables(), partitions);
        if (unfit != null) {
            return unfit;
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
                return new Missed(MissReason.OFFSET_LOST, "there is no log " + partitions.get(i), entry);
            }
            if (!head.equals(known.offsets().get(partitions.get(i)))) {
                moved.add(partitions.get(i));
                heads.add(head);
            }
        }
        return moved.isEmpty()
                ? new Served(entry, List.of())
                : judge(query, key, entry, known, moved, store.logs(moved, heads));
    }

    static @Nullable Missed unfit(
            Entry entry, EntryKey key, Reading reading, Set<TableName> tables, List<Partition> partitions) {
        if (!Arrays.equals(entry.key(), key.identity())) {
            return new Missed(MissReason.ABSENT, "the entry is of another key of the same name");
        }
        if (!entry.epoch().equals(reading.epoch())) {
            return new Missed(MissReason.OUTDATED, "the entry is of another epoch");
        }
        if (entry.generations().size() != tables.size()) {
            return new Missed(MissReason.OUTDATED, "the entry is of other tables");
        }
        for (TableName table : tables) {
            var listed = reading.inForce(table);
            Long generation = entry.generations().get(table);
            if (listed == null || generation == null || generation != listed.generation()) {
                return new Missed(MissReason.OUTDATED, "the entry is of another generation of " + table);
            }
        }
        if (entry.offsets().size() != partitions.size()
                || !entry.offsets().keySet().containsAll(partitions)) {
            return new Missed(MissReason.OUTDATED, "the entry is of other partitions");
        }
        return null;
    }

    private Outcome judge(
            Query query, EntryKey key, Entry entry, Advance known, List<Partition> moved, List<Store.Log> logs) {
        IndexedRows cached = rows.of(entry);
        Outcome outcome = judge(query, key, entry, known, moved, logs, cached);
        if (outcome instanceof Served) {
            rows.remember(entry, cached);
        }
        return outcome;
    }

    private Outcome judge(
            Query query,
            EntryKey key,
            Entry entry,
            Advance known,
            List<Partition> moved,
            List<Store.Log> logs,
            IndexedRows cached) {
        Map<Partition, Offset> offsets = new HashMap<>(known.offsets());
        Judgement judgement = new Judgement(query, cached);
        int passed = known.elements();
        for (int i = 0; i < moved.size(); i++) {
            Partition partition = moved.get(i);
            Store.Log log = logs.get(i);
            List<Element> since = since(log, known.offsets().get(partition));
            if (since == null || log.head() == null) {
                return new Missed(
                        MissReason.OFFSET_LOST, "the log " + partition + " no longer tells what came since", entry);
            }
            if (!addAll(since, judgement)) {
                break;
            }
            passed += since.size();
            offsets.put(partition, log.head());
        }
        if (judgement.verdict() != null) {
            Set<Doubt> doubts = judgement.doubts();
            Doubtful doubtful = doubts == null ? null : new Doubtful(entry, known, doubts);
            return new Missed(
                    MissReason.CHANGED,
                    judgement.verdict().reason(),
                    judgement.event(),
                    judgement.verdict(),
                    entry,
                    doubtful);
        }
        advance(key, entry, new Advance(Map.copyOf(offsets), passed));
        return new Served(entry, judgement.kept());
    }

    /** False if there is nothing more to know. */
    private static boolean addAll(List<Element> elements, Judgement judgement) {
        for (Element element : elements) {
            for (ChangeEvent event : element.events()) {
                if (!judgement.add(event)) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Whether an entry that was left in doubt is right, now that the database has settled the doubts: no event before or since has left
     * another one, or affects it. To be asked after the database has answered: whatever it has seen is in the logs then.
     */
    boolean isRight(Query query, List<Partition> partitions, Doubtful doubtful) {
        List<Store.Log> logs = store.logs(partitions);
        Judgement judgement = new Judgement(query, rows.of(doubtful.entry()));
        for (int i = 0; i < partitions.size(); i++) {
            List<Element> since = since(logs.get(i), doubtful.known().offsets().get(partitions.get(i)));
            if (since == null || !addAll(since, judgement)) {
                return false;
            }
        }
        Set<Doubt> doubts = judgement.doubts();
        return doubts != null && doubtful.doubts().containsAll(doubts);
    }

    /** The elements newer than the offset, or null if the log does not tell: it was trimmed, lost, or is another server's. */
    static @Nullable List<Element> since(Store.Log log, @Nullable Offset offset) {
        if (offset == null
                || log.head() == null
                || !offset.server().equals(log.head().server())) {
            return null;
        }
        for (int i = 0; i < log.elements().size(); i++) {
            if (log.elements().get(i).id().equals(offset.element())) {
                return log.elements().subList(0, i);
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
                listeners.failed("An entry could not be rewritten", failure);
            }
        });
    }
}
