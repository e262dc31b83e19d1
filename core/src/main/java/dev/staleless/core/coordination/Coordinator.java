package dev.staleless.core.coordination;

import dev.staleless.core.catalog.Table;
import dev.staleless.core.catalog.TableName;
import dev.staleless.core.changelog.Mark;
import dev.staleless.core.coordination.CoordinationTables.BarrierKind;
import dev.staleless.core.store.Store;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Knows what this node and the others agree on, and whether this node may rely on it. Safe for any thread.
 *
 * <p>Legal order: {@link #begin} a turn, look at its reading, decide; {@link Turn#close} it when nothing decided in it can
 * take effect any more.
 */
public interface Coordinator extends AutoCloseable {

    /** Fifteen seconds. The same on all nodes of a namespace. */
    Duration LEASE = Duration.ofSeconds(15);

    /**
     * For a store in this process: nobody else has to be asked, so the watch is always fresh, and a change is in force when
     * the turns begun before it have ended.
     *
     * @param store where creation marks of registries are made
     * @param database id of the database
     * @param sessionEnded see {@link #sessionEnded}
     */
    static Coordinator local(Store store, UUID database, Environment environment, Predicate<String> sessionEnded) {
        return new LocalCoordinator(store, database, environment, sessionEnded);
    }

    /**
     * For a shared store: registers this node, reads the state, and keeps watch on a thread of its own until closed. The tables
     * and the store are closed by whoever opened them, afterwards.
     *
     * @param store where creation marks of registries are made
     * @throws CoordinationException if the state cannot be read
     */
    static Coordinator start(CoordinationTables tables, Store store, Environment environment) {
        return TableCoordinator.start(tables, store, environment, LEASE);
    }

    /** Random id of the database, part of every key and log name. */
    UUID database();

    /** Begins a turn. Never blocks. */
    Turn begin(Turn.Kind kind);

    /**
     * Beats, and reads the state by a reading asked after this call.
     *
     * @return false if that did not succeed in time
     */
    boolean refresh(Duration timeout);

    /**
     * Whether a mark, read before this call, no longer counts: its node is gone, and its session, if it names one, has ended.
     * Never blocks: where it is not known yet, the answer is false, and it is found out in the background.
     */
    boolean isGone(Mark mark);

    /**
     * Adds tables to the directory where missing, with their partition columns, makes their registries' creation marks, and
     * waits until both are in force. What does not succeed in time goes on in the background.
     *
     * @return whether all of it is in force
     */
    boolean enlist(Collection<Table> tables, Duration timeout);

    /**
     * Takes tables that no node wants any more out of the directory: writes to them are not reported from then on. Tables that other
     * nodes want are not served for a few seconds meanwhile.
     *
     * @return those taken out, in time
     */
    Set<TableName> takeOutUnused(Duration timeout);

    /** Tells that the registries of these tables have no creation mark in force: they are made anew in the background. */
    void registriesMissing(Collection<TableName> tables);

    /** Makes every entry a miss, and waits until no node serves one. False if that is not known in time. */
    boolean renewEpoch(Duration timeout);

    /**
     * Opens a barrier. While it is open no node serves; that holds from when it is in force ({@link #awaitBarrier}).
     *
     * @param session the database session that must have ended before others close the barrier in this node's stead; null
     *     if none
     * @param beside another barrier of the same kind, in force: if it is still open then, the new one is in force at once;
     *     null for none
     * @return null if it could not be opened, or {@code beside} was closed
     * @throws CoordinationException if the tables cannot be reached
     */
    @Nullable
    Barrier openBarrier(BarrierKind kind, @Nullable String session, @Nullable Barrier beside);

    /** Waits until a barrier is in force, at the stage that its kind asks for. False if that is not known in time. */
    boolean awaitBarrier(Barrier barrier, Duration timeout);

    /**
     * Whether a barrier is open. Asks the database.
     *
     * @throws CoordinationException if the tables cannot be reached
     */
    boolean isOpen(Barrier barrier);

    /**
     * Closes a barrier of this node in the background, tried again until it is done: when every transaction that holds a lock
     * on it has ended, it is closed, and everything that was cached before is a miss.
     */
    void closeBarrier(Barrier barrier);

    /** Calls back, on the watch's thread, with each new reading. To be set once, at the start. */
    void onReading(Consumer<Reading> listener);

    /**
     * How long what was read holds after the last beat that found the node's row, and how long a COMMIT that was sent may take
     * to have effect.
     */
    Duration lease();

    /** Whether a database session has surely ended. May ask the database. */
    boolean sessionEnded(String session);

    /**
     * Leaves, so that others need not wait for this node. Commits and marks of this node must have ended; if a turn goes on,
     * the node's row stays until the others find it gone.
     */
    @Override
    void close();
}
