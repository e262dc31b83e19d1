package dev.staleless.jdbc.computed;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.codec.DependencyCodec;
import dev.staleless.core.protocol.Evidence;
import dev.staleless.core.protocol.MissReason;
import dev.staleless.core.protocol.ValueCache;
import dev.staleless.core.query.Dependency;
import dev.staleless.core.query.Queries;
import dev.staleless.core.query.Query;
import dev.staleless.core.store.EntryKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the database while a value is computed. A recording is of the threads that it was opened on and handed to; those
 * around it record the same. It is the only source of what a value depends on, so whatever it does not understand makes the value
 * one that is not kept.
 *
 * <p>Order for each query: {@link #observe}, which reads the changelog's heads, then the query is answered, then {@link
 * Witness#returned}. Of each log the position that was read first counts: a later one would hide what happened between.
 *
 * <p>What it has recorded is guarded by this; nothing is called under the lock. Safe for any thread.
 */
public final class Recording {

    /** More queries than this are told as whole tables. */
    static final int MAX_QUERIES = 64;

    /** What results may take together that are kept beside the value. */
    static final int MAX_ROW_BYTES = 1 << 18;

    private static final ThreadLocal<@Nullable Recording> CURRENT = new ThreadLocal<>();

    /**
     * A query that is about to be answered.
     *
     * @param database id of the database that it is asked of
     * @param key of its result: holds all that it depends on but the rows of its tables
     * @param usualSession whether the session is as the data source hands it out
     */
    public record Asked(
            String database,
            ValueCache cache,
            EntryKey key,
            String sql,
            List<String> searchPath,
            Query query,
            long schemaVersion,
            boolean usualSession,
            boolean inWritingTransaction) {}

    /** Hears what a query has returned. */
    public interface Witness {

        /** Nobody listens. */
        Witness NONE = rows -> {};

        /** The captured result. Where this is not called nothing is known of it. */
        void returned(byte[] rows);
    }

    /** Why a value is not kept. */
    enum Cause {
        /** It depends on something that is not seen. */
        UNSEEN,
        /** It depends on something of which it is not certain what it shows. */
        UNCERTAIN,
        /** It may show what is not committed, or its computation changes something. */
        WRITES
    }

    /** Why a value is not kept, and of which kind that is. */
    record Flaw(Cause cause, String reason) {}

    /** A query that was asked. */
    private static final class Known {
        private final Dependency dependency;
        private final Query query;
        private volatile byte @Nullable [] rows;

        Known(Dependency dependency, Query query, byte @Nullable [] rows) {
            this.dependency = dependency;
            this.query = query;
            this.rows = rows;
        }
    }

    /** All that a recording tells. */
    record Result(
            List<Dependency> dependencies, List<Query> queries, List<byte @Nullable []> rows, Evidence evidence) {}

    private final @Nullable Recording around;
    private final ValueSource source;
    private final boolean anySession;
    private final Map<EntryKey, Known> known = new LinkedHashMap<>();
    private final Map<Partition, Offset> offsets = new HashMap<>();
    private final Map<TableName, Long> generations = new HashMap<>();
    private @Nullable UUID epoch;
    private @Nullable Flaw flaw;

    /**
     * @param around the recording that hears of the same; null for none
     * @param source of the database whose queries it can tell of
     * @param anySession whether queries of sessions with other settings than the usual ones are no flaw
     */
    Recording(@Nullable Recording around, ValueSource source, boolean anySession) {
        this.around = around;
        this.source = source;
        this.anySession = anySession;
    }

    /** The recording of this thread; null if none. */
    static @Nullable Recording current() {
        return CURRENT.get();
    }

    /** Makes a recording that of this thread, and returns the one that was. */
    static @Nullable Recording enter(@Nullable Recording recording) {
        Recording before = CURRENT.get();
        if (recording == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(recording);
        }
        return before;
    }

    // ---- what the JDBC wrappers tell

    /** Whether this thread records what it asks. */
    public static boolean isActive() {
        return CURRENT.get() != null;
    }

    /** This thread asks something whose answer may change unseen. */
    public static void unseen(String reason) {
        flawed(CURRENT.get(), new Flaw(Cause.UNSEEN, reason));
    }

    /** This thread changes something. */
    public static void writes(String reason) {
        flawed(CURRENT.get(), new Flaw(Cause.WRITES, reason));
    }

    /** What was observed of a query may be of another one. */
    public static void uncertain(String reason) {
        flawed(CURRENT.get(), new Flaw(Cause.UNCERTAIN, reason));
    }

    /** To be called before a query is looked up or sent. */
    public static Witness observe(Asked asked) {
        Recording current = CURRENT.get();
        if (current == null) {
            return Witness.NONE;
        }
        for (Recording each = current; each != null; each = each.around) {
            each.judge(asked);
        }
        // what a reader will be told of the parameters decides which logs it goes by
        Query told = new Query(
                asked.query().template(),
                asked.query().sql(),
                DependencyCodec.told(asked.query().parameters()));
        Dependency dependency = new Dependency.OfQuery(asked.sql(), asked.searchPath(), told.parameters());
        return current.observe(asked.key(), dependency, told, asked.cache(), asked.schemaVersion());
    }

    private void judge(Asked asked) {
        if (!asked.database().equals(source.database())) {
            add(new Flaw(Cause.UNSEEN, "another database is asked: " + asked.sql()));
        } else if (!asked.usualSession() && !anySession) {
            add(new Flaw(
                    Cause.UNCERTAIN, "the session has other settings than those of the data source: " + asked.sql()));
        } else if (asked.inWritingTransaction()) {
            add(new Flaw(Cause.WRITES, "the transaction has changed something: " + asked.sql()));
        }
    }

    // ---- recording

    /** It is not certain what this recording is to tell of. */
    void flawed(String reason) {
        add(new Flaw(Cause.UNCERTAIN, reason));
    }

    private static void flawed(@Nullable Recording innermost, Flaw flaw) {
        for (Recording each = innermost; each != null; each = each.around) {
            each.add(flaw);
        }
    }

    private synchronized void add(Flaw found) {
        Flaw worst = flaw;
        if (worst == null || worst.cause().compareTo(found.cause()) < 0) {
            flaw = found;
        }
    }

    /** The worst flaw; null if there is none. */
    synchronized @Nullable Flaw flaw() {
        return flaw;
    }

    private synchronized boolean knows(EntryKey key) {
        return known.containsKey(key);
    }

    /** The logs of which a position is known. */
    synchronized Set<Partition> positions() {
        return new HashSet<>(offsets.keySet());
    }

    /** Observes a query of its own database, for this and those around it. */
    Witness observe(EntryKey key, Dependency dependency, Query query, ValueCache cache, long schemaVersion) {
        Map<Recording, Set<Partition>> wanting = new LinkedHashMap<>();
        for (Recording each = this; each != null; each = each.around) {
            if (each.source.database().equals(source.database()) && !each.knows(key)) {
                wanting.put(each, each.positions());
            }
        }
        if (wanting.isEmpty()) {
            return Witness.NONE;
        }
        ValueCache.Observation observation = cache.observe(query, schemaVersion);
        List<Known> added = new ArrayList<>(1);
        wanting.forEach((recording, before) -> {
            if (observation instanceof ValueCache.Seen seen) {
                Known entry = new Known(dependency, query, null);
                if (recording.add(key, entry, seen.evidence(), before)) {
                    added.add(entry);
                }
            } else if (observation instanceof ValueCache.Refused refused) {
                recording.add(new Flaw(Cause.UNCERTAIN, refused.detail()));
            }
        });
        if (observation instanceof ValueCache.Refused refused && refused.reason() == MissReason.NOT_ENLISTED) {
            source.asked(query.template().tables());
        }
        return rows -> added.forEach(entry -> entry.rows = rows);
    }

    private synchronized boolean add(EntryKey key, Known entry, Evidence evidence, Set<Partition> before) {
        rest(evidence, before);
        return known.putIfAbsent(key, entry) == null;
    }

    /**
     * What a value that was served depends on belongs to what is computed from it.
     *
     * @param name of the value with these dependencies
     * @param before for each recording the {@link #positions} from before the value was looked up
     */
    static void inherit(String name, String database, Result served, Map<Recording, Set<Partition>> before) {
        before.forEach((recording, positions) -> {
            if (recording.source.database().equals(database)) {
                recording.inherit(name, served, positions);
            } else {
                recording.add(new Flaw(Cause.UNSEEN, "a value of another database is used"));
            }
        });
    }

    /** This thread's recordings, from the innermost, with their positions. */
    static Map<Recording, Set<Partition>> allPositions() {
        Map<Recording, Set<Partition>> all = new LinkedHashMap<>();
        for (Recording each = CURRENT.get(); each != null; each = each.around) {
            all.put(each, each.positions());
        }
        return all;
    }

    private synchronized void inherit(String name, Result served, Set<Partition> before) {
        rest(served.evidence(), before);
        for (int i = 0; i < served.queries().size(); i++) {
            byte[] rows = i < served.rows().size() ? served.rows().get(i) : null;
            known.putIfAbsent(
                    new EntryKey(name + "#" + i, new byte[0]),
                    new Known(served.dependencies().get(i), served.queries().get(i), rows));
        }
    }

    /**
     * Rests what was recorded on what was observed.
     *
     * @param before the logs whose positions were known before that was read: theirs are not newer
     */
    private void rest(Evidence evidence, Set<Partition> before) {
        UUID of = epoch;
        if (of != null && !of.equals(evidence.epoch())) {
            add(new Flaw(Cause.UNCERTAIN, "everything was invalidated meanwhile"));
            return;
        }
        epoch = evidence.epoch();
        evidence.generations().forEach((table, generation) -> {
            Long other = generations.putIfAbsent(table, generation);
            if (other != null && !other.equals(generation)) {
                add(new Flaw(Cause.UNCERTAIN, "the partitions of " + table + " were changed meanwhile"));
            }
        });
        evidence.offsets().forEach((partition, offset) -> {
            Offset first = offsets.putIfAbsent(partition, offset);
            if (first != null && !before.contains(partition) && !first.equals(offset)) {
                // two threads read it at once: which position is the older one is not known
                add(new Flaw(Cause.UNCERTAIN, "two threads asked at once, while " + partition + " was written to"));
            }
        });
    }

    /** What was recorded; null if nothing was observed. */
    synchronized @Nullable Result result() {
        UUID of = epoch;
        if (of == null) {
            return null;
        }
        Map<Dependency, Query> told = new LinkedHashMap<>();
        Map<Dependency, byte[]> rows = new HashMap<>();
        boolean whole = known.size() > MAX_QUERIES;
        long bytes = 0;
        for (Known each : known.values()) {
            if (whole && !(each.dependency instanceof Dependency.OfRows)) {
                for (TableName table : each.query.template().tables()) {
                    told.put(new Dependency.OfTable(table), Queries.everyRow(table));
                }
            } else if (told.putIfAbsent(each.dependency, each.query) == null) {
                byte[] result = each.rows;
                if (result != null && bytes + result.length <= MAX_ROW_BYTES) {
                    bytes += result.length;
                    rows.put(each.dependency, result);
                }
            }
        }
        List<byte @Nullable []> inOrder = new ArrayList<>();
        told.keySet().forEach(dependency -> inOrder.add(rows.get(dependency)));
        return new Result(
                List.copyOf(told.keySet()),
                List.copyOf(told.values()),
                inOrder,
                new Evidence(of, generations, offsets));
    }
}
