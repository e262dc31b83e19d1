package dev.staleless.core.store;

import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Element;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.changelog.Offset;
import dev.staleless.core.changelog.Partition;
import dev.staleless.core.changelog.Registry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps entries, changelogs and in-flight registries. Everything in it may be lost, evicted, expired or rolled back at any
 * time: what is missing makes a miss. What it must never do: reorder, replay or repeat a command, return an element as the
 * head of a log while a newer acknowledged one is missing and still call the server the same, or return part of a value.
 *
 * <p>Safe for any thread. Calls block until acknowledged, unless they return a stage. A store that cannot be reached, or
 * whose answer is not understood, throws {@link StoreException}; bytes of an entry that are malformed, of another format
 * version or of another key are no entry; a log with a malformed element has no head.
 */
public interface Store extends AutoCloseable {

    /**
     * The entry and the newest element of each log.
     *
     * @param entry null if there is none; a store may also have none for a reader that asks for other partitions than the entry's
     * @param heads per partition in the order asked; null where the log is missing
     */
    record Snapshot(@Nullable Entry entry, List<@Nullable Offset> heads) {}

    /**
     * A log as read in one command, or put together from several ({@link RememberedLogs}).
     *
     * @param head null if the log is missing
     * @param elements newest first, all that are kept, or more; the oldest may be a start element without events; not to be changed
     */
    record Log(@Nullable Offset head, List<Element> elements) {}

    /** What to append to one log, in one command. */
    record Append(Partition partition, Element element) {}

    /**
     * Who fills an entry.
     *
     * @param holder whose claim stands
     * @param snapshot what {@link Store#read} gives, as of after the claim where one server has both
     * @param registries of the tables asked for, read after the heads; null if they are still to be asked for
     */
    record Claim(UUID holder, Snapshot snapshot, @Nullable List<Registry> registries) {
        public Claim(UUID holder, Snapshot snapshot) {
            this(holder, snapshot, null);
        }
    }

    /**
     * What a fill begins with.
     *
     * @param heads as {@link Store#open} gives them
     * @param registries as {@link Store#registries} gives them, read after the heads
     */
    record Opened(List<Offset> heads, List<Registry> registries) {}

    /** Entry and heads, in one round trip. */
    Snapshot read(EntryKey key, List<Partition> partitions);

    /** The logs, in the order asked: each with every append that was acknowledged before. */
    List<Log> logs(List<Partition> partitions);

    /**
     * The logs, in the order asked, each at least up to a head that {@link #read} or {@link #claim} has just given: a store may answer
     * by what it has read of them before.
     */
    default List<Log> logs(List<Partition> partitions, List<Offset> heads) {
        return logs(partitions);
    }

    /**
     * Heads of the logs, creating those that are missing with one element of a fresh unique id and no events. An existing log
     * is not changed.
     */
    List<Offset> open(List<Partition> partitions);

    /**
     * As {@link #open}, for a reader who may find some results by {@link #read} afterwards: that gives heads as new as these, or
     * newer, even where others are given older ones.
     */
    default List<Offset> observe(List<Partition> partitions) {
        return open(partitions);
    }

    /**
     * As {@link #open}, and then the tables' registries: each is read after all of the heads, by a server that executes in this order,
     * or when the heads have been answered.
     */
    default Opened openWithRegistries(List<Partition> partitions, List<TableName> tables) {
        List<Offset> heads = open(partitions);
        return new Opened(heads, registries(tables));
    }

    /** The in-flight registries of the tables, in the order asked. Each is read in one command. */
    List<Registry> registries(List<TableName> tables);

    /**
     * Makes a registry's creation mark if it has none of this server: a fresh id and the server's ids.
     *
     * @return the id of the creation mark that is now there
     */
    UUID createRegistry(TableName table);

    /** Writes a state version, raised after {@link #createRegistry}, into the field named after the creation mark's id. */
    void confirmRegistry(TableName table, UUID creation, long version);

    /**
     * Writes the marks, then appends to the logs: no append takes effect before all marks have been written. Returns when
     * both are acknowledged. A log that is missing is created by the append. At most once: nothing is sent again by itself.
     *
     * @throws StoreException if anything was not acknowledged; some of it may have been done
     */
    void report(Collection<Mark> marks, Collection<Append> appends);

    /** Removes marks by their exact value. The stage fails if that is not acknowledged. */
    CompletionStage<Void> resolve(Collection<Mark> marks);

    /**
     * Writes an entry whole, over whatever was there.
     *
     * @param ttl positive; a store may keep it for less
     */
    CompletionStage<Void> publish(EntryKey key, Entry entry, Duration ttl);

    /**
     * Writes an entry whole over one that is there, which keeps what remains of its time to live; does nothing if there is
     * none. Which one is there does not matter: every entry is a fact. A store that cannot do that in one command does
     * nothing.
     */
    default CompletionStage<Void> replace(EntryKey key, Entry entry) {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * Claims the filling of an entry for a time, if nobody else has, and reads it, in one round trip. A claim spares others the
     * work and proves nothing: it may be lost at any time, and two may hold one at once. A store of one process, where flights
     * are told from each other otherwise, has none: whoever asks holds it.
     *
     * @param holder a fresh id of whoever claims
     * @param time after which the claim ends by itself; positive
     */
    default Claim claim(EntryKey key, UUID holder, Duration time, List<Partition> partitions) {
        return new Claim(holder, read(key, partitions));
    }

    /**
     * As {@link #claim}, with the tables' registries where one round trip has both: each is read after all of the heads, by a server
     * that executes in this order.
     */
    default Claim claimWithRegistries(
            EntryKey key, UUID holder, Duration time, List<Partition> partitions, List<TableName> tables) {
        return claim(key, holder, time, partitions);
    }

    /** Gives up a claim on an entry that is held, so that others see it. Does not wait. */
    default CompletionStage<Void> release(EntryKey key) {
        return CompletableFuture.completedFuture(null);
    }

    /** Tells that an entry that was read may not be served any more: a store that keeps copies need not keep this one. */
    default void outdated(EntryKey key, Entry entry) {}

    /** Begins a walk that frees entries which can never be served again. A store that drops them by itself has none to free. */
    default Reclaim reclaim(Reclaim.Living living) {
        return Reclaim.NOTHING;
    }

    /** Whether the store is shared with other processes and so needs the coordination tables. */
    boolean shared();

    @Override
    void close();
}
