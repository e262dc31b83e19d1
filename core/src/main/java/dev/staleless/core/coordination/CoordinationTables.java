package dev.staleless.core.coordination;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The coordination tables in the application's database, one call per statement or short transaction, of one namespace. All
 * calls go through service connections: autocommit, READ COMMITTED, read-write, on the primary. Safe for two threads: the
 * one that watches and the one that changes things, each with a connection of its own.
 *
 * <p>Every call throws {@link CoordinationException} when the database cannot be reached or refuses; a change may then have
 * been made or not.
 */
public interface CoordinationTables extends AutoCloseable {

    /**
     * The state, read in one statement.
     *
     * @param database this database's random id
     * @param version raised by each change
     * @param epoch entries of another epoch are misses
     * @param schemaVersion raised by DDL
     * @param recordedIncarnation the incarnation written in the state
     * @param incarnationAgeMillis how long ago, by the database's clock, the incarnation was recorded; a large number for the
     *     first
     * @param liveIncarnation what the database shows now
     * @param barrier kind of an open barrier (the greatest, see {@link BarrierKind}), or null
     * @param directory encoded {@link Directory}
     */
    record State(
            UUID database,
            long version,
            UUID epoch,
            long schemaVersion,
            String recordedIncarnation,
            long incarnationAgeMillis,
            String liveIncarnation,
            @Nullable BarrierKind barrier,
            String directory) {}

    /** A node's row. */
    record NodeRow(UUID id, long beat, long stopped, long seen) {}

    /** Why a barrier is open. While any is, nobody serves. */
    enum BarrierKind {
        /** A writer that cannot reach the store. In force at {@link Stage#STOPPED}. */
        CUT_OFF(Stage.STOPPED),
        /** A change of the schema. In force at {@link Stage#SEEN}: whoever commits meanwhile reports everything. */
        DDL(Stage.SEEN);

        private final Stage stage;

        BarrierKind(Stage stage) {
            this.stage = stage;
        }

        /** Which of its versions each node must have written for such a barrier to be in force. */
        public Stage stage() {
            return stage;
        }
    }

    /**
     * A barrier that is open.
     *
     * @param node the registering under which it was opened
     * @param session the database session that must have ended too before anybody else may close it, named as {@link
     *     dev.staleless.core.changelog.Mark#session()} does; null if there is none
     */
    record BarrierRow(
            UUID id,
            UUID node,
            BarrierKind kind,
            long version,
            @Nullable String session) {}

    /** Which of its two versions a node must have written for a change to be in force. */
    enum Stage {
        STOPPED,
        SEEN
    }

    /** Registers a node under a fresh id, with the current version in both columns; committed when this returns. */
    void register(UUID node);

    /** Deletes the node's row (a clean stop). */
    void unregister(UUID node);

    /** Counts the node's beat up. False if its row is gone. */
    boolean beat(UUID node);

    /** Reads the state in one statement. */
    State read();

    /** Every node's row. */
    List<NodeRow> nodes();

    /** Writes the versions a node has stopped serving by, and has seen. Never lowers them. */
    void acknowledge(UUID node, long stopped, long seen);

    /** Number of registered nodes that have not written at least this version. */
    int behind(Stage stage, long version);

    /**
     * Raises the version, and writes a new epoch or directory where not null, if the recorded incarnation is the given one,
     * it is the live one, and the version is still the expected one (or {@code expectedVersion} is null).
     *
     * @return the new version, or null if a condition did not hold
     */
    @Nullable
    Long raise(String incarnation, @Nullable Long expectedVersion, @Nullable UUID epoch, @Nullable String directory);

    /**
     * Opens a barrier: raises the version (for {@link BarrierKind#DDL} the schema version too) and inserts the row, in one
     * transaction, if the recorded incarnation is the given one and the live one.
     *
     * @param barrier a fresh id
     * @param session see {@link BarrierRow}
     * @param beside a barrier that has to be open still, under a share lock on its row, for this one to be opened; null for
     *     none
     * @return the new version, or null if a condition did not hold
     */
    @Nullable
    Long openBarrier(
            UUID barrier,
            UUID node,
            BarrierKind kind,
            String incarnation,
            @Nullable String session,
            @Nullable UUID beside);

    /** The open barriers. */
    List<BarrierRow> openBarriers();

    /**
     * Closes a barrier, in one transaction: locks its row exclusively, which waits for every transaction that holds a share
     * lock on it, with a short lock time-out; marks it closed; renews the epoch and raises the version (for {@link
     * BarrierKind#DDL} the schema version too), if the recorded incarnation is the given one and the live one.
     *
     * @return false if that condition did not hold: nothing was changed; true also if it was closed before
     * @throws CoordinationException also if somebody holds a lock on it for longer than the time-out: to be tried again
     */
    boolean closeBarrier(UUID barrier, BarrierKind kind, String incarnation, UUID epoch);

    /**
     * Whether a database session, named as {@link dev.staleless.core.changelog.Mark#session()} does, has surely ended. Asked
     * while the mark of a node that is gone blocks; where it cannot be told, the answer is false.
     */
    default boolean sessionEnded(String session) {
        return false;
    }

    /** Deletes a node's row if its beat is still this one. */
    boolean deleteGone(UUID node, long beat);

    /**
     * Records another live incarnation: renews the epoch and lifts the version by 2^32, if the recorded one is still {@code
     * recorded} and {@code live} is live.
     */
    boolean recordIncarnation(String recorded, String live, UUID epoch);

    @Override
    void close();
}
